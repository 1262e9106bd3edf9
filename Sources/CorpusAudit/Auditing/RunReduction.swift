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
    /// Throws ``RunError`` where a run is damaged.
    func tallies() async throws -> [AuditTally] {
        let reducers = ColumnReducers(plan: plan, measures: measures, topCopies: topCopies)
        let whole = wholeRun
        let shared = whole?.records.sortedShared()
        return try await withThrowingTaskGroup(of: [AuditTally].self) { group in
            for (number, part) in partitions.parts(threads).enumerated() {
                group.addTask {
                    var reducers = reducers
                    if let (records, rows) = whole, let shared {
                        let places = records.count * number / threads..<records.count * (number + 1) / threads
                        reducers.add(loneOf: records, in: places, rows: rows)
                        try reducers.add(
                            groupsOf: RunMerge([RunCursor(shared, rows: rows, from: part.low, below: part.high)]))
                    } else {
                        try reducers.add(groupsOf: merge(from: part.low, below: part.high))
                    }
                    return reducers.tallies
                }
            }
            var tallies = [AuditTally](
                repeating: AuditTally(sourceCount: plan.sourceWeights.count, topCopies: topCopies),
                count: measures.count)
            for try await part in group { for (index, tally) in part.enumerated() { tallies[index].merge(tally) } }
            return tallies
        }
    }

    /// A merge of the runs' records in a range of fingerprints.
    ///
    /// It alone holds the cursors: another reference would keep the first block of every run, as much again as all of
    /// them may take.
    private func merge(from low: UInt64, below high: UInt64?) throws(RunError) -> RunMerge {
        var cursors: [RunCursor] = []
        for run in runs { cursors.append(try run.cursor(from: low, below: high)) }
        return RunMerge(cursors)
    }

    /// The one run there is, where it lies in memory and is reduced whole: then most of its records need no order.
    private var wholeRun: (records: HeldRecords, rows: TokenRows?)? {
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
    mutating func add(loneOf records: HeldRecords, in places: Range<Int>, rows: TokenRows?) {
        records.forEachLone(in: places) { record in
            add(record, run: 0) { rows }
            finishGroup()
        }
    }

    /// Adds all groups of a merge.
    mutating func add(groupsOf merge: consuming RunMerge) throws(RunError) {
        let rows = merge.rows
        while try merge.nextGroup({ record, run in add(record, run: run) { rows[run]?.rows } }) { finishGroup() }
    }

    @inline(__always)
    private mutating func add(_ record: UnitRecord, run: Int, rows: () -> TokenRows?) {
        let origin = plan.origins[run][record.origin]
        if reducers.count == 1 {
            let tokens = measures[0].amount(of: record, counted: record.tokens, source: origin.source)
            return reducers[0].add(record, from: origin, tokens: tokens)
        }
        let rows = rows()
        for column in reducers.indices {
            let counted = rows.map { $0[record.tokens, column] } ?? record.tokens
            let tokens = measures[column].amount(of: record, counted: counted, source: origin.source)
            reducers[column].add(record, from: origin, tokens: tokens)
        }
    }

    @inline(__always)
    private mutating func finishGroup() { for column in reducers.indices { reducers[column].finishGroup() } }
}
