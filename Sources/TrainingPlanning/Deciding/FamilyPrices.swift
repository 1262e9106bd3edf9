import ScalingLaws

/// The effect of more data, compute or room on a plan under several families, whose weights stay fixed.
///
/// Every saving is the fall of the mean of ln cost over the draws: a share of the loss, if the loss is minimised.
struct FamilyPrices {
    private let asked: PlanningQuestion
    private let answers: [PlanningQuestion.Answer]
    private let draws: [[[Double]]]
    private let families: FamilySurface
    private let best: Candidate

    init(
        _ asked: PlanningQuestion, _ answers: [PlanningQuestion.Answer], draws: [[[Double]]], families: FamilySurface,
        best: Candidate
    ) throws(PlanningError) {
        self.asked = asked
        self.answers = answers
        self.draws = draws
        self.families = families
        self.best = best
    }

    private var question: Question { answers[0].question }

    /// The surface of the families for other data, or for tokens of another size.
    private func surface(
        _ vary: (Question) throws(PlanningError) -> Question
    ) throws(PlanningError) -> FamilySurface {
        var questions: [Question] = []
        for answer in answers { questions.append(try vary(answer.question)) }
        return try FamilySurface(questions, draws: draws, weights: answers.map(\.weight))
    }

    /// The best run for other data.
    private func lowest(_ supply: DataSupply) throws(PlanningError) -> (run: Candidate, question: Question)? {
        let other = try surface { question throws(PlanningError) in try question.asked(of: supply) }
        let shift = Elementary.log(supply.tokensPerEpoch / asked.supply.tokensPerEpoch)
        let starts = [best, Candidate(x: best.x, y: best.y + shift, cost: best.cost)]
        return other.lowest(other.search, near: starts + answers.map(\.best)).map { ($0, other.questions[0]) }
    }

    /// The best run for other data, and its saving, which may be negative.
    func lowest(of supply: DataSupply) throws(PlanningError) -> (run: Recommendation, cost: Double)? {
        try lowest(supply).map { ($0.question.recommendation($0.run), $0.run.cost) }
    }

    private func lowest(compute factor: Double) -> Candidate? {
        guard asked.budget != nil else { return nil }
        let shift = Elementary.log(factor)
        let richer = question.varied { $1.logBudget += shift }
        let grown = Candidate(x: best.x + shift / 2, y: best.y + shift / 2, cost: best.cost)
        return families.lowest(families.search(richer), near: [best, grown])
    }

    private func gain(_ run: Candidate?) -> Double? {
        // More of a scarce resource never raises the cost, so a negative saving is rounding.
        run.map { best.cost - $0.cost > 1e-12 ? best.cost - $0.cost : 0 }
    }

    /// The savings from 1 % more unique tokens, 1 % more compute and each relaxed limit.
    var shadowPrices: ShadowPrices {
        get throws(PlanningError) {
            let tokens = gain(try lowest(asked.supply.scaled(by: Prospect.factors[0]))?.run)
            var prices = ShadowPrices(uniqueTokens: tokens, flops: gain(lowest(compute: Prospect.factors[0])))
            prices.uniqueTokensInFLOPs = tokens.flatMap(equivalentFLOPs)
            prices.limits = question.bindingLimits(at: best).map(price)
            return prices
        }
    }

    private func price(_ limit: BindingLimit) -> LimitPrice {
        func lowest(_ other: Question?) -> Candidate? {
            other.flatMap { families.lowest(families.search($0), near: [best]) }
        }
        let saved = gain(lowest(limit.relaxed))
        var price = LimitPrice(
            code: limit.code, name: limit.name, limit: limit.limit, gain: saved,
            gainInFLOPs: saved.flatMap(equivalentFLOPs))
        if let lifted = limit.lifted, let free = lowest(limit.lifted), (try? lifted.bounded(free)) != nil {
            var run = lifted.recommendation(free)
            run.loss = nil
            price.lifted = run
            price.liftedGain = gain(free)
        }
        return price
    }

    /// The further compute that would save as much, or `nil` if none within a factor of 20,000 would.
    private func equivalentFLOPs(of gain: Double) -> Double? {
        guard let budget = asked.budget else { return nil }
        return BudgetEquivalent.flops(of: gain, budget: budget) { self.gain(lowest(compute: Elementary.exp($0))) }
    }

    /// The plans with 1 % more, twice and ten times the unique tokens or the compute.
    func prospects() throws(PlanningError) -> [Prospect] {
        var prospects: [Prospect] = []
        for factor in Prospect.factors {
            var found: (run: Candidate, question: Question)?
            for supply in asked.supply.scaled(by: factor).withAndWithoutDerived {
                guard let run = try lowest(supply), run.run.cost < found?.run.cost ?? .infinity else { continue }
                found = run
            }
            guard let (run, other) = found, let gain = gain(run) else { continue }
            prospects.append(Prospect(.uniqueTokens, factor, gain: gain, other.recommendation(run)))
        }
        for factor in Prospect.factors {
            guard let run = lowest(compute: factor), let gain = gain(run) else { continue }
            prospects.append(Prospect(.flops, factor, gain: gain, question.recommendation(run)))
        }
        return prospects
    }

    /// The plan with tokens a quarter smaller or larger, if the token size of a law is not known.
    func tokenSensitivity() throws(PlanningError) -> [TokenSensitivity] {
        guard answers.contains(where: { asked.mayMiscount($0.question.law) }) else { return [] }
        var found: [TokenSensitivity] = []
        for scale in TokenSensitivity.scales {
            let other = try surface { question throws(PlanningError) in
                asked.mayMiscount(question.law) ? try question.asked(of: asked.supply, tokenScale: scale) : question
            }
            guard let run = other.lowest(other.search, near: [best]) else { continue }
            let plan = other.questions[0].recommendation(run)
            found.append(
                TokenSensitivity(
                    tokenScale: scale, parameters: plan.parameters, tokens: plan.tokens, epochs: plan.epochs, loss: nil)
            )
        }
        return found
    }
}

extension Prospect {
    init(_ quantity: Quantity, _ factor: Double, gain: Double, _ run: Recommendation) {
        self.init(
            quantity: quantity, factor: factor, gain: gain, parameters: run.parameters, tokens: run.tokens,
            epochs: run.epochs)
    }
}

/// Compute that is worth as much as something else.
enum BudgetEquivalent {
    /// The further FLOPs that save as much; `nil` if none within a factor of 20,000 do.
    ///
    /// - Parameters:
    ///   - gain: The saving to match.
    ///   - budget: The compute available.
    ///   - saved: The saving from a budget larger by a factor, as a function of the factor's logarithm.
    /// - Returns: The FLOPs beyond the budget.
    static func flops(of gain: Double, budget: ComputeBudget, saved: (Double) -> Double?) -> Double? {
        if gain == 0 { return 0 }
        func excess(_ t: Double) -> Double? { saved(t).map { $0 - gain } }
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
        let root = Bisection.root(low, high, atLow, Swift.max(atHigh, .leastNormalMagnitude), precision: 1e-5, excess)
        return root.map { budget.flops * (Elementary.exp($0) - 1) }
    }
}
