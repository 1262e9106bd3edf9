/// Chooses, for each text, the records that own it.
struct OwnerSelection: Sendable {
    let runs: [Run]
    let plan: OriginPlan
    /// How many copies of a text are kept.
    let copies: Int
    /// The near copies to leave out; `nil` to keep near copies.
    var nearMarks: NearMarks?
    /// The hits of evaluation sets, whose texts are not kept; `nil` to keep them.
    var contamination: ContaminationHits?
    let shardCount: Int
    let threads: Int
    /// Bytes of memory for records that wait to be sorted.
    let memory: Int
    let store: RunStore

    /// The kept records, sorted in runs.
    ///
    /// Throws ``RunError`` where a run is damaged or a file cannot be written, and `CancellationError` where the signal is
    /// requested.
    func keptRecords(stop: StopSignal) throws -> [EntryRun] {
        let parts = UInt64(max(1, threads))
        return try WorkerThreads.map(Int(parts), stop: stop) { number, stop in
            let part = UInt64(number)
            let low = part == 0 ? 0 : UInt64.max / parts * part
            let high = part == parts - 1 ? nil : UInt64.max / parts * (part + 1)
            return try select(from: low, below: high, stop)
        }.flatMap { $0 }
    }

    private func select(from low: UInt64, below high: UInt64?, _ stop: StopSignal) throws -> [EntryRun] {
        var cursors: [EntryCursor<UnitRecord>] = []
        for run in runs { cursors.append(try run.cursor(from: low, below: high, among: runs.count)) }
        var merge = try GroupMerge(cursors, memory: memory / 4 / max(1, threads))
        cursors = []
        let rows = merge.columns
        var sorter = EntrySorter<KeptRecord>(memory: memory / max(1, threads), store: store)
        var group: [UnitCopy] = []
        var near = try nearMarks?.walk(from: low, below: high)
        var contamination = try contamination?.walk(from: low, below: high, recordsCover: false)
        var fingerprint = Fingerprint.zero
        var groups = 0
        while try merge.nextGroup({ record, run in
            let score = rows[run]?.columns.score(record.tokens) ?? RecordRows.noScore
            fingerprint = record.fingerprint
            let tokens = Int(rows[run].map { $0.columns[record.tokens, 0] } ?? record.tokens)
            group.append(
                plan.copy(record, from: plan.origin(of: record, run: run), tokens: tokens, score: score))
        }) {
            if group.count > 1 {
                group.sort { UnitCopy.owns($0, before: $1, weights: plan.sourceWeights) }
            }
            let isNearCopy = try near?.isNearCopy(fingerprint) ?? false
            let isContaminated = try contamination?.isContaminated(fingerprint) ?? false
            for copy in group.prefix(isNearCopy || isContaminated ? 0 : copies) {
                // A rank is the source's place times the number of shards, plus the shard's place.
                try sorter.add(KeptRecord(shard: UInt64(copy.rank % shardCount), position: copy.position))
            }
            group.removeAll(keepingCapacity: true)
            groups += 1
            if groups % 65_536 == 0 { try stop.check() }
        }
        return try sorter.takeRuns()
    }
}
