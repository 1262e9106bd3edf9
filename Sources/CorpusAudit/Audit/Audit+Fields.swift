public import OrderedJSON

extension Audit: JSONRecord {
    /// The name of the format, as it is in a file.
    static let formatName = "datawall-audit"

    /// The version of the format that this library writes.
    static let formatVersion = 2

    package static let schemaFile = schemaFile(
        of: "datawall-audit-2", title: "datawall audit file, version 2",
        summary:
            "What a corpus contains. Counts are exact integers; a unit is a document, paragraph or line, as level says. "
            + "Keys are written in the order given here; later minor versions only add keys. Tokens are those of the "
            + "first tokenizer; further_tokens has the counts of further ones.")

    package static let blank = Audit(
        level: .document, isComplete: false, datawallVersion: "", madeBy: nil, options: .blank, tokenizer: .blank,
        totals: .blank, sources: [], overlap: [], copies: [], largestCopies: nil, topCopies: nil, nearDuplicates: nil,
        contamination: nil,
        problemCounts: [],
        problems: [], inputs: [])

    package static let fields: [JSONField<Audit>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(formatVersion)),
        .init("level", \.level, "The unit of counting."),
        .init("exact", constant: true, "Counts are exact up to collisions of a 128-bit hash."),
        .init("complete", \.isComplete, "Whether all that was named was read without damage."),
        .init("datawall_version", \.datawallVersion, "The program that made the audit."),
        .init(
            "made_by", \.madeBy,
            "The datawall audit command that makes the same audit, its paths as they were given; null where there is "
                + "none."),
        .init("options", \.options, "The options that decide the counts."),
        .init("tokenizer", \.tokenizer, "What counted the tokens."),
        .init(
            "further_tokenizers", \.furtherTokenizers, "What counted further_tokens, in their order.",
            presence: .writtenIfSet),
        .init("totals", \.totals, "Sums over the corpus."),
        .init("sources", \.sources, "The sources: in the manifest's order, else by name."),
        .init("overlap", \.overlap, "What pairs of sources share, each unit once."),
        .init("copies", \.copies, "Distinct units by how often they occur in the corpus."),
        .init(
            "largest_copies", \.largestCopies,
            "Copies of the unit that occurs most often; null where it is not known.", .notNegative),
        .init(
            "top_copies", \.topCopies, "The texts that occur most often, the most frequent first; where asked for.",
            writtenWhere: { $0.topCopies != nil }),
        .init(
            "near_duplicates", \.nearDuplicates,
            "The estimate without near copies; null if they were not searched for."),
        .init(
            "contamination", \.contamination,
            "Items of evaluation sets in the corpus; null if none were searched for."),
        .init("problem_counts", \.problemCountsByKind, "Damage by kind, sorted by name; complete."),
        .init(
            "problems", \.problems,
            "Damage in full: the first 100 of each kind in a shard, and 1,000 in all, among them the first of each kind."
        ),
        .init("skipped", \.skipped, "Files under the named paths that were not read, by kind and sorted by it."),
        .init("filtered", \.filtered, "Records that --where left out, by source; empty without a condition."),
        .init("inputs", \.inputs, "The shards that were read, sorted by path."),
    ]

    private var problemCountsByKind: JSONDictionary<Int> {
        get { JSONDictionary(problemCounts.map { ($0.kind.rawValue, $0.count) }) }
        set { problemCounts = newValue.map { ProblemCount(kind: ProblemKind(rawValue: $0.name), count: $0.value) } }
    }

    private var furtherTokenizers: [Tokenizer] {
        get { byFurtherTokenizer.map(\.tokenizer) }
        set {
            byFurtherTokenizer = newValue.map { tokenizer in
                var audit = Self.blank
                audit.tokenizer = tokenizer
                return audit
            }
        }
    }

    /// Checks the facts that plans rely on: sources have different names, and their tokens add up to the totals.
    package func check(at place: JSONPlace) throws(JSONPathError) {
        var names: Set<ByteName> = []
        for (index, source) in sources.enumerated() where !names.insert(ByteName(source.name)).inserted {
            throw JSONPathError(
                path: "sources[\(index)].name", reason: "is the name of an earlier source: \(source.name)")
        }
        try checkSums()
        var problems = Int128(totals.documents)
        for problem in problemCounts {
            problems += Int128(problem.count)
            guard problem.count >= 0, problems < 1 << 62 else {
                throw JSONPathError(
                    path: "problem_counts.\(problem.kind.rawValue)", reason: "is no count that can be: \(problem.count)"
                )
            }
        }
        try checkCounts()
    }

    /// Checks that listed problems are counted, and that no copies are more than the largest number of them.
    private func checkCounts() throws(JSONPathError) {
        var listed: [ProblemKind: Int] = [:]
        for problem in problems { listed[problem.kind, default: 0] += 1 }
        for (kind, count) in listed.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let counted = problemCounts.first { $0.kind == kind }?.count ?? 0
            guard counted >= count else {
                throw JSONPathError(
                    path: "problem_counts.\(kind.rawValue)",
                    reason: "is \(counted), and problems lists \(count) of them")
            }
        }
        if let largestCopies, let last = copies.last,
            !(last.from...Swift.max(last.from, last.to)).contains(largestCopies)
        {
            throw JSONPathError(
                path: "largest_copies",
                reason: "is \(largestCopies), and copies says \(last.from) to \(last.to) of the most repeated units")
        }
    }

    private func checkSums() throws(JSONPathError) {
        try checkSum("tokens", \.tokens, to: totals.tokens)
        try checkSum("owned_unique_tokens", \.ownedUniqueTokens, to: totals.uniqueTokens)
    }

    private func checkSum(_ key: String, _ column: (Source) -> Int, to total: Int) throws(JSONPathError) {
        let sum = sources.reduce(Int128(0)) { $0 + Int128(column($1)) }
        // datawall 0.1 rounded estimates source by source.
        guard (sum - Int128(total)).magnitude <= (tokenizer.isEstimate ? sources.count : 0) else {
            throw JSONPathError(
                path: "\(key) of the sources",
                reason: "add up to \(sum), not to the total of \(total), as \(tokenizer.name) counts them")
        }
    }
}

