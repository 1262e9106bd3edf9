import OrderedJSON
import TokenCounting

/// What must be the same for runs to make one audit.
struct ScanSettings: Sendable, Equatable {
    var level: Audit.Level
    var normalization: String
    var tokenizer: TokenizerIdentity
    var maximumRecordBytes: Int
    var keepsEveryPosition: Bool

    init(_ options: AuditOptions) {
        level = options.level
        normalization = options.normalization.name
        tokenizer = options.tokenizer.identity
        maximumRecordBytes = options.maximumRecordBytes
        keepsEveryPosition = options.keepsEveryPosition
    }

    var json: JSONValue {
        .object([
            "level": .string(level.rawValue),
            "normalization": .string(normalization),
            "tokenizer": .object([
                "name": .string(tokenizer.name),
                "sha256": tokenizer.sha256.map { .string($0) } ?? .null,
                "certified": .bool(tokenizer.isCertified),
                "estimate": .bool(tokenizer.isEstimate),
                "bytes_per_token": tokenizer.assumedBytesPerToken.map { .number($0) } ?? .null,
            ]),
            "max_record": .integer(maximumRecordBytes),
            "every_position": .bool(keepsEveryPosition),
        ])
    }

    init?(_ json: JSONValue?) {
        guard let json, case .string(let levelName)? = json["level"], let level = Audit.Level(rawValue: levelName),
            case .string(let normalization)? = json["normalization"], let tokenizer = json["tokenizer"],
            case .string(let name)? = tokenizer["name"], case .bool(let certified)? = tokenizer["certified"],
            case .bool(let estimate)? = tokenizer["estimate"], case .integer(let limit)? = json["max_record"],
            case .bool(let everyPosition)? = json["every_position"]
        else { return nil }
        var sha256: String?
        if case .string(let digest)? = tokenizer["sha256"] { sha256 = digest }
        var ratio: Double?
        if case .number(let number)? = tokenizer["bytes_per_token"] { ratio = number }
        self.level = level
        self.normalization = normalization
        self.tokenizer = TokenizerIdentity(
            name: name, sha256: sha256, isCertified: certified, isEstimate: estimate, assumedBytesPerToken: ratio)
        maximumRecordBytes = limit
        keepsEveryPosition = everyPosition
    }

    /// How another scan's settings differ, in words; `nil` where they do not.
    func difference(from other: ScanSettings) -> String? {
        if level != other.level { return "level \(other.level.rawValue), not \(level.rawValue)" }
        if normalization != other.normalization { return "normalization \(other.normalization), not \(normalization)" }
        if tokenizer != other.tokenizer { return "tokenizer \(other.tokenizer.name), not \(tokenizer.name)" }
        if maximumRecordBytes != other.maximumRecordBytes { return "another --max-record" }
        return keepsEveryPosition != other.keepsEveryPosition ? "another --every-position" : nil
    }
}
