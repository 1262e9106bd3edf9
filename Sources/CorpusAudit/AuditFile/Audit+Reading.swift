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
        let version = try FileNode(json, path: "").integer("version")
        guard version == Self.formatVersion else { throw .laterVersion(version) }
        guard json["tokenizers"] != nil else {
            self = try Audit(FileNode(json, path: ""))
            return
        }
        let tokenizers = try FileNode(json, path: "").list("tokenizers")
        guard tokenizers.count > 1 else {
            throw .unusable(
                key: "tokenizers", reason: "lists \(tokenizers.count) of them; one alone stands in tokenizer")
        }
        var audits: [Audit] = []
        for (column, tokenizer) in tokenizers.enumerated() {
            var audit = try Audit(FileNode(json, path: "", column: column, of: tokenizers.count))
            audit.tokenizer = try Tokenizer(tokenizer)
            audits.append(audit)
        }
        self = audits[0]
        byFurtherTokenizer = Array(audits.dropFirst())
    }

    /// Reads what one tokenizer counted.
    private init(_ file: FileNode) throws(AuditFileError) {
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
    }
}

/// A place in the file, with the way to it for messages.
private struct FileNode {
    private let value: JSONValue
    private let path: String
    /// Which of several tokenizers is read, where there are several.
    private let column: Int
    private let columns: Int

    init(_ value: JSONValue, path: String, column: Int = 0, of columns: Int = 1) {
        self.value = value
        self.path = path
        self.column = column
        self.columns = columns
    }

    func has(_ key: String) -> Bool { value[key] != nil }

    /// What stands at a key for the tokenizer that is read.
    private func cell(_ key: String) throws(AuditFileError) -> FileNode {
        guard columns > 1 else { return self }
        guard case .array(let cells)? = value[key], cells.count == columns else {
            throw wrong(key, "a list of \(columns) values, one a tokenizer", value[key])
        }
        return FileNode(.object([JSONMember(key: key, value: cells[column])]), path: path)
    }

    /// A count that depends on the tokenizer.
    func tokens(_ key: String) throws(AuditFileError) -> Int { try cell(key).integer(key) }

    /// A number that depends on the tokenizer.
    func tokenNumber(_ key: String) throws(AuditFileError) -> Double { try cell(key).number(key) }

    private func way(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func wrong(_ key: String, _ wanted: String, _ found: JSONValue?) -> AuditFileError {
        .unusable(key: way(key), reason: found.map { "is \($0.kindInWords), not \(wanted)" } ?? "is missing")
    }

    func node(_ key: String) throws(AuditFileError) -> FileNode {
        guard case .object? = value[key] else { throw wrong(key, "an object", value[key]) }
        return FileNode(value[key] ?? .null, path: way(key), column: column, of: columns)
    }

    func optionalNode(_ key: String) throws(AuditFileError) -> FileNode? {
        value[key] == .null || value[key] == nil ? nil : try node(key)
    }

    func members(_ key: String) throws(AuditFileError) -> [(String, JSONValue)] {
        guard case .object(let members)? = value[key] else { throw wrong(key, "an object", value[key]) }
        return members.map { ($0.key, $0.value) }
    }

    func list(_ key: String) throws(AuditFileError) -> [FileNode] {
        guard case .array(let elements)? = value[key] else { throw wrong(key, "an array", value[key]) }
        return elements.enumerated().map {
            FileNode($0.element, path: "\(way(key))[\($0.offset)]", column: column, of: columns)
        }
    }

    func string(_ key: String) throws(AuditFileError) -> String {
        guard case .string(let text)? = value[key] else { throw wrong(key, "a string", value[key]) }
        return text
    }

    func strings(_ key: String) throws(AuditFileError) -> [String] {
        if case .string(let text)? = value[key] { return [text] }
        guard case .array(let elements)? = value[key] else { throw wrong(key, "a string or a list", value[key]) }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw wrong(key, "a list of strings", element) }
            texts.append(text)
        }
        return texts
    }

    func bool(_ key: String) throws(AuditFileError) -> Bool {
        guard case .bool(let flag)? = value[key] else { throw wrong(key, "true or false", value[key]) }
        return flag
    }

    /// A count: an integer that is not negative.
    func integer(_ key: String) throws(AuditFileError) -> Int {
        guard case .integer(let number)? = value[key] else { throw wrong(key, "an integer", value[key]) }
        guard number >= 0 else { throw .unusable(key: way(key), reason: "is negative") }
        return number
    }

    func number(_ key: String) throws(AuditFileError) -> Double {
        guard let number = try optionalNumber(key) else { throw wrong(key, "a number", value[key]) }
        return number
    }

    func optionalNumber(_ key: String) throws(AuditFileError) -> Double? {
        switch value[key] {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        case .null, nil: return nil
        case let other: throw wrong(key, "a number", other)
        }
    }

    func optionalInteger(_ key: String) throws(AuditFileError) -> Int? {
        value[key] == .null || value[key] == nil ? nil : try integer(key)
    }

    func optionalString(_ key: String) throws(AuditFileError) -> String? {
        value[key] == .null || value[key] == nil ? nil : try string(key)
    }

    func policy(_ key: String) throws(AuditFileError) -> TokenizationPolicy? {
        guard let value = value[key], value != .null else { return nil }
        guard let policy = TokenizationPolicy(json: value) else {
            throw .unusable(key: way(key), reason: "is no policy that this datawall knows")
        }
        return policy
    }

    func digest(_ key: String, of list: String) throws(AuditFileError) -> Fingerprint {
        let digest = try string(key)
        guard let fingerprint = Fingerprint(hexadecimal: digest) else {
            throw .unusable(key: list, reason: "have a digest that is not 32 hexadecimal digits: \"\(digest)\"")
        }
        return fingerprint
    }

    func interval(_ key: String) throws(AuditFileError) -> ClosedRange<Double>? {
        guard case .array(let ends)? = value[key] else { return nil }
        let bounds = ends.compactMap { end -> Double? in
            switch end {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        }
        guard bounds.count == 2, ends.count == 2, bounds[0] <= bounds[1] else {
            throw .unusable(key: way(key), reason: "is not a pair of numbers in order")
        }
        return bounds[0]...bounds[1]
    }
}

