package import OrderedJSON
package import TokenCounting

/// The settings that must be the same for runs to make one audit.
struct ScanSettings: JSONRecord, Equatable {
    var level: Audit.Level
    var normalization: String
    var tokenizer: TokenizerIdentity
    /// The further tokenizers.
    var furtherTokenizers: [TokenizerIdentity] = []
    /// The share of distinct units whose tokens are counted; `nil` where all are.
    var sampleShare: Double?
    var maximumRecordBytes: Int
    var keepsEveryPosition: Bool
    /// The names of the kinds of entries that are gathered next to unit records, sorted.
    var kinds: [String] = []
    /// The share of texts among which near copies are sought; `nil` for all, or if none are sought.
    var nearSample: Double?

    /// The digest of the evaluation sets to search for; `nil` for none.
    var benchmarks: String?

    /// Whether near copies are sought.
    var seeksNearCopies: Bool { kinds.contains(BandEntry.kindName) }

    static var blank: ScanSettings {
        ScanSettings(
            level: .document, normalization: "none", tokenizer: .blank, maximumRecordBytes: 1, keepsEveryPosition: false
        )
    }
    static let fields: [JSONField<ScanSettings>] = [
        .init("level", \.level, "The unit that is fingerprinted."),
        .init("normalization", \.normalization, "The change to a unit before it is fingerprinted."),
        .init("tokenizer", \.tokenizer, "What counts the tokens that plans use."),
        .init(
            "further_tokenizers", \.furtherTokenizers, "What else counts, in the order of the columns.",
            presence: .writtenIfSet),
        .init("sample", \.sampleShare, "The share of distinct units that is counted; null where all are.", .share),
        .init("max_record", \.maximumRecordBytes, "The longest record that is read, in bytes.", .positive),
        .init("every_position", \.keepsEveryPosition, "Whether every copy keeps its position."),
        .init(
            "kinds", \.kinds, "The kinds of entries other than unit records, by name.",
            presence: .writtenIfSet),
        .init(
            "near_sample", \.nearSample, "The share of texts among which near copies are sought.", .share,
            presence: .writtenIfSet),
        .init(
            "benchmarks", \.benchmarks, "The digest of the evaluation sets that are looked for.",
            presence: .writtenIfSet),
    ]

    func check(at place: JSONPlace) throws(JSONPathError) {
        if let sampleShare, sampleShare <= 0 || sampleShare >= 1 {
            throw place.member("sample", .null).failure("must be above 0 and below 1, not \(sampleShare)")
        }
        guard kinds == Array(Set(kinds)).sorted() else {
            throw place.member("kinds", .null).failure("must be sorted, each but once")
        }
        guard tokenizers.count <= RecordLayout.mostTokenizers else {
            throw place.member("further_tokenizers", .null).failure("has \(furtherTokenizers.count) tokenizers")
        }
    }

    /// All tokenizers; plans use the first.
    var tokenizers: [TokenizerIdentity] { [tokenizer] + furtherTokenizers }
}

extension ScanSettings {
    init(_ options: AuditOptions) {
        self.init(
            level: options.level, normalization: options.normalization.name, tokenizer: options.tokenizer.identity,
            furtherTokenizers: options.furtherTokenizers.map(\.identity), sampleShare: options.sampleShare,
            maximumRecordBytes: options.maximumRecordBytes, keepsEveryPosition: options.keepsEveryPosition,
            kinds: options.analyses.flatMap { $0.kinds.map(\.name) }.sorted(),
            nearSample: options.nearDuplicates?.sample, benchmarks: options.benchmarks?.digest.description)
    }

    /// The options that differ from earlier ones, each with its old value first.
    ///
    /// A higher limit on records is not a difference: records within the old limit are within the new one.
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
        note("analyses", old.kindList, kindList)
        note("near sample", old.nearSample.map { "\($0)" } ?? "none", nearSample.map { "\($0)" } ?? "none")
        note("evaluation sets", old.benchmarks ?? "none", benchmarks ?? "none")
        return changes
    }

    /// The settings of a commit with the limit on records of its scan, if the limit was raised later and nothing in the
    /// commit was over the old one.
    func limited(as scan: ScanSettings, by commit: RunCommit) -> ScanSettings {
        guard maximumRecordBytes < scan.maximumRecordBytes,
            commit.held.allSatisfy({ $0.problems.counts[.recordTooLong] == nil })
        else { return self }
        var settings = self
        settings.maximumRecordBytes = scan.maximumRecordBytes
        return settings
    }

    /// The differences of another scan's settings, in words; `nil` if there are none.
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
        if keepsEveryPosition != other.keepsEveryPosition { return "another --every-position" }
        if seeksNearCopies != other.seeksNearCopies { return other.seeksNearCopies ? "--near" : "no --near" }
        if nearSample != other.nearSample { return "another --near-sample" }
        if benchmarks != other.benchmarks {
            return other.benchmarks == nil
                ? "no --benchmarks" : benchmarks == nil ? "--benchmarks" : "other --benchmarks"
        }
        return kinds != other.kinds ? "analyses \(other.kindList), not \(kindList)" : nil
    }

    /// The kinds in words.
    private var kindList: String { kinds.isEmpty ? "none" : kinds.joined(separator: ", ") }
}

extension TokenizerIdentity: JSONRecord {
    package static var blank: TokenizerIdentity { TokenizerIdentity(name: "", isCertified: false, isEstimate: false) }
    package static let fields: [JSONField<TokenizerIdentity>] = [
        .init("name", \.name, "The tokenizer's name."),
        .init("sha256", \.sha256, "The SHA-256 of its vocabulary, if it has one."),
        .init("certified", \.isCertified, "Whether the counts are the reference implementation's."),
        .init("estimate", \.isEstimate, "Whether the counts are an estimate."),
        .init("bytes_per_token", \.assumedBytesPerToken, "The bytes that every token is taken to have, if so."),
        .init("policy", \.policy, "The rules of counting that the vocabulary leaves open."),
    ]
}
