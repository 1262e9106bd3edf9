import ScalingLaws

extension Question {
    /// The best plan at a number of passes over the unique tokens, or `nil` if the limits do not allow one.
    func best(atEpochs epochs: Double) -> Candidate? {
        let y = Elementary.log(epochs * supply.tokensPerEpoch)
        guard region.y.contains(y) else { return nil }
        // One line of the region; minima along it are polished, whatever the distance between samples.
        return varied { $1.y = y...y }.lowest(.coarse)
    }

    /// The best plan at 1, 2, 4, … epochs, some doublings beyond the best plan's own.
    func frontier(around best: Candidate) -> [FrontierPoint] {
        FrontierPoint.frontier(of: supply, around: best, plan: self.best(atEpochs:)) { landscape.loss($0.x, $0.y) }
    }

    /// The best plans if only the best of the data are kept, from the narrowest cut to all.
    func qualityCuts(around best: Candidate) throws(PlanningError) -> [QualityCut] {
        try QualityCut.frontier(of: supply) { kept, cut throws(PlanningError) in
            let question = try asked(of: kept)
            guard let candidate = question.lowest() else { return nil }
            return cut(question.recommendation(candidate), candidate.cost - best.cost)
        }
    }

    /// How far the data reach under the law.
    func dataWall(at run: Recommendation) -> DataWall {
        var wall = DataWall(of: run, supply: supply, tokensPerParameter: planner.tokensPerParameter)
        guard let point = wallPoint() else { return wall }
        wall.flops = Elementary.exp(region.flops.logPerToken(point.x) + point.y)
        wall.parameters = Elementary.exp(point.x)
        return wall
    }

    /// The point at which the line of optimal plans (of the loss only) meets the first repeat.
    ///
    /// There, more parameters and fewer tokens along the budget's edge leave the loss unchanged.
    private func wallPoint() -> (x: Double, y: Double)? {
        guard let first = landscape.kinks.first else { return nil }
        // Just short of the kink, where the slopes of all laws are those without repeats.
        let y = first - 1e-9
        func slope(_ x: Double) -> Double? {
            landscape.lossSlopes(x, y).map { $0.x - region.flops.slope(x) * $0.y }
        }
        let sizes = Region.widest.x
        var (low, atLow): (Double, Double?) = (sizes.lowerBound, nil)
        for step in 0...60 {
            let x = sizes.lowerBound + (sizes.upperBound - sizes.lowerBound) * Double(step) / 60
            guard let value = slope(x) else { continue }
            if let before = atLow, before < 0, value > 0 {
                return Bisection.root(low, x, before, value, slope).map { ($0, first) }
            }
            (low, atLow) = (x, value)
        }
        return nil
    }
}

extension DataWall {
    /// The limits that the data set at a ratio of tokens per parameter.
    init(of run: Recommendation, supply: DataSupply, tokensPerParameter: Double) {
        self.init(
            flops: nil, parameters: nil, tokensPerParameter: tokensPerParameter,
            largestModel: supply.uniqueTokens / tokensPerParameter,
            largestModelAtPlanEpochs: supply.uniqueTokens * Swift.max(1, run.epochs) / tokensPerParameter)
    }
}
