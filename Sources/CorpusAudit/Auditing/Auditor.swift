import Synchronization
import TokenCounting

/// Audits a corpus: reads its shards on several threads and counts what is distinct.
///
/// ```swift
/// let corpus = try Corpus(paths: ["shards"])
/// let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
/// print(audit.totals.uniqueTokens)
/// ```
public struct Auditor: Sendable {
    private let options: AuditOptions

    /// Creates an auditor.
    public init(options: AuditOptions) { self.options = options }

    /// Reads every shard and returns what the corpus holds.
    ///
    /// The result depends on the corpus and the options that say what to count; not on the number of threads, nor on
    /// the order in which shards are read. 32 bytes of memory are kept a distinct document and origin.
    ///
    /// - Parameter corpus: The shards and their sources.
    /// - Returns: The audit. Damage is in it; only a strict audit throws for it.
    /// - Throws: ``CorpusError``.
    public func audit(_ corpus: Corpus) async throws -> Audit {
        if options.isStrict, let problem = corpus.problems.first { throw CorpusError.damaged(problem) }
        let shares = try await scan(corpus)
        let plan = try OriginPlan(corpus: corpus, shares: shares)
        let tally = await reduce(shares, plan)
        return AuditAssembly(corpus: corpus, options: options, shares: shares, plan: plan, tally: tally).audit()
    }

    /// Large shards first, each to the next idle worker.
    private func scan(_ corpus: Corpus) async throws -> [ScanShare] {
        let order = corpus.shards.indices
            .map { (index: $0, size: fileSize(corpus.shards[$0].location)) }
            .sorted { ($0.size, $1.index) > ($1.size, $0.index) }
            .map(\.index)
        let queue = ShardQueue(order)
        let workers = min(options.threads, max(1, corpus.shards.count))
        return try await withThrowingTaskGroup(of: (Int, ScanShare).self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let collector = UnitCollector(tokenizer: options.tokenizer)
                    var scanner = ShardScanner(options: options, collector: collector)
                    while !Task.isCancelled, let next = queue.next() {
                        try scanner.scan(corpus.shards[next], number: next)
                    }
                    let share = ScanShare(
                        records: collector.takeRecords(), origins: collector.origins, inputs: scanner.inputs,
                        problems: scanner.problems)
                    return (worker, share)
                }
            }
            var shares: [(Int, ScanShare)] = []
            for try await share in group { shares.append(share) }
            return shares.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Each task reduces a range of fingerprints over all shares.
    private func reduce(_ shares: [ScanShare], _ plan: OriginPlan) async -> AuditTally {
        let parts = UInt64(options.threads)
        return await withTaskGroup(of: AuditTally.self) { group in
            for part in 0..<parts {
                group.addTask {
                    let low = part == 0 ? 0 : UInt64.max / parts * part
                    let high = part == parts - 1 ? nil : UInt64.max / parts * (part + 1)
                    let slices = shares.map { share -> ArraySlice<UnitRecord> in
                        let start = share.records.firstIndex(notBelow: low)
                        let end = high.map { share.records.firstIndex(notBelow: $0) } ?? share.records.endIndex
                        return share.records[start..<end]
                    }
                    var reducer = AuditReducer(sourceWeights: plan.sourceWeights)
                    var merge = RunMerge(slices)
                    while merge.nextGroup({ record, run in reducer.add(record, from: plan.origins[run][record.origin]) }
                    ) {
                        reducer.finishGroup()
                    }
                    return reducer.tally
                }
            }
            var tally = AuditTally(sourceCount: plan.sourceWeights.count)
            for await part in group { tally.merge(part) }
            return tally
        }
    }
}

/// Shards still to be read, taken by one worker at a time.
private final class ShardQueue: Sendable {
    private let shards: Mutex<ArraySlice<Int>>

    init(_ order: [Int]) { shards = Mutex(order[...]) }

    func next() -> Int? { shards.withLock { $0.popFirst() } }
}

extension [UnitRecord] {
    /// The first record whose fingerprint's upper half is at least a bound, by bisection.
    fileprivate func firstIndex(notBelow bound: UInt64) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle].high < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
