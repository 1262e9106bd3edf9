import ScalingLaws

extension Question {
    /// The savings from 1 % more unique tokens, 1 % more compute and each relaxed limit.
    func shadowPrices(at best: Candidate) throws(PlanningError) -> ShadowPrices {
        var prices = try marginalPrices(at: best)
        prices.uniqueTokensInFLOPs = prices.uniqueTokens.flatMap { equivalentFLOPs(of: $0, over: best) }
        prices.limits = bindingLimits(at: best).map { price($0, over: best) }
        return prices
    }

    /// Only the savings from 1 % more unique tokens and 1 % more compute.
    func marginalPrices(at best: Candidate) throws(PlanningError) -> ShadowPrices {
        ShadowPrices(
            uniqueTokens: gain(of: try asked(of: supply.scaled(by: Prospect.factors[0])), over: best),
            flops: budget == nil
                ? nil : gain(of: varied { $1.logBudget += Elementary.log(Prospect.factors[0]) }, over: best))
    }

    private func gain(of question: Question, over best: Candidate) -> Double? {
        question.near(best).lowest(.coarse).map { saving(of: $0, over: best) }
    }

    /// The saving of a run for more of a scarce resource, which never raises the cost: what is less than the search
    /// resolves is rounding.
    private func saving(of run: Candidate, over best: Candidate) -> Double {
        let saved = best.cost - run.cost
        return saved > 1e-12 * abs(best.cost) ? saved : 0
    }

    private func price(_ limit: BindingLimit, over best: Candidate) -> LimitPrice {
        let saved = limit.relaxed.flatMap { gain(of: $0, over: best) }
        var price = LimitPrice(
            code: limit.code, name: limit.name, limit: limit.limit, gain: saved,
            gainInFLOPs: saved.flatMap { equivalentFLOPs(of: $0, over: best) })
        if let lifted = limit.lifted, let free = lifted.lowest(), (try? lifted.bounded(free)) != nil {
            price.lifted = lifted.recommendation(free)
            price.liftedGain = saving(of: free, over: best)
        }
        return price
    }

    /// The further compute that would lower the cost as much, or `nil` if none within a factor of 20,000 would.
    private func equivalentFLOPs(of gain: Double, over best: Candidate) -> Double? {
        guard let budget, constraints.targetLoss == nil else { return nil }
        return BudgetEquivalent.flops(of: gain, budget: budget) { t in
            self.gain(of: varied { $1.logBudget += t }, over: best)
        }
    }

    /// The plans with 1 % more, twice and ten times the unique tokens or the compute.
    func prospects(at best: Candidate) throws(PlanningError) -> [Prospect] {
        var prospects: [Prospect] = []
        func add(_ quantity: Prospect.Quantity, _ factor: Double, _ question: Question) {
            guard let run = question.lowest(.coarse) else { return }
            prospects.append(
                Prospect(
                    quantity, factor, gain: saving(of: run, over: best), question.recommendation(run)))
        }
        for factor in Prospect.factors {
            let choices = try supply.scaled(by: factor).withAndWithoutDerived.map { supply throws(PlanningError) in
                try asked(of: supply)
            }
            let costs = choices.map { $0.lowest(.coarse)?.cost ?? .infinity }
            add(.uniqueTokens, factor, choices.count > 1 && costs[1] < costs[0] ? choices[1] : choices[0])
        }
        guard budget != nil else { return prospects }
        for factor in Prospect.factors { add(.flops, factor, varied { $1.logBudget += Elementary.log(factor) }) }
        return prospects
    }

    /// The question limited to within a factor of 100,000 of a plan, a range that plans under other coefficients do not
    /// leave.
    func near(_ best: Candidate) -> Question {
        let reach = 11.5
        return varied { _, region in
            region.x = region.x.clamped(to: (best.x - reach)...(best.x + reach))
            region.y = region.y.clamped(to: (best.y - reach)...(best.y + reach))
        }
    }
}
