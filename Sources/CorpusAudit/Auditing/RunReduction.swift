/// Reduces runs to sums, on several threads, each with a range of fingerprints.
struct RunReduction: Sendable {
    let runs: [Run]
    let plan: OriginPlan
    let threads: Int
    var partitions = PartitionRange.all
    var topCopies = 0
    /// How the sums of each tokenizer become tokens.
    let measures: [TokenMeasure]

    /// The sums by each tokenizer.
    ///
    /// Throws ``RunError`` where a run is damaged, and `CancellationError` where the signal is requested.
    func tallies(stop: StopSignal) throws -> [AuditTally] {
        let reducers = ColumnReducers(plan: plan, measures: measures, topCopies: topCopies)
        let whole = wholeRun
        let shared = try whole?.records.sortedShared()
        let ranges = partitions.parts(threads)
        let parts = try WorkerThreads.map(ranges.count, stop: stop) { number, stop in
            let part = ranges[number]
            var reducers = reducers
            if let (records, rows) = whole, let shared {
                let places = records.count * number / threads..<records.count * (number + 1) / threads
                try reducers.add(loneOf: records, in: places, rows: rows, stop: stop)
                try reducers.add(
                    groupsOf: RunMerge([RunCursor(shared, rows: rows, from: part.low, below: part.high)]), stop: stop)
            } else {
                try reducers.add(groupsOf: merge(from: part.low, below: part.high), stop: stop)
            }
            return reducers.tallies
        }
        var tallies = [AuditTally](
            repeating: AuditTally(sourceCount: plan.sourceWeights.count, topCopies: topCopies), count: measures.count)
        for part in parts {
            for (index, tally) in part.enumerated() {
                guard tallies[index].magnitude + tally.magnitude < 1 << 62 else {
                    throw RunError.unsuitable(
                        path: "these runs", reason: "they add up to more bytes or tokens than can be")
                }
                tallies[index].merge(tally)
            }
        }
        return tallies
    }

    /// A merge of the runs' records in a range of fingerprints.
    ///
    /// It alone holds the cursors: another reference would keep the first block of every run, as much again as all of
    /// them may take.
    private func merge(from low: UInt64, below high: UInt64?) throws(RunError) -> RunMerge {
        var cursors: [RunCursor] = []
        for run in runs { cursors.append(try run.cursor(from: low, below: high, among: runs.count)) }
        return RunMerge(cursors)
    }

    /// The one run there is, where it lies in memory and is reduced whole: then most of its records need no order.
    private var wholeRun: (records: HeldRecords, rows: RecordRows?)? {
        guard runs.count == 1, partitions == .all, case .memory(let records, let rows, _) = runs[0],
            records.knowsShared
        else { return nil }
        return (records, rows)
    }
}

/// One reducer a tokenizer: each decides and sums as it would alone.
private struct ColumnReducers: Sendable {
    let plan: OriginPlan
    let measures: [TokenMeasure]
    private var reducers: [AuditReducer]

    init(plan: OriginPlan, measures: [TokenMeasure], topCopies: Int) {
        self.plan = plan
        self.measures = measures
        reducers = [AuditReducer](
            repeating: AuditReducer(sourceWeights: plan.sourceWeights, topCopies: topCopies), count: measures.count)
    }

    var tallies: [AuditTally] { reducers.map(\.tally) }

    /// Adds those of a run's records whose texts have no other.
    mutating func add(
        loneOf records: HeldRecords, in places: Range<Int>, rows: RecordRows?, stop: StopSignal
    ) throws {
        for start in stride(from: places.lowerBound, to: places.upperBound, by: Self.recordsPerLook) {
            try stop.check()
            records.forEachLone(in: start..<min(start + Self.recordsPerLook, places.upperBound)) { record in
                add(record, run: 0) { rows }
                finishGroup()
            }
        }
    }

    /// Records, or groups of them, between two looks at whether the work should end.
    private static let recordsPerLook = 1 << 20

    /// Adds all groups of a merge.
    mutating func add(groupsOf merge: consuming RunMerge, stop: StopSignal) throws {
        while try addGroups(of: &merge) { try stop.check() }
    }

    /// Adds some groups of a merge; returns whether there may be more.
    private mutating func addGroups(of merge: inout RunMerge) throws(RunError) -> Bool {
        let rows = merge.rows
        for _ in 0..<Self.recordsPerLook {
            guard try merge.nextGroup({ record, run in add(record, run: run) { rows[run]?.rows } }) else {
                return false
            }
            finishGroup()
        }
        return true
    }

    @inline(__always)
    private mutating func add(_ record: UnitRecord, run: Int, rows: () -> RecordRows?) {
        let origin = plan.origins[run][record.origin]
        guard let rows = rows() else {
            let tokens = measures[0].amount(of: record, counted: record.tokens, source: origin.source)
            return reducers[0].add(UnitCopy(record, from: origin, tokens: tokens), record.fingerprint)
        }
        let score = rows.score(record.tokens)
        for column in reducers.indices {
            let tokens = measures[column].amount(
                of: record, counted: rows[record.tokens, column], source: origin.source)
            reducers[column].add(
                plan.copy(record, from: origin, tokens: tokens, score: score), record.fingerprint)
        }
    }

    @inline(__always)
    private mutating func finishGroup() { for column in reducers.indices { reducers[column].finishGroup() } }
}