extension Audit.Tokenizer {
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
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
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
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
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
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
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
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
        guard uniqueTokens <= tokens else {
            throw .unusable(key: "unique_tokens of the source \"\(name)\"", reason: "is above its tokens")
        }
    }
}

extension Audit.Copies {
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
        self.init(
            from: try node.integer("from"), to: try node.integer("to"), units: try node.integer("units"),
            tokens: try node.tokens("tokens"), occurrences: try node.integer("occurrences"),
            occurrenceTokens: try node.tokens("occurrence_tokens"))
    }
}

extension Audit.QualityBucket {
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
        self.init(
            from: try node.number("from"), to: try node.number("to"), units: try node.integer("units"),
            tokens: try node.tokens("tokens"), uniqueTokens: try node.tokens("unique_tokens"))
    }
}

extension Audit.Overlap {
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
        let names = try node.strings("sources")
        guard names.count == 2 else { throw .unusable(key: "overlap", reason: "names \(names.count) sources, not two") }
        self.init(
            first: names[0], second: names[1], units: try node.integer("units"), tokens: try node.tokens("tokens"))
    }
}

extension Audit.TopCopy {
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
        self.init(
            fingerprint: try node.digest("xxh3_128", of: "top_copies"), occurrences: try node.integer("occurrences"),
            tokens: try node.tokens("tokens"), bytes: try node.integer("bytes"), source: try node.string("source"),
            shard: try node.string("shard"), record: try node.integer("record"))
    }
}

extension Audit.Input {
    fileprivate init(_ node: FileNode) throws(AuditFileError) {
        self.init(
            shard: try node.string("shard"), sources: try node.strings("source"), bytes: try node.integer("bytes"),
            digest: try node.digest("xxh3_128", of: "inputs"), documents: try node.integer("documents"))
    }
}

extension Audit.Skipped {
    /// Reads an entry as ``json`` writes it.
    init?(json: JSONValue) {
        guard let entry = try? Audit.Skipped(FileNode(json, path: "skipped")) else { return nil }
        self = entry
    }

    fileprivate init(_ node: FileNode) throws(AuditFileError) {
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
    /// Reads a problem as ``json`` writes it.
    init?(json: JSONValue) {
        guard let problem = try? Problem(FileNode(json, path: "problem")) else { return nil }
        self = problem
    }

    fileprivate init(_ node: FileNode) throws(AuditFileError) {
        self.init(
            shard: try node.string("shard"), record: try node.optionalInteger("record"),
            byteOffset: try node.optionalInteger("byte_offset"),
            kind: ProblemKind(rawValue: try node.string("kind")), message: try node.string("message"))
    }
}
