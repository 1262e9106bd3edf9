import OrderedJSON
import TokenCounting

extension Audit {
    /// Reads an audit file.
    ///
    /// Keys that a later minor version added are passed over.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``AuditFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(AuditFileError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(error)
        }
        guard case .string(let format)? = json["format"] else { throw .otherFormat(nil) }
        guard format == Self.formatName else { throw .otherFormat(format) }
        let version = try AuditFileNode(json, path: "").integer("version")
        guard version == Self.formatVersion else { throw .laterVersion(version) }
        guard json["tokenizers"] != nil else {
            self = try Audit(AuditFileNode(json, path: ""))
            return
        }
        let tokenizers = try AuditFileNode(json, path: "").list("tokenizers")
        guard tokenizers.count > 1 else {
            throw .unusable(
                key: "tokenizers", reason: "lists \(tokenizers.count) of them; one alone stands in tokenizer")
        }
        var audits: [Audit] = []
        for (column, tokenizer) in tokenizers.enumerated() {
            var audit = try Audit(AuditFileNode(json, path: "", column: column, of: tokenizers.count))
            audit.tokenizer = try Tokenizer(tokenizer)
            audits.append(audit)
        }
        self = audits[0]
        byFurtherTokenizer = Array(audits.dropFirst())
    }

    /// Reads what one tokenizer counted.
    private init(_ file: AuditFileNode) throws(AuditFileError) {
        let levelName = try file.string("level")
        guard let level = Level(rawValue: levelName) else {
            throw .unusable(key: "level", reason: "is \"\(levelName)\", which is no level")
        }
        self.level = level
        isComplete = try file.bool("complete")
        datawallVersion = try file.string("datawall_version")
        options = []
        for (name, value) in try file.members("options") {
            if case .string(let text) = value { options.append(Option(name: name, value: text)) }
            if case .null = value { options.append(Option(name: name, value: nil)) }
        }
        tokenizer = try Tokenizer(try file.node("tokenizer"))
        totals = try Totals(try file.node("totals"))
        sources = []
        for node in try file.list("sources") { sources.append(try Source(node)) }
        overlap = []
        for node in try file.list("overlap") { overlap.append(try Overlap(node)) }
        copies = []
        for node in try file.list("copies") { copies.append(try Copies(node)) }
        largestCopies = try file.optionalInteger("largest_copies")
        if file.has("top_copies") {
            var listed: [TopCopy] = []
            for node in try file.list("top_copies") { listed.append(try TopCopy(node)) }
            topCopies = listed
        }
        problemCounts = []
        for (name, value) in try file.members("problem_counts") {
            guard case .integer(let count) = value else {
                throw .unusable(key: "problem_counts.\(name)", reason: "is not a count")
            }
            problemCounts.append(ProblemCount(kind: ProblemKind(rawValue: name), count: count))
        }
        problems = []
        for node in try file.list("problems") { problems.append(try Problem(node)) }
        // Files of datawall 0.1 have no such list.
        if file.has("skipped") { for node in try file.list("skipped") { skipped.append(try Skipped(node)) } }
        inputs = []
        for node in try file.list("inputs") { inputs.append(try Input(node)) }
        let names = sources.map(\.name)
        guard Set(names.map { ByteName($0) }).count == names.count else {
            throw .unusable(key: "sources", reason: "name one source twice")
        }
        try checkSum("tokens", \.tokens, to: totals.tokens)
        try checkSum("owned_unique_tokens", \.ownedUniqueTokens, to: totals.uniqueTokens)
    }

    /// Throws where a column of the sources does not add up to its total: plans trust both.
    private func checkSum(_ key: String, _ column: (Source) -> Int, to total: Int) throws(AuditFileError) {
        let sum = sources.reduce(Int128(0)) { $0 + Int128(column($1)) }
        // datawall 0.1 rounded estimates source by source.
        guard (sum - Int128(total)).magnitude <= (tokenizer.isEstimate ? sources.count : 0) else {
            throw .unusable(key: "\(key) of the sources", reason: "add up to \(sum), not to the total of \(total)")
        }
    }
}

extension Audit.Tokenizer {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            name: try node.string("name"),
            sha256: try node.optionalString("sha256"),
            isCertified: try node.bool("certified"),
            isEstimate: try node.bool("estimate"),
            bytesPerToken: try node.optionalNumber("bytes_per_token"),
            bytesPerTokenInterval: try node.interval("bytes_per_token_interval"),
            policy: try node.policy("policy"), replacedSequences: try node.optionalInteger("replaced_sequences"),
            sample: try node.optionalNode("sample").map { sample throws(AuditFileError) in try Audit.Sample(sample) })
    }
}

