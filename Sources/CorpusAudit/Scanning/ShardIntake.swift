/// Where the documents of one shard, or of one job, go in: their texts to the collector, their damage to the report.
struct ShardIntake {
    private let collector: UnitCollector
    private let name: String
    private let isStrict: Bool
    private(set) var problems = ProblemLog()
    /// Sequences of its texts that were not UTF-8, each taken for one U+FFFD.
    private(set) var replacedSequences = 0

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Starts the shard or job of a name, or goes on after a part of it.
    init(_ name: String, options: AuditOptions, collector: UnitCollector, after part: ShardPart? = nil) {
        self.collector = collector
        self.name = name
        isStrict = options.isStrict
        collector.begin(shard: name, shares: part?.report.shares ?? [])
        if let part {
            problems = part.report.problems
            replacedSequences = part.report.replacedSequences
        }
    }

    /// Takes a problem down; throws it in a strict audit.
    mutating func note(
        _ kind: ProblemKind, record: Int?, at offset: Int?, _ message: String
    ) throws(CorpusError) {
        let problem = Problem(shard: name, record: record, byteOffset: offset, kind: kind, message: message)
        if isStrict { throw .damaged(problem) }
        problems.add(problem)
    }

    /// Takes a document, U+FFFD for each sequence of it that is not UTF-8.
    ///
    /// `position` is its record; `place` says where in the shard an offset into the text lies.
    @inline(__always)
    mutating func take(
        _ text: UnsafeBufferPointer<UInt8>, isASCII: Bool = false, share: Int, quality: QualityWeight, position: Int,
        tokens: UInt32? = nil, place: (Int) -> Int
    ) throws {
        guard !isASCII, let invalid = UTF8Validation.firstInvalidOffset(text) else {
            return try collector.add(text, share: share, quality: quality, position: position, tokens: tokens)
        }
        try note(
            .invalidUTF8, record: position, at: place(invalid),
            "the text is not UTF-8; each bad sequence counts as U+FFFD")
        let (mended, replaced) = UTF8Validation.repaired(text)
        replacedSequences += replaced
        try mended.withUnsafeBufferPointer {
            try collector.add($0, share: share, quality: quality, position: position, tokens: tokens)
        }
    }

    /// What of a shard's first bytes is not a byte order mark.
    static func withoutByteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard bytes.starts(with: byteOrderMark) else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[byteOrderMark.count...])
    }

    /// The report of a shard that was read, whose file changed meanwhile if it is not given.
    func report(of shard: Shard, file: (identity: FileIdentity, digest: Fingerprint)?) -> ShardReport {
        var report = ShardReport(shard: shard)
        if let file { (report.identity, report.digest) = file }
        report.wasRead = file != nil
        report.shares = collector.shares
        report.problems = problems
        report.replacedSequences = replacedSequences
        return report
    }

    /// What the shard gave so far.
    func part(of shard: Shard, records: Int, offset: Int) -> ShardPart {
        ShardPart(report: report(of: shard, file: (.nothing, .zero)), records: records, offset: offset)
    }

    /// The report of a shard of which nothing could be read; an empty file was read to its end.
    func report(ofUnread shard: Shard, isEmpty: Bool) -> ShardReport {
        let nothing = Fingerprint(of: UnsafeBufferPointer(start: nil, count: 0))
        var report = report(of: shard, file: (FileIdentity(path: shard.location) ?? .nothing, nothing))
        report.wasRead = isEmpty
        return report
    }
}