// MARK: Several tokenizers

extension Audit {
    /// The audit as the content of an audit file, keys in the documented order.
    ///
    /// The same audit gives the same bytes on every machine.
    public var json: JSONValue {
        let further = byFurtherTokenizer
        guard !further.isEmpty else { return object }
        let names = furtherNames
        var audit = self
        audit.totals = totals.joined(with: further.map(\.totals), names)
        audit.sources = sources.joined(with: further.map(\.sources), names)
        for index in sources.indices {
            let rows = further.map { $0.sources[index] }
            audit.sources[index].copies = sources[index].copies.joined(with: rows.map(\.copies), names)
            audit.sources[index].qualityHistogram =
                sources[index].qualityHistogram.joined(with: rows.map(\.qualityHistogram), names)
            audit.sources[index].scores = sources[index].scores.joined(with: rows.map(\.scores), names)
        }
        audit.overlap = overlap.joined(with: further.map(\.overlap), names)
        audit.copies = copies.joined(with: further.map(\.copies), names)
        audit.topCopies = topCopies.map { $0.joined(with: further.map { $0.topCopies ?? [] }, names) }
        audit.nearDuplicates = nearDuplicates?.joined(with: further.compactMap(\.nearDuplicates), names)
        audit.contamination = contamination?.joined(with: further.compactMap(\.contamination), names)
        return audit.object
    }

    /// The audit that each tokenizer by itself would have given, from rows that have the counts of all of them.
    mutating func separateTokenizers() throws(JSONPathError) {
        let names = furtherNames
        let totals = try totals.separated(names, at: "totals")
        let sources = try sources.separated(names, at: "sources")
        let overlap = try overlap.separated(names, at: "overlap")
        let copies = try copies.separated(names, at: "copies")
        let topCopies = try topCopies?.separated(names, at: "top_copies")
        let near = try nearDuplicates?.separated(names, at: "near_duplicates")
        let contamination = try contamination?.separated(names, at: "contamination")
        var audits = [Audit](repeating: self, count: 1 + names.count)
        for column in audits.indices {
            audits[column].totals = totals[column]
            audits[column].sources = sources[column]
            audits[column].overlap = overlap[column]
            audits[column].copies = copies[column]
            audits[column].topCopies = topCopies?[column]
            audits[column].nearDuplicates = near?[column]
            audits[column].contamination = contamination?[column]
            audits[column].byFurtherTokenizer = []
            if column > 0 { audits[column].tokenizer = byFurtherTokenizer[column - 1].tokenizer }
        }
        for index in self.sources.indices {
            let copies = try self.sources[index].copies.separated(names, at: "sources[\(index)].copies")
            let histogram = try self.sources[index].qualityHistogram.separated(
                names, at: "sources[\(index)].quality_histogram")
            let scores = try self.sources[index].scores.separated(names, at: "sources[\(index)].scores")
            for column in audits.indices {
                audits[column].sources[index].copies = copies[column]
                audits[column].sources[index].qualityHistogram = histogram[column]
                audits[column].sources[index].scores = scores[column]
            }
        }
        self = audits[0]
        byFurtherTokenizer = Array(audits.dropFirst())
        for audit in byFurtherTokenizer { try audit.checkSums() }
    }

    /// The names under which rows have the counts of further tokenizers.
    private var furtherNames: [String] { Self.distinctNames(byFurtherTokenizer.map(\.tokenizer.name)) }

    /// Distinct names: a second tokenizer of the same name gets a number after it.
    static func distinctNames(_ names: [String]) -> [String] {
        var taken: Set<ByteName> = []
        return names.map { name in
            var number = 1
            var distinct = name
            while !taken.insert(ByteName(distinct)).inserted {
                number += 1
                distinct = "\(name)#\(number)"
            }
            return distinct
        }
    }
}
