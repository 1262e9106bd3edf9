/// One worker's commits: at the ends of shards, and within a shard that takes long.
///
/// Only the worker's thread may use it. Without a journal nothing is committed, but the results are still returned.
final class ScanCommits {
    private let journal: ScanJournal?
    private let collector: UnitCollector
    private var harvest = CorpusScan.Harvest()
    private var uncommitted: [ShardReport] = []
    /// Bytes of objects among them, and their limit: this much is read again if an object fails.
    private var fetchedBytes = 0
    private static let mostDropped = 4 << 30
    private var uncommittedPieces: [ShardReport] = []
    /// Whether the current shard is read in pieces, which are committed whole.
    private var isPiece = false
    private var lastCommit = ContinuousClock.now

    /// The identity of the current shard's file before it was opened.
    private var identity: FileIdentity?
    private var parts = 0
    private var nextLook = 0

    /// Bytes of a shard between two checks whether the scan should end, and between two of the clock.
    private static let lookEvery = 256 << 10
    private static let clockEvery = 1 << 20
    private var nextClock = 0

    init(_ journal: ScanJournal?, collector: UnitCollector) {
        self.journal = journal
        self.collector = collector
    }

    /// Starts a shard.
    ///
    /// Returns the part of it that earlier commits hold, if they hold one.
    func begin(_ shard: Shard, piece: ShardPiece? = nil) -> ShardPart? {
        isPiece = piece != nil
        let part = isPiece ? nil : journal?.unfinished[ByteName(shard.path)]
        // An object counts only if it is read to its end, so parts of objects are not committed.
        identity = shard.command == nil ? FileIdentity(path: shard.location) : nil
        parts = part.map { $0.report.parts + 1 } ?? 0
        nextLook = (part?.offset ?? 0) + Self.lookEvery
        nextClock = (part?.offset ?? 0) + Self.clockEvery
        return part
    }

    /// Commits the part of the current shard that was read, if it is time to.
    ///
    /// `offset` is how far the shard has been read; `part` is called only if that is committed.
    @inline(__always)
    func look(at offset: Int, part: () -> ShardPart) throws {
        guard offset >= nextLook else { return }
        try commitPart(at: offset, part)
    }

    private func commitPart(at offset: Int, _ part: () -> ShardPart) throws {
        nextLook = offset + Self.lookEvery
        try collector.stop?.check()
        guard offset >= nextClock, !isPiece else { return }
        nextClock = offset + Self.clockEvery
        guard let journal, ContinuousClock.now - lastCommit >= journal.partInterval else { return }
        var part = part()
        // A file that has changed will be read again from its start.
        guard let identity, FileIdentity(path: part.report.shard.location) == identity else { return }
        part.report.identity = identity
        part.report.parts = parts
        parts += 1
        try commit(part)
    }

    /// Ends the current shard.
    ///
    /// Returns shards that must be read again: their records were dropped together with those of an object that could
    /// not be read completely.
    func finish(_ report: ShardReport) throws -> [Shard] {
        var report = report
        report.parts = parts
        if report.shard.command != nil {
            if !report.isSettled { return try drop(report) }
            fetchedBytes += report.identity.bytes
        }
        if report.piece == nil { harvest.reports.append(report) } else { harvest.pieces.append(report) }
        if report.isSettled {
            if report.piece == nil { uncommitted.append(report) } else { uncommittedPieces.append(report) }
        } else if report.shares.contains(where: { $0.documents > 0 }) {
            // Its records are in one run with those of the shards before it. If they were committed, they would count
            // twice when it is read again. So those shards will be read again, too.
            harvest.runs += try collector.takeRuns()
            uncommitted = []
            uncommittedPieces = []
        }
        if let journal, ContinuousClock.now - lastCommit >= journal.interval { try commit(nil) }
        if fetchedBytes >= Self.mostDropped { try keep() }
        return []
    }

    /// Drops the records of an object, and those of earlier shards in the same runs.
    private func drop(_ report: ShardReport) throws -> [Shard] {
        var report = report
        let hasRecords = report.shares.contains { $0.documents > 0 }
        report.shares = []
        guard hasRecords else {
            harvest.reports.append(report)
            return []
        }
        _ = try collector.takeRuns()
        let again = uncommitted.map(\.shard)
        let names = Set(again.map { ByteName($0.path) })
        harvest.reports.removeAll { names.contains(ByteName($0.shard.path)) }
        harvest.reports.append(report)
        uncommitted = []
        fetchedBytes = 0
        return again
    }

    /// Sets the results so far aside, so that later objects cannot affect them.
    private func keep() throws {
        guard journal == nil else { return try commit(nil) }
        harvest.runs += try collector.takeRuns()
        uncommitted = []
        fetchedBytes = 0
    }

    /// Commits the rest; returns everything that was read.
    func close() throws -> CorpusScan.Harvest {
        try commit(nil)
        return harvest
    }

    private func commit(_ part: ShardPart?) throws {
        let runs = try collector.takeRuns()
        try journal?.commit(runs: runs, reports: uncommitted, pieces: uncommittedPieces, part: part)
        harvest.runs += runs
        uncommitted = []
        fetchedBytes = 0
        uncommittedPieces = []
        lastCommit = .now
    }
}
