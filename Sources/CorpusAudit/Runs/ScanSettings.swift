import OrderedJSON
import TokenCounting

/// What must be the same for runs to make one audit.
struct ScanSettings: Sendable, Equatable {
    var level: Audit.Level
    var normalization: String
    var tokenizer: TokenizerIdentity
    /// What else counted.
    var furtherTokenizers: [TokenizerIdentity] = []
    /// The share of distinct units whose tokens are counted; `nil` where all are.
    var sampleShare: Double?
    var maximumRecordBytes: Int
    var keepsEveryPosition: Bool

    init(_ options: AuditOptions) {
        level = options.level
        normalization = options.normalization.name
        tokenizer = options.tokenizer.identity
        furtherTokenizers = options.furtherTokenizers.map(\.identity)
        sampleShare = options.sampleShare
        maximumRecordBytes = options.maximumRecordBytes
        keepsEveryPosition = options.keepsEveryPosition
    }

    /// All tokenizers; the first is the one that plans use.
    var tokenizers: [TokenizerIdentity] { [tokenizer] + furtherTokenizers }

    var json: JSONValue {
        let members: KeyValuePairs<String, JSONValue?> = [
            "level": .string(level.rawValue),
            "normalization": .string(normalization),
            "tokenizer": tokenizer.json,
            "further_tokenizers": furtherTokenizers.isEmpty ? Optional.none : .array(furtherTokenizers.map(\.json)),
            "sample": sampleShare.map { .number($0) } ?? .null,
            "max_record": .integer(maximumRecordBytes),
            "every_position": .bool(keepsEveryPosition),
        ]
        return .object(members.compactMap { member in member.value.map { JSONMember(key: member.key, value: $0) } })
    }

    init?(_ json: JSONValue?) {
        guard let json, case .string(let levelName)? = json["level"], let level = Audit.Level(rawValue: levelName),
            case .string(let normalization)? = json["normalization"],
            let tokenizer = json["tokenizer"].flatMap({ TokenizerIdentity($0) }),
            case .integer(let limit)? = json["max_record"], limit > 0,
            case .bool(let everyPosition)? = json["every_position"]
        else { return nil }
        if case .array(let further)? = json["further_tokenizers"] {
            furtherTokenizers = further.compactMap { TokenizerIdentity($0) }
            guard furtherTokenizers.count == further.count else { return nil }
        }
        switch json["sample"] {
        case .number(let share)? where share > 0 && share < 1: sampleShare = share
        case .null?: sampleShare = nil
        default: return nil
        }
        self.level = level
        self.normalization = normalization
        self.tokenizer = tokenizer
        maximumRecordBytes = limit
        keepsEveryPosition = everyPosition
    }

    /// What was asked for differently before, each option with its old value first.
    ///
    /// A limit on records that was lower is none of it: what was within it is within a higher one.
    func changes(from old: ScanSettings) -> [String] {
        func names(_ settings: ScanSettings) -> String { settings.tokenizers.map(\.name).joined(separator: ", ") }
        var changes: [String] = []
        func note(_ option: String, _ before: String, _ now: String) {
            if before != now { changes.append("\(option): \(before) → \(now)") }
        }
        note("level", old.level.rawValue, level.rawValue)
        note("normalization", old.normalization, normalization)
        note("tokenizer", names(old), names(self))
        if old.tokenizers != tokenizers, names(old) == names(self) {
            changes.append("tokenizer: another vocabulary by the name of \(names(self))")
        }
        note("sample", old.sampleShare.map { "\($0)" } ?? "none", sampleShare.map { "\($0)" } ?? "none")
        if old.maximumRecordBytes > maximumRecordBytes {
            note("longest record", "\(old.maximumRecordBytes) bytes", "\(maximumRecordBytes) bytes")
        }
        note("every position", old.keepsEveryPosition ? "yes" : "no", keepsEveryPosition ? "yes" : "no")
        return changes
    }

    /// The settings of a commit with the limit on records of its scan, where that was raised later and nothing in the
    /// commit was over the old one.
    func limited(as scan: ScanSettings, by commit: RunCommit) -> ScanSettings {
        guard maximumRecordBytes < scan.maximumRecordBytes,
            commit.held.allSatisfy({ $0.problems.counts[.recordTooLong] == nil })
        else { return self }
        var settings = self
        settings.maximumRecordBytes = scan.maximumRecordBytes
        return settings
    }

    /// How another scan's settings differ, in words; `nil` where they do not.
    func difference(from other: ScanSettings) -> String? {
        if level != other.level { return "level \(other.level.rawValue), not \(level.rawValue)" }
        if normalization != other.normalization { return "normalization \(other.normalization), not \(normalization)" }
        if tokenizers != other.tokenizers {
            func names(_ settings: ScanSettings) -> String { settings.tokenizers.map(\.name).joined(separator: ", ") }
            return names(self) == names(other)
                ? "another vocabulary by the name of \(names(self))" : "tokenizer \(names(other)), not \(names(self))"
        }
        if sampleShare != other.sampleShare { return "another --sample" }
        if maximumRecordBytes != other.maximumRecordBytes { return "another --max-record" }
        return keepsEveryPosition != other.keepsEveryPosition ? "another --every-position" : nil
    }
}

extension TokenizerIdentity {
    /// The identity as it stands in a scan's files.
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name),
            "sha256": sha256.map { .string($0) } ?? .null,
            "certified": .bool(isCertified),
            "estimate": .bool(isEstimate),
            "bytes_per_token": assumedBytesPerToken.map { .number($0) } ?? .null,
            "policy": policy?.json ?? .null,
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard case .string(let name)? = json["name"], case .bool(let isCertified)? = json["certified"],
            case .bool(let isEstimate)? = json["estimate"]
        else { return nil }
        var sha256: String?
        if case .string(let digest)? = json["sha256"] { sha256 = digest }
        var ratio: Double?
        if case .number(let number)? = json["bytes_per_token"] { ratio = number }
        var policy: TokenizationPolicy?
        if let value = json["policy"], value != .null {
            policy = TokenizationPolicy(json: value)
            guard policy != nil else { return nil }
        }
        self.init(
            name: name, sha256: sha256, isCertified: isCertified, isEstimate: isEstimate, assumedBytesPerToken: ratio,
            policy: policy)
    }
}
