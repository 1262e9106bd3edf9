/// Reduces runs to sums, on several threads, each with a range of fingerprints.
struct RunReduction: Sendable {
    let runs: [Run]
    let plan: OriginPlan
    let tokenizers: Int
    let threads: Int
    var partitions = PartitionRange.all
    var topCopies = 0
    /// What tokens are estimated by, a set for each tokenizer, where only a sample was counted.
    var ratios: [TokenRatios]?

    /// The sums by each tokenizer.
    ///
    /// Throws ``RunError`` where a run is damaged.
    func tallies() async throws -> [AuditTally] {
        try await withThrowingTaskGroup(of: [AuditTally].self) { group in
            for part in partitions.parts(threads) {
                group.addTask { try reduce(from: part.low, below: part.high) }
            }
            var tallies = [AuditTally](
                repeating: AuditTally(sourceCount: plan.sourceWeights.count, topCopies: topCopies), count: tokenizers)
            for try await part in group { for (index, tally) in part.enumerated() { tallies[index].merge(tally) } }
            return tallies
        }
    }

    private func reduce(from low: UInt64, below high: UInt64?) throws(RunError) -> [AuditTally] {
        var cursors: [RunCursor] = []
        for run in runs { cursors.append(try run.cursor(from: low, below: high)) }
        var merge = RunMerge(cursors)
        cursors = []
        if tokenizers == 1, ratios == nil {
            var reducer = AuditReducer(sourceWeights: plan.sourceWeights, topCopies: topCopies)
            while try merge.nextGroup({ record, run in reducer.add(record, from: plan.origins[run][record.origin]) }) {
                reducer.finishGroup()
            }
            return [reducer.tally]
        }
        // One reducer a tokenizer: each decides and sums as it would alone.
        var reducers = [AuditReducer](
            repeating: AuditReducer(sourceWeights: plan.sourceWeights, topCopies: topCopies), count: tokenizers)
        let rows = merge.rows
        while try merge.nextGroup({ record, run in
            let origin = plan.origins[run][record.origin]
            for column in reducers.indices {
                var record = record
                if let rows = rows[run] { record.tokens = rows.rows[record.tokens, column] }
                if let ratios { record.tokens = ratios[column].tokens(of: record, source: origin.source) }
                reducers[column].add(record, from: origin)
            }
        }) {
            for column in reducers.indices { reducers[column].finishGroup() }
        }
        return reducers.map(\.tally)
    }
}
