import Synchronization

/// Reads the shards of a corpus on several threads.
struct CorpusScan: Sendable {
    let options: AuditOptions
    let store: RunStore
    /// Where what has been read is made durable, if anywhere.
    let journal: ScanJournal?
    let progress: ScanProgress?

    /// What a scan brings home.
    struct Harvest: Sendable {
        var runs = GatheredRuns()
        var reports: [ShardReport] = []
        /// What the runs lie in: a temporary folder goes when its store does.
        var stores: [RunStore] = []
    }

    /// Reads shards, large ones first, each by the next idle worker.
    ///
    /// Throws ``CorpusError`` and ``RunError``, and `CancellationError` where the signal is requested.
    func read(_ shards: [Shard], stop: StopSignal) throws -> Harvest {
        let order = shards.indices
            .map { (index: $0, size: FileIdentity(path: shards[$0].location)?.bytes ?? 0) }
            .sorted { ($0.size, $1.index) > ($1.size, $0.index) }
        progress?.begin(shards: shards.count, bytes: order.reduce(0) { $0 + $1.size })
        let queue = ShardQueue(order.map(\.index))
        let workers = min(options.threads, max(1, shards.count))
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
        }
        return harvest
    }

    private func work(
        _ shards: [Shard], _ queue: ShardQueue, hasScores: Bool, _ stop: StopSignal
    ) throws -> Harvest {
        let collector = try UnitCollector(
            options: options, store: store, hasScores: hasScores, progress: progress, stop: stop)
        let commits = ScanCommits(journal, collector: collector)
        while let next = queue.next() {
            try stop.check()
            let shard = shards[next]
            let pass = ShardPass(shard, options: options, collector: collector, commits: commits)
            try commits.finish(try shard.format.scan(pass))
            progress?.finishShard()
        }
        return try commits.close()
    }
}

/// Shards still to be read, taken by one worker at a time.
final class ShardQueue: Sendable {
    private let shards: Mutex<ArraySlice<Int>>

    init(_ order: [Int]) { shards = Mutex(order[...]) }

    func next() -> Int? { shards.withLock { $0.popFirst() } }
}
