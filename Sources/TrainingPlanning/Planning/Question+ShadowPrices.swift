import ScalingLaws

extension Question {
    /// How much more of something is priced.
    private static var more: Double { 0.01 }

    /// What 1 % more unique tokens, 1 % more compute and a relaxed limit would buy.
    func shadowPrices(at best: Candidate) throws(PlanningError) -> ShadowPrices {
        var prices = try marginalPrices(at: best)
        prices.uniqueTokensInFLOPs = prices.uniqueTokens.flatMap { equivalentFLOPs(of: $0, over: best) }
        prices.limits = bindingLimits(at: best).map { price($0, over: best) }
        return prices
    }

    /// What 1 % more unique tokens and 1 % more compute would buy, and nothing further.
    func marginalPrices(at best: Candidate) throws(PlanningError) -> ShadowPrices {
        ShadowPrices(
            uniqueTokens: gain(of: try asked(of: supply.scaled(by: 1 + Self.more)), over: best),
            flops: budget == nil
                ? nil : gain(of: varied { $1.logBudget += Elementary.log(1 + Self.more) }, over: best))
    }

    private func gain(of question: Question, over best: Candidate) -> Double? {
        // More of what is scarce never raises the cost: what is below zero is rounding.
        question.near(best).lowest(.coarse).map { found in
            let saved = best.cost - found.cost
            return saved > 1e-14 * abs(best.cost) ? saved : 0
        }
    }

    private func price(_ limit: BindingLimit, over best: Candidate) -> LimitPrice {
        let saved = limit.relaxed.flatMap { gain(of: $0, over: best) }
        var price = LimitPrice(
            code: limit.code, name: limit.name, limit: limit.limit, gain: saved,
            gainInFLOPs: saved.flatMap { equivalentFLOPs(of: $0, over: best) })
        if let lifted = limit.lifted, let free = lifted.lowest(), (try? lifted.bounded(free)) != nil {
            price.lifted = lifted.recommendation(free)
            price.liftedGain = Swift.max(0, best.cost - free.cost)
        }
        return price
    }

    /// The further compute that would lower the cost as much, or `nil` where none within a factor of 20,000 would.
    private func equivalentFLOPs(of gain: Double, over best: Candidate) -> Double? {
        guard let budget, constraints.targetLoss == nil else { return nil }
        if gain == 0 { return 0 }
        func excess(_ t: Double) -> Double? {
            self.gain(of: varied { $1.logBudget += t }, over: best).map { $0 - gain }
        }
        var (low, high) = (0.0, 0.01)
        var (atLow, atHigh) = (-gain, -gain)
        while high < 10 {
            guard let value = excess(high) else { return nil }
            atHigh = value
            if value >= 0 { break }
            (low, atLow) = (high, value)
            high *= 3
        }
        guard atHigh >= 0 else { return nil }
        let root = Bisection.root(low, high, atLow, Swift.max(atHigh, .leastNormalMagnitude), precision: 1e-6, excess)
        return root.map { budget.flops * (Elementary.exp($0) - 1) }
    }
}
