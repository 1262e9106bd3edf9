import ScalingLaws

extension LawFit {
    /// Tests the errors for structure along N, D, U, epochs and compute, and along D/N and N/U.
    ///
    /// The runs are cut into up to 8 stretches of equal number along each quantity; the variance of the stretches' mean
    /// errors is compared with that of shuffled errors (a permutation test). Errors are ranked first, so that a single
    /// odd run does not decide.
    ///
    /// - Parameters:
    ///   - shuffles: The number of shuffles to compare with.
    ///   - seed: Their seed.
    /// - Returns: One trend per quantity that takes at least three values.
    public func residualTrends(shuffles: Int = 999, seed: UInt64 = 1) -> [ResidualTrend] {
        let quantities: [(String, (MeasuredRun) -> Double)] = [
            ("params", { $0.parameters }), ("tokens", { $0.tokens }), ("unique_tokens", { $0.uniqueTokens }),
            ("epochs", { $0.epochs }), ("flops", { $0.compute }),
            ("tokens_per_parameter", { $0.tokens / $0.parameters }),
            ("params_per_unique_token", { $0.parameters / $0.uniqueTokens }),
        ]
        let used = runs.runs.indices.filter { runs.runs[$0].weight > 0 }
        let order = used.sorted { residuals[$0] < residuals[$1] }
        var ranks = [Double](repeating: 0, count: runs.count)
        for (rank, index) in order.enumerated() { ranks[index] = Double(rank) - 0.5 * Double(used.count - 1) }
        var trends: [ResidualTrend] = []
        for (position, (name, quantity)) in quantities.enumerated() {
            // Without repeated data, unique tokens equal the tokens.
            if ["unique_tokens", "params_per_unique_token"].contains(name),
                runs.runs.allSatisfy({ $0.uniqueTokens == $0.tokens })
            {
                continue
            }
            let values = runs.runs.map(quantity)
            let cuts = Self.stretches(used, values)
            guard cuts.count >= 3 else { continue }
            var generator = SeededGenerator(seed: seed &+ UInt64(position))
            func spread(_ ranks: [Double]) -> Double {
                cuts.reduce(0) { sum, cut in
                    let total = cut.reduce(0) { $0 + ranks[$1] }
                    return sum + total * total / Double(cut.count)
                }
            }
            let actual = spread(ranks)
            var shuffled = ranks
            var asLarge = 0
            for _ in 0..<shuffles {
                for i in used.indices.reversed() where i > 0 {
                    shuffled.swapAt(used[i], used[generator.index(below: i + 1)])
                }
                if spread(shuffled) >= actual { asLarge += 1 }
            }
            let bins = cuts.map { cut in
                ResidualTrend.Bin(
                    from: cut.map { values[$0] }.min() ?? 0, to: cut.map { values[$0] }.max() ?? 0, runs: cut.count,
                    meanResidual: OrderStatistics.mean(cut.map { residuals[$0] }))
            }
            trends.append(
                ResidualTrend(
                    quantity: name, bins: bins, probability: Double(asLarge + 1) / Double(shuffles + 1)))
        }
        return trends
    }

    /// Runs by ascending value in up to 8 stretches; equal values stay together.
    private static func stretches(_ indices: [Int], _ values: [Double]) -> [[Int]] {
        let sorted = indices.sorted { (values[$0], $0) < (values[$1], $1) }
        let size = Swift.max(sorted.count / 8, 4)
        var cuts: [[Int]] = []
        for index in sorted {
            if let last = cuts.last, let previous = last.last, last.count < size || values[previous] == values[index] {
                cuts[cuts.count - 1].append(index)
            } else {
                cuts.append([index])
            }
        }
        // A short rest belongs to the stretch before.
        if cuts.count > 1, let rest = cuts.last, rest.count < size / 2 {
            cuts.removeLast()
            cuts[cuts.count - 1] += rest
        }
        return cuts
    }
}
