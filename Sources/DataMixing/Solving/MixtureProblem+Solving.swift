import ScalingLaws

extension MixtureProblem {
    /// The best weights, by bisection on the price of a training token.
    ///
    /// - Returns: The solution with its duality gap.
    /// - Throws: ``MixtureError/law(_:)`` if a curve has no value that is needed.
    /// - Complexity: Some hundred evaluations of its curve for each source; none for sources that are read at most once
    ///   or are at their caps.
    public func solved() throws(MixtureError) -> MixtureSolution {
        if let (useful, places) = withoutWorthless { return try useful.solved().placed(places, of: self) }
        let dual = try MixtureDual(self)
        var newton = try MixtureNewton(dual)
        if let quick = try newton.solve() {
            let solution = try dual.solution(quick)
            if solution.gap < Self.certainGap { return solution }
        }
        return try dual.solution(try dual.solve())
    }

    /// The problem without sources of quality 0 that need not be read, to which the pull would give a weight.
    ///
    /// It is `nil` if there are none, or if the caps of the others do not allow this many tokens.
    private var withoutWorthless: (problem: MixtureProblem, places: [Int])? {
        let places = sources.indices.filter { sources[$0].quality > 0 || sources[$0].floor > 0 }
        guard places.count < sources.count, places.reduce(0, { $0 + upper[$1] }) > 1 else { return nil }
        return (MixtureProblem(self, at: places), places)
    }

    /// The gap up to which a quick solution is accepted: the size of rounding.
    static let certainGap = 1e-11
}

extension MixtureSolution {
    /// The solution of a problem with further sources that have no weight.
    fileprivate func placed(_ places: [Int], of problem: MixtureProblem) -> MixtureSolution {
        func placed(_ values: [Double]) -> [Double] {
            var all = [Double](repeating: 0, count: problem.sources.count)
            for (place, value) in zip(places, values) { all[place] = value }
            return all
        }
        var solution = self
        solution.weights = placed(weights)
        solution.epochs = placed(epochs)
        solution.uniqueTokenPrices = placed(uniqueTokenPrices)
        solution.capPrices = placed(capPrices)
        // Of the same weights, the divergence from shares that add up to less is larger by a constant.
        solution.divergence -= Elementary.log(places.reduce(0) { $0 + problem.naturalShares[$1] })
        return solution
    }
}