extension Audit.Sample {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        var strata: [Stratum] = []
        for row in try node.list("strata") {
            strata.append(
                Stratum(
                    sources: try row.strings("sources"), units: try row.integer("units"),
                    bytes: try row.integer("bytes"), tokens: try row.integer("tokens"),
                    bytesPerToken: try row.optionalNumber("bytes_per_token"),
                    bytesPerTokenInterval: try row.interval("bytes_per_token_interval")))
        }
        self.init(share: try node.number("share"), strata: strata)
    }
}

extension Audit.Totals {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        shards = try node.integer("shards")
        documents = try node.integer("documents")
        units = try node.integer("units")
        uniqueUnits = try node.integer("unique_units")
        emptyUnits = try node.integer("empty_units")
        bytes = try node.integer("bytes")
        uniqueBytes = try node.integer("unique_bytes")
        tokens = try node.tokens("tokens")
        uniqueTokens = try node.tokens("unique_tokens")
        weightedUniqueTokens = try node.tokenNumber("weighted_unique_tokens")
        guard uniqueTokens <= tokens else {
            throw .unusable(key: "totals.unique_tokens", reason: "is above totals.tokens")
        }
    }
}

extension Audit.Source {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        name = try node.string("name")
        shards = try node.integer("shards")
        documents = try node.integer("documents")
        units = try node.integer("units")
        uniqueUnits = try node.integer("unique_units")
        bytes = try node.integer("bytes")
        uniqueBytes = try node.integer("unique_bytes")
        tokens = try node.tokens("tokens")
        uniqueTokens = try node.tokens("unique_tokens")
        exclusiveTokens = try node.tokens("exclusive_tokens")
        ownedUniqueTokens = try node.tokens("owned_unique_tokens")
        quality = try node.tokenNumber("quality")
        weightedUniqueTokens = try node.tokenNumber("weighted_unique_tokens")
        maximumEpochs = try node.optionalNumber("max_epochs")
        floor = try node.optionalNumber("floor")
        for bucket in try node.list("copies") { copies.append(try Audit.Copies(bucket)) }
        for bucket in try node.list("quality_histogram") { qualityHistogram.append(try Audit.QualityBucket(bucket)) }
        largestCopies = try node.optionalInteger("largest_copies")
        if node.has("scores") { for bin in try node.list("scores") { scores.append(try Audit.ScoreBin(bin)) } }
        guard uniqueTokens <= tokens else {
            throw .unusable(key: "unique_tokens of the source \"\(name)\"", reason: "is above its tokens")
        }
    }
}

extension Audit.Copies {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            from: try node.integer("from"), to: try node.integer("to"), units: try node.integer("units"),
            tokens: try node.tokens("tokens"), occurrences: try node.integer("occurrences"),
            occurrenceTokens: try node.tokens("occurrence_tokens"))
    }
}

extension Audit.QualityBucket {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            from: try node.number("from"), to: try node.number("to"), units: try node.integer("units"),
            tokens: try node.tokens("tokens"), uniqueTokens: try node.tokens("unique_tokens"))
    }
}

extension Audit.ScoreBin {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            from: try node.optionalNumber("from"), to: try node.optionalNumber("to"), units: try node.integer("units"),
            tokens: try node.tokens("tokens"), uniqueTokens: try node.tokens("unique_tokens"))
    }
}

extension Audit.Overlap {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        let names = try node.strings("sources")
        guard names.count == 2 else { throw .unusable(key: "overlap", reason: "names \(names.count) sources, not two") }
        self.init(
            first: names[0], second: names[1], units: try node.integer("units"), tokens: try node.tokens("tokens"))
    }
}

extension Audit.TopCopy {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            fingerprint: try node.digest("xxh3_128", of: "top_copies"), occurrences: try node.integer("occurrences"),
            tokens: try node.tokens("tokens"), bytes: try node.integer("bytes"), source: try node.string("source"),
            shard: try node.string("shard"), record: try node.integer("record"))
    }
}

extension Audit.Input {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            shard: try node.string("shard"), sources: try node.strings("source"), bytes: try node.integer("bytes"),
            digest: try node.digest("xxh3_128", of: "inputs"), documents: try node.integer("documents"))
    }
}

extension Audit.Skipped {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            kind: try node.string("kind"), reason: try node.string("reason"), files: try node.integer("files"),
            bytes: try node.integer("bytes"), mayHoldData: try node.bool("may_hold_data"),
            examples: try node.strings("examples"))
        guard files > 0, !examples.isEmpty else {
            throw .unusable(key: "skipped", reason: "has a kind `\(kind)` without a file or without an example")
        }
    }
}

extension Problem {
    fileprivate init(_ node: AuditFileNode) throws(AuditFileError) {
        self.init(
            shard: try node.string("shard"), record: try node.optionalInteger("record"),
            byteOffset: try node.optionalInteger("byte_offset"),
            kind: ProblemKind(rawValue: try node.string("kind")), message: try node.string("message"))
    }
}
