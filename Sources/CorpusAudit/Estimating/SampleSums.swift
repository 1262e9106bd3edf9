import TokenCounting

/// Sums up, by source, the units of a sample: those at the front of the runs, whose tokens were counted.
struct SampleSums {
    let runs: [Run]
    let plan: OriginPlan
    let share: SampleShare
    let tokenizers: Int
    /// Bytes of memory for the window of the merge.
    let memory: Int

    /// For each tokenizer the samples of all sources: each distinct text of a source once, as its first copy there has it.
    ///
    /// - Throws: ``RunError`` where a run is damaged, and `CancellationError` where the signal is requested.
    /// - Complexity: O(*n*) expected in the records of the sample.
    func samples(stop: StopSignal) throws -> [[TokenRatioSample]] {
        var samples = [[TokenRatioSample]](
            repeating: [TokenRatioSample](repeating: TokenRatioSample(), count: plan.sourceWeights.count),
            count: tokenizers)
        var cursors: [EntryCursor<UnitRecord>] = []
        for run in runs { cursors.append(try run.cursor(from: 0, below: share.bound, among: runs.count)) }
        var merge = try GroupMerge(cursors, memory: memory)
        cursors = []
        let rows = merge.columns
        var group: [Copy] = []
        var groups = 0
        while try merge.nextGroup({ record, run in
            let origin = plan.origin(of: record, run: run)
            group.append(
                Copy(
                    source: origin.source, rank: origin.rank, position: record.position, bytes: Int(record.bytes),
                    tokens: rows[run].map { rows in (0..<tokenizers).map { Int(rows.columns[record.tokens, $0]) } }
                        ?? [Int(record.tokens)]))
        }) {
            if group.count > 1 { group.sort(by: Copy.precedes) }
            for (index, copy) in group.enumerated() where index == 0 || group[index - 1].source != copy.source {
                for (column, tokens) in copy.tokens.enumerated() {
                    samples[column][copy.source].add(bytes: copy.bytes, tokens: tokens)
                }
            }
            group.removeAll(keepingCapacity: true)
            groups += 1
            if groups % 65_536 == 0 { try stop.check() }
        }
        return samples
    }

    private struct Copy {
        var source: Int
        var rank: Int
        var position: UInt64
        var bytes: Int
        /// By tokenizer.
        var tokens: [Int]

        /// Ranks go by source first.
        static func precedes(_ left: Copy, _ right: Copy) -> Bool {
            if left.rank != right.rank { return left.rank < right.rank }
            if left.position != right.position { return left.position < right.position }
            return left.bytes == right.bytes
                ? right.tokens.lexicographicallyPrecedes(left.tokens) : left.bytes > right.bytes
        }
    }
}
