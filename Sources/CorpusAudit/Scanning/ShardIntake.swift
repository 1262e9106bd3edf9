import UnicodeText

/// Takes the documents of one shard, or of one job: it passes texts to the collector, adds damage to the report, and
/// commits from time to time.
struct ShardIntake {
    let shard: Shard
    /// The part of the shard that was read before, if any.
    let part: ShardPart?
    /// Which row groups of the shard are read, where threads share it.
    private let piece: ShardPiece?
    private let collector: UnitCollector
    private let commits: ScanCommits?
    private let isStrict: Bool
    private var problems = ProblemLog()
    /// Invalid UTF-8 sequences in its texts, each counted as one U+FFFD.
    private var replacedSequences = 0

    /// Starts a shard, or continues after its committed part; a job has none.
    init(
        _ shard: Shard, piece: ShardPiece? = nil, options: AuditOptions, collector: UnitCollector,
        commits: ScanCommits? = nil
    ) {
        self.piece = piece
        self.shard = shard
        self.collector = collector
        self.commits = commits
        isStrict = options.isStrict
        part = commits?.begin(shard, piece: piece)
        collector.begin(shard, shares: part?.report.shares ?? [])
        if let part {
            problems = part.report.problems
            replacedSequences = part.report.replacedSequences
        }
    }

    /// Commits if it is time to: the records read so far, up to an offset of the decompressed shard.
    @inline(__always)
    func pause(afterRecords records: Int, at offset: Int) throws {
        try commits?.look(at: offset) {
            ShardPart(
                report: report(file: ShardEnd(identity: .nothing, digest: .zero)), records: records, offset: offset)
        }
    }

    /// Records a problem; throws it in a strict audit.
    ///
    /// Problems that are not damage of the corpus end the scan: lack of memory, and cancellation. `isCertain` says
    /// whether the problem is damage whatever the weights of a merge.
    mutating func note(
        _ kind: ProblemKind, record: Int?, at offset: Int?, isCertain: Bool = true, _ message: String
    ) throws {
        if kind == .outOfMemory { throw RunError.outOfMemory("reading \(shard.path)") }
        if kind == .stopped { throw CancellationError() }
        let problem = Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message)
        if isStrict, isCertain { throw CorpusError.damaged(problem) }
        problems.add(problem)
    }

    /// Takes a document, U+FFFD for each sequence of it that is not UTF-8.
    ///
    /// `position` is its record; `place` says where in the shard an offset into the text is.
    @inline(__always)
    mutating func take(
        _ text: UnsafeBufferPointer<UInt8>, isASCII: Bool = false, share: Int, score: Double?, position: Int,
        tokens: UInt32? = nil, place: (Int) -> Int?
    ) throws {
        guard text.count <= UnitRecord.maximumBytes else { return try tooLong(text.count, position, at: place(0)) }
        guard !isASCII, let invalid = UTF8Check.firstFault(text) else {
            return try collector.add(text, share: share, score: score, position: position, tokens: tokens)
        }
        try note(
            .invalidUTF8, record: position, at: place(invalid),
            "the text is not UTF-8; each bad sequence counts as U+FFFD")
        var mended: [UInt8] = []
        let replaced = UTF8Check.mend(text, into: &mended)
        guard mended.count <= UnitRecord.maximumBytes else { return try tooLong(mended.count, position, at: place(0)) }
        replacedSequences += replaced
        try mended.withUnsafeBufferPointer {
            try collector.add($0, share: share, score: score, position: position, tokens: tokens)
        }
    }

    /// Leaves out a document whose length does not fit into a record of an audit.
    private mutating func tooLong(_ bytes: Int, _ record: Int, at offset: Int?) throws {
        try note(
            .recordTooLong, record: record, at: offset,
            "the document has \(bytes) bytes, more than the 4 GiB a unit may have, and is left out")
    }

    /// The report of the shard, up to an offset of the decompressed shard.
    ///
    /// `finish` returns the identity of the shard's file. A file that changed in the meantime counts as not read.
    mutating func finish(
        at offset: Int, _ finish: () throws(StreamFault) -> ShardEnd
    ) throws -> ShardReport {
        let end: ShardEnd
        do throws(StreamFault) {
            end = try finish()
        } catch {
            try note(error.kind, record: nil, at: offset, error.reason)
            return report(file: nil)
        }
        for passed in end.notes { try note(passed.kind, record: nil, at: passed.offset, passed.reason) }
        return report(file: end)
    }

    /// The report of a shard that could not be read at all; an empty file was read to its end.
    mutating func refuse(_ fault: StreamFault) throws -> ShardReport {
        try note(fault.kind, record: nil, at: nil, fault.reason)
        let nothing = Fingerprint(of: UnsafeBufferPointer(start: nil, count: 0))
        var report = report(
            file: ShardEnd(
                identity: shard.command == nil ? FileIdentity(path: shard.location) ?? .nothing : .nothing,
                digest: nothing))
        report.wasRead = fault.kind == .emptyFile
        return report
    }

    /// The report of a file, or without `file` that of one that changed in the meantime.
    func report(file: ShardEnd?) -> ShardReport {
        var report = ShardReport(shard: shard)
        report.piece = piece
        if let file { (report.identity, report.digest) = (file.identity, file.digest) }
        // The scratch file of an object says nothing of the object.
        if file != nil, shard.command != nil { report.identity = FileIdentity(streamOf: report.identity.bytes) }
        // A read that failed once may succeed the next time: then the digest leaves something out.
        report.wasRead = file != nil && !problems.counts.keys.contains(where: \.isOfTheMachine)
        report.shares = collector.shares
        report.problems = problems
        report.replacedSequences = replacedSequences
        return report
    }
}
