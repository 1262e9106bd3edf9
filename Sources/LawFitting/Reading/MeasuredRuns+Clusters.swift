extension MeasuredRuns {
    /// The unit that resamples and cross-validation of these runs should draw, since runs of one cluster share errors.
    ///
    /// It is the table's groups if there are 6 or more; else unique tokens, if runs repeat data and there are 6 or more
    /// values; else model sizes, if there are 6 or more with three runs each on average, as with several points of one
    /// training; else single runs.
    public var naturalUnit: ResampleUnit {
        if groups.count >= 6 { return .groups }
        if runs.contains(where: { $0.epochs > 1.000_001 }) {
            return Set(runs.map(\.uniqueTokens)).count >= 6 ? .uniqueTokens : .runs
        }
        let sizes = Set(runs.map(\.parameters)).count
        return sizes >= 6 && runs.count >= 3 * sizes ? .sizes : .runs
    }

    /// The indices of the runs that are drawn together.
    ///
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for groups where fewer than 3 are named.
    func clusters(_ unit: ResampleUnit) throws(FittingError) -> [[Int]] {
        switch unit {
        case .runs: return runs.indices.map { [$0] }
        case .groups:
            let groups = groups
            guard groups.count >= 3 else {
                throw .unusableOption(
                    "resampling groups", reason: "needs 3 groups or more; the runs have \(groups.count)")
            }
            // A run without a group represents itself.
            return groups.map { name in runs.indices.filter { runs[$0].group == name } }
                + runs.indices.filter { runs[$0].group == nil }.map { [$0] }
        case .uniqueTokens:
            // Without repeats each D has its own U, so these runs show only the effect of fresh data.
            let all = Self.equal(runs.indices) { runs[$0].uniqueTokens }
            let few = all.filter { $0.count < 4 }.flatMap { $0 }.sorted()
            return all.filter { $0.count >= 4 } + (few.isEmpty ? [] : [few])
        case .sizes: return Self.equal(runs.indices) { runs[$0].parameters }
        }
    }

    private static func equal(_ indices: Range<Int>, _ key: (Int) -> Double) -> [[Int]] {
        var members: [Double: [Int]] = [:]
        for index in indices { members[key(index), default: []].append(index) }
        return members.sorted { $0.key < $1.key }.map(\.value)
    }
}
