/// Reduces runs to sums, on several threads, each with a range of fingerprints.
struct RunReduction: Sendable {
    let runs: [Run]
    let plan: OriginPlan
    let threads: Int
    var partitions = PartitionRange.all
    var topCopies = 0
    /// What tokens are estimated by, where only a sample was counted.
    var ratios: TokenRatios?

    /// Throws ``RunError`` where a run is damaged.
    func tally() async throws -> AuditTally {
        try await withThrowingTaskGroup(of: AuditTally.self) { group in
            for part in partitions.parts(threads) {
                group.addTask { try reduce(from: part.low, below: part.high) }
            }
            var tally = AuditTally(sourceCount: plan.sourceWeights.count, topCopies: topCopies)
            for try await part in group { tally.merge(part) }
            return tally
        }
    }

    private func reduce(from low: UInt64, below high: UInt64?) throws(RunError) -> AuditTally {
        var cursors: [RunCursor] = []
        for run in runs { cursors.append(try run.cursor(from: low, below: high)) }
        var merge = RunMerge(cursors)
        cursors = []
        var reducer = AuditReducer(sourceWeights: plan.sourceWeights, topCopies: topCopies)
        guard let ratios else {
            while try merge.nextGroup({ record, run in reducer.add(record, from: plan.origins[run][record.origin]) }) {
                reducer.finishGroup()
            }
            return reducer.tally
        }
        while try merge.nextGroup({ record, run in
            let origin = plan.origins[run][record.origin]
            var record = record
            record.tokens = ratios.tokens(of: record, source: origin.source)
            reducer.add(record, from: origin)
        }) {
            reducer.finishGroup()
        }
        return reducer.tally
    }
}
