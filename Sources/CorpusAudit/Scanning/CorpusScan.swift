import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads the shards of a corpus on several threads.
struct CorpusScan: Sendable {
    let options: AuditOptions
    let store: RunStore
    /// The journal that makes the runs durable, if any.
    let journal: ScanJournal?
    let progress: ScanProgress?

    /// The result of a scan: runs of records, and a report for each shard.
    struct Harvest: Sendable {
        var runs = GatheredRuns()
        var reports: [ShardReport] = []
        /// The reports of pieces of shards that threads share.
        var pieces: [ShardReport] = []
        /// The stores of the runs: a temporary folder is removed with its store.
        var stores: [RunStore] = []
    }

    /// Reads shards, large ones first, each by the next idle worker.
    ///
    /// Throws ``CorpusError`` and ``RunError``, and `CancellationError` where the signal is requested.
    func read(_ shards: [Shard], stop: StopSignal) throws -> Harvest {
        let order = shards.indices
            .map { (index: $0, size: shards[$0].byteCount) }
            .sorted { ($0.size, $1.index) > ($1.size, $0.index) }
        progress?.begin(shards: shards.count, bytes: order.reduce(0) { $0 + $1.size })
        let queue = ShardQueue(order.map(\.index))
        let isShared = order.contains { mayDivide(shards[$0.index], bytes: $0.size) }
        let workers = isShared ? options.threads : min(options.threads, max(1, shards.count))
        let hasScores = shards.contains { $0.format.mayHaveScores($0.fields) }
        let parts = try WorkerThreads.map(workers, stop: stop) { _, stop in
            let harvest = try work(shards, queue, hasScores: hasScores, stop)
            // Runs of several workers will be merged: each sorts its own.
            if workers > 1 { for run in harvest.runs.units { try run.sort() } }
            return harvest
        }
        var harvest = Harvest(stores: [store])
        for part in parts {
            harvest.runs += part.runs
            harvest.reports += part.reports
            harvest.pieces += part.pieces
        }
        let earlier = journal?.pieces.values.flatMap { $0 } ?? []
        for pieces in Dictionary(grouping: harvest.pieces + earlier, by: { ByteName($0.shard.path) }).values {
            guard let report = ShardReport.joined(pieces) else { continue }
            harvest.reports.append(report)
        }
        return harvest
    }

    /// Whether threads may share a shard.
    private func mayDivide(_ shard: Shard, bytes: Int) -> Bool {
        // An object of a listing is read by one command, from its start to its end.
        shard.format.divide != nil && !shard.isStream && shard.object == nil
            && (bytes >= 2 * options.pieceBytes || journal?.pieces[ByteName(shard.path)] != nil)
            && journal?.unfinished[ByteName(shard.path)] == nil
    }

    /// Divides a shard for several threads, if it is large enough.
    private func division(of shard: Shard, stop: StopSignal) throws -> ShardDivision? {
        let known = journal?.pieces[ByteName(shard.path)]?.compactMap(\.piece) ?? []
        guard mayDivide(shard, bytes: FileIdentity(path: shard.location)?.bytes ?? 0) else { return nil }
        let opening = ShardOpening(
            shard: shard, maximumRecordBytes: options.maximumRecordBytes, memory: options.memory, progress: nil,
            stop: stop)
        if let division = shard.format.divide?(opening, known, options.pieceBytes) { return division }
        guard known.isEmpty else {
            // If it were read as a whole, its committed parts would count twice.
            throw RunError.cannotRead(
                path: shard.path, reason: "it cannot be opened now, and a part of it is committed; run the scan again")
        }
        return nil
    }

    private func work(
        _ shards: [Shard], _ queue: ShardQueue, hasScores: Bool, _ stop: StopSignal
    ) throws -> Harvest {
        let collector = try UnitCollector(
            options: options, store: store, hasScores: hasScores, progress: progress, stop: stop)
        let commits = ScanCommits(journal, collector: collector)
        // Shards that were read and dropped with an object that could not be read whole.
        var again: [Int] = []
        while let item = again.popLast().map({ ShardQueue.Item(shard: $0) }) ?? queue.next() {
            try stop.check()
            let shard = shards[item.shard]
            if item.piece == nil {
                let isDivided = try queue.divide(item.shard) { try division(of: shard, stop: stop) }
                if isDivided { continue }
            }
            let pass = ShardPass(
                shard, piece: item.piece, of: item.division, options: options, collector: collector, commits: commits)
            for dropped in try commits.finish(try shard.format.scan(pass)) {
                if let place = shards.firstIndex(of: dropped) { again.append(place) }
            }
            if item.division?.finishPiece() ?? true { progress?.finishShard() }
        }
        return try commits.close()
    }
}

/// Shards and pieces of shards still to be read, each taken by one worker.
final class ShardQueue: Sendable {
    /// A shard, or a piece of one that was divided.
    struct Item: Sendable {
        var shard: Int
        var piece: ShardPiece?
        var division: ShardDivision?
    }

    private struct State {
        var items: [Item]
        /// Workers that may be about to add pieces.
        var dividing = 0
    }

    private let state: Mutex<State>

    init(_ order: [Int]) {
        // The next one is the last of the array.
        state = Mutex(State(items: order.reversed().map { Item(shard: $0) }))
    }

    /// The next one; waits while another worker divides a shard.
    func next() -> Item? {
        while true {
            let (item, mayCome) = state.withLock { ($0.items.popLast(), $0.dividing > 0) }
            if item != nil || !mayCome { return item }
            usleep(500)
        }
    }

    /// Puts the pieces of a shard in its place, if it is divided; returns whether it is.
    func divide(_ shard: Int, _ divide: () throws -> ShardDivision?) rethrows -> Bool {
        state.withLock { $0.dividing += 1 }
        defer { state.withLock { $0.dividing -= 1 } }
        guard let division = try divide() else { return false }
        let pieces = division.pieces.map { Item(shard: shard, piece: $0, division: division) }
        state.withLock { $0.items += pieces.reversed() }
        return true
    }
}
