import Quantities
import ScalingLaws

extension PlanningQuestion {
    /// The plan with the least expected excess over the families of laws.
    ///
    /// At a target loss it is the plan of least cost that reaches the target.
    func robustPlan() throws(PlanningError) -> Plan {
        if constraints.targetLoss != nil, planner.objective.readsLoss {
            throw .contradiction(
                "the objective '\(planner.objective.identifier)' weighs the loss itself, and a target loss belongs to the "
                    + "corpus and tokenizer of one law, but \(planner.laws.isEmpty ? "none is" : "several are") asked here: "
                    + "name one law, leave out the target, or minimise a cost at the target")
        }
        let (answers, leftOut) = try answers()
        guard let first = answers.first else { throw Self.noLaw(leftOut) }
        if answers.count == 1 {
            var plan = try plan(under: first.question.law)
            plan.leftOut = leftOut
            plan.warnings += Self.notes(leftOut)
            return plan
        }
        guard constraints.targetLoss == nil else { return try targetPlan(over: answers, leftOut: leftOut) }
        return try decidedPlan(over: answers, leftOut: leftOut)
    }

    /// Only the run that a plan recommends, without its reasons.
    func recommendedRun() throws(PlanningError) -> Recommendation {
        guard planner.laws.count > 1, constraints.targetLoss == nil else {
            guard let law = planner.laws.first, planner.laws.count == 1 else { return try robustPlan().recommended }
            let question = try question(to: law)
            try law.checkSuitability()
            return question.recommendation(question.sparing(try question.bounded(try question.basins()[0])))
        }
        // Only the places of the families' optima are needed here.
        var (answers, leftOut) = try answers(.coarse)
        guard let first = answers.first else { throw Self.noLaw(leftOut) }
        let best = try decide(&answers).best
        var run = first.question.recommendation(best)
        if answers.count > 1 {
            run.loss = nil
            run.effectiveTokens = nil
            run.lawTokens = nil
        }
        return run
    }

    /// Weighs the families and finds the run that they decide on.
    ///
    /// The weights are those at the compute that can be used. That is the budget; or, if the best run leaves some of
    /// it, the compute at which the best run spends exactly the compute that its weights are for. So the weights do not
    /// change with budgets that do not bind. That compute is sought under a tenth of the draws.
    func decide(_ answers: inout [Answer]) throws(PlanningError) -> (families: FamilySurface, best: Candidate) {
        func spent(_ run: Candidate) -> Double { answers[0].question.logFLOPs(run) }
        let most = budget.map { Elementary.log($0.flops) } ?? .infinity
        // Without a budget, start from the compute that the families themselves would spend.
        let usual = answers.reduce(0) { $0 + spent($1.best) } / Double(answers.count)
        weigh(&answers, compute: budget?.flops ?? Elementary.exp(usual))
        var families = try FamilySurface(
            answers.map(\.question), draws: answers.map(\.draws), weights: answers.map(\.weight))
        let search = families.search
        let glances = families.surface.glances(search.grid(around: answers.map(\.best)))
        var found = families.surface.sampled(search, glances)
        if var run = found.first, spent(run) < most - 1e-6 {
            var compute = most
            for _ in 0..<16 where abs(spent(run) - compute) > 1e-4 {
                compute = spent(run)
                weigh(&answers, compute: Elementary.exp(compute))
                families.weigh(answers.map(\.weight))
                run = families.surface.sampled(search, from: run) ?? run
            }
            found = families.surface.sampled(search, glances) + [run]
        }
        guard let best = families.surface.lowest(search, starts: found) else {
            throw .infeasible("no run within these limits has a finite loss under all laws", nearest: nil)
        }
        return (families, try answers[0].question.bounded(best))
    }

    private func decidedPlan(over answers: [Answer], leftOut: [LeftOutLaw]) throws(PlanningError) -> Plan {
        var answers = answers
        let (families, found) = try decide(&answers)
        let draws = answers.map(\.draws)
        let weights = answers.map(\.weight)
        let own = families.surface.ownOptima(families.search, around: answers.map(\.best), beside: found)
        // The mean cost of each draw's own best run; excess is measured from it.
        let floor = zip(weights, own).reduce(0) { $0 + $1.0 * OrderStatistics.mean($1.1.map(\.cost)) }
        func excess(_ run: Candidate) -> Candidate { Candidate(x: run.x, y: run.y, cost: run.cost - floor) }
        let best = excess(found)
        let excesses = try excesses(at: best, families, own)
        let question = answers[0].question
        func atEpochs(_ epochs: Double) -> Candidate? {
            families.lowest(atEpochs: epochs, near: found).map(excess)
        }
        var plan = jointPlan(
            question.recommendation(best), under: answers, leftOut,
            frontier: FrontierPoint.frontier(of: supply, around: best, plan: atEpochs, loss: { _ in nil }),
            shadowPrices: ShadowPrices(uniqueTokens: nil, flops: nil))
        plan.families = try zip(answers.indices, own).map { index, own throws(PlanningError) in
            try familyPlan(answers[index], at: best, own: own, excesses: excesses[index])
        }
        plan.decision = decision(plan.families, excesses: excesses, weights: weights, answers)
        plan.recommended.extrapolation = plan.farthestExtrapolation
        let pairs = zip(weights, own).flatMap { weight, own in
            own.map { (run: $0, weight: weight / Double(own.count)) }
        }
        if var ranges = RunRanges(pairs, uniqueTokens: supply.tokensPerEpoch) {
            for share in factorEnds where share != 1 {
                ranges = try ranges.joined(with: self.ranges(answers, draws, share: share, near: found) ?? ranges)
            }
            plan.recommended.set(ranges)
        }
        let prices = try FamilyPrices(self, answers, draws: draws, families: families, best: found)
        plan.shadowPrices = try prices.shadowPrices
        plan.prospects = try prices.prospects()
        plan.epochSteps = families.epochSteps(around: best, own: own)
        plan.baselines = baselines(question) { families.surface.value($0, $1) - floor }
        plan.qualityCuts = try QualityCut.frontier(of: supply) { kept, cut throws(PlanningError) in
            guard let priced = try prices.lowest(of: kept) else { return nil }
            var run = priced.run
            run.loss = nil
            return cut(run, priced.cost - found.cost)
        }
        plan.epochGain = planner.epochGain.flatMap { threshold in
            EpochGain(threshold: threshold) { atEpochs($0)?.cost }
        }
        plan.tokenSensitivity = try prices.tokenSensitivity()
        let remarks = Remarks(question: question, best: best, plan: plan)
        plan.set(remarks.statuses)
        plan.warnings =
            remarks.limitWarnings + remarks.tokenizer + warnings(plan) + Self.notes(leftOut)
        return plan
    }

    /// The excess of a run under each draw of each family.
    private func excesses(
        at best: Candidate, _ families: FamilySurface, _ own: [[Candidate]]
    ) throws(PlanningError) -> [[Double]] {
        let (parameters, tokens) = (Elementary.exp(best.x), Elementary.exp(best.y))
        return zip(families.surface.parts, own).map { part, own in
            zip(part.costs(parameters: parameters, tokens: tokens) ?? [], own).map { cost, own in
                let excess = cost - own.cost
                // Both are searched over the same runs, so a run that beats a draw's own best is our bug.
                assert(excess > -1e-7, "a run beats the best of a draw by \(-excess)")
                // A tiny difference between equal costs is rounding.
                return excess < 1e-12 ? 0 : excess
            }
        }
    }

    private func decision(
        _ plans: [FamilyPlan], excesses: [[Double]], weights: [Double], _ answers: [Answer]
    ) -> Decision {
        let all = excesses.flatMap { $0 }
        let shares = zip(excesses, weights).flatMap { excesses, weight in
            excesses.map { _ in weight / Double(excesses.count) }
        }
        // Twice the weighted standard deviation of the logarithm. For two families of equal weight it is their ratio;
        // the disagreement of a family falls with its weight.
        func disagreement(_ value: (FamilyPlan) -> Double) -> Double {
            let logs = plans.map { (weight: $0.weight, log: Elementary.log(value($0))) }
            let mean = logs.reduce(0) { $0 + $1.weight * $1.log }
            let variance = logs.reduce(0) { $0 + $1.weight * ($1.log - mean) * ($1.log - mean) }
            return Elementary.exp(2 * variance.squareRoot())
        }
        return Decision(
            rule: .expected, expectedExcess: DecisionRule.expected.value(of: all, weights: shares),
            tailExcess: DecisionRule.tail.value(of: all, weights: shares),
            worstExcess: DecisionRule.worst.value(of: all, weights: shares),
            worstFamily: plans.max { $0.excess < $1.excess }?.family ?? "",
            sizeDisagreement: disagreement(\.parameters), epochDisagreement: disagreement(\.epochs), draws: all.count)
    }

    /// A plan that follows no single law, so its run has no loss and no tokens of one law.
    func jointPlan(
        _ run: Recommendation, under answers: [Answer], _ leftOut: [LeftOutLaw], frontier: [FrontierPoint],
        shadowPrices: ShadowPrices
    ) -> Plan {
        var run = run
        run.loss = nil
        run.effectiveTokens = nil
        run.lawTokens = nil
        var plan = Plan(
            status: .optimal, objective: planner.objective.identifier,
            costUnit: planner.costUnit(of: answers.map(\.question.law)),
            law: Plan.robust, laws: answers.map { LawReference($0.question.law) },
            flopModel: planner.flopModel.name, supply: supply, budget: budget, constraints: constraints, terms: terms,
            recommended: run, otherBasins: [], families: [], frontier: frontier, shadowPrices: shadowPrices,
            dataWall: DataWall(of: run, supply: supply, tokensPerParameter: planner.tokensPerParameter), warnings: [])
        plan.leftOut = leftOut
        plan.intervalSource = .families
        return plan
    }

    /// The advice of a family, and its figures for a run.
    func familyPlan(
        _ answer: Answer, at best: Candidate, own: [Candidate], excesses: [Double], otherBasins: [Candidate] = []
    ) throws(PlanningError) -> FamilyPlan {
        let question = answer.question
        let run = question.recommendation(answer.best)
        let chosen = question.recommendation(best)
        var plan = FamilyPlan(
            family: answer.family, law: answer.law, weight: answer.weight, distance: answer.distance,
            contrastError: answer.contrastError, draws: answer.draws.count, parameters: run.parameters,
            tokens: run.tokens, epochs: run.epochs, ownLoss: run.loss, cost: run.cost,
            otherBasins: otherBasins.map(question.recommendation), loss: chosen.loss,
            excess: excesses.isEmpty ? 0 : OrderStatistics.mean(excesses), extrapolation: chosen.extrapolation)
        plan.wallFLOPs = question.dataWall(at: run).flops
        if case .failure(let absence) = answer.sets {
            plan.noInterval = absence.reason
        } else if own.count >= CoefficientSets.fewest,
            let ranges = RunRanges(own.map { (run: $0, weight: 1) }, uniqueTokens: supply.tokensPerEpoch)?
                .holding(answer.best, uniqueTokens: supply.tokensPerEpoch)
        {
            plan.intervalSource = (try? answer.sets.get())?.source
            plan.parametersInterval = RunRanges.values(ranges.parameters, holding: plan.parameters)
            plan.tokensInterval = RunRanges.values(ranges.tokens, holding: plan.tokens)
            plan.epochsInterval = RunRanges.values(ranges.epochs, holding: plan.epochs)
            plan.lossInterval = question.predictive(at: best, over: answer.draws)
        } else {
            plan.noInterval = "too few of the law's sets of coefficients have a plan within these limits"
        }
        return plan
    }

    /// The unique tokens that there may be at both ends of the unique factor, as shares of those planned with.
    var factorEnds: [Double] {
        guard let factor = supply.uniqueFactor, factor.lowerBound < factor.upperBound else { return [] }
        return [factor.lowerBound / supply.middleFactor, factor.upperBound / supply.middleFactor]
    }

    /// The ranges of the best runs of all draws, if only a share of the unique tokens is unique.
    private func ranges(
        _ answers: [Answer], _ draws: [[[Double]]], share: Double, near best: Candidate
    ) throws(PlanningError) -> RunRanges? {
        let other = supply.sharing(share)
        var questions: [Question] = []
        for answer in answers { questions.append(try answer.question.asked(of: other)) }
        let families = try FamilySurface(questions, draws: draws, weights: answers.map(\.weight))
        let own = families.surface.ownOptima(families.search, around: answers.map(\.best) + [best])
        guard own.allSatisfy({ $0.allSatisfy { $0.cost < .infinity } }) else { return nil }
        return RunRanges(
            zip(answers, own).flatMap { answer, own in
                own.map { (run: $0, weight: answer.weight / Double(own.count)) }
            }, uniqueTokens: other.tokensPerEpoch)
    }

    /// The warnings about the families and their plans.
    func warnings(_ plan: Plan) -> [PlanWarning] {
        var warnings: [PlanWarning] = []
        if let outside = outsideOwnPlans(plan) { warnings.append(outside) }
        let deciding = plan.families.filter { $0.isDeciding(among: plan.families.count) }
        let nearest = deciding.map { $0.extrapolation.largest }.min() ?? 1
        if nearest > 1 {
            warnings.append(
                PlanWarning(
                    code: "outside_every_law", severity: .warning,
                    message:
                        "This run is outside the fitted range of every deciding family, the nearest by a factor of "
                        + "\(Quantity.rounded(nearest)): use the range, not the single run.",
                    value: nearest, limit: 1))
        }
        for family in deciding {
            let stated = family.extrapolation
            let parts: [(String, Double?)] = [
                ("training compute", stated.flops), ("parameters", stated.parameters),
                ("training tokens", stated.tokens), ("unique tokens", stated.uniqueTokens), ("epochs", stated.epochs),
                ("tokens per parameter", stated.tokensPerParameter),
            ]
            let outside = parts.compactMap { name, factor -> String? in
                factor.flatMap { $0 > 1 ? "\(name) by \(Quantity.rounded($0))" : nil }
            }
            guard !outside.isEmpty else { continue }
            warnings.append(
                PlanWarning(
                    code: "extrapolation", severity: .info,
                    message:
                        "Family '\(family.family)' was fitted elsewhere: \(outside.joined(separator: ", ")) (factors).",
                    value: stated.largest, limit: 1))
        }
        for reference in plan.laws where reference.provenance == .refitHere {
            warnings.append(
                PlanWarning(
                    code: "refit_here", severity: .info,
                    message: "The constants of law '\(reference.name)' are refit here: "
                        + "\(reference.card.provenance.source)."))
        }
        return warnings
    }
}

extension PlanningQuestion {
    /// Warns if the run has more or fewer parameters than every family advises by itself, as a mean over draws may.
    private func outsideOwnPlans(_ plan: Plan) -> PlanWarning? {
        let sizes = plan.families.map(\.parameters)
        let size = plan.recommended.parameters
        guard constraints.targetLoss == nil, let least = sizes.min(), let most = sizes.max(),
            size < least * 0.99 || size > most * 1.01
        else { return nil }
        let costs = plan.families.map { "\($0.family) \(Quantity.percentAbove($0.excess))" }
        return PlanWarning(
            code: "outside_own_plans", severity: .info,
            message: "\(Quantity.count(size, "parameter")) are outside what each family advises "
                + "(\(Quantity.range(least...most, Quantity.short))): the run has the least expected excess over their "
                + "draws, \(costs.joined(separator: ", ")).",
            value: size, limit: size < least ? least : most)
    }
}

extension Plan {
    /// The weight of families that may be extrapolated before the plan is: less than a tenth of the decision.
    static let negligibleWeight = 0.1

    /// The share of the decision from families for which the run is outside the range that they were fitted on, or that
    /// do not state that range.
    var extrapolatedWeight: Double {
        families.reduce(0) { $0 + ($1.extrapolation.largest > 1 || !$1.extrapolation.isKnown ? $1.weight : 0) }
    }

    /// Sets the statuses of the plan.
    mutating func set(_ statuses: [PlanStatus]) {
        status = statuses[0]
        furtherStatuses = Array(statuses.dropFirst())
    }

    /// The extrapolation of the deciding family that was fitted farthest away; a family that does not state its range
    /// goes before all others.
    var farthestExtrapolation: Extrapolation {
        let deciding = families.filter { $0.isDeciding(among: families.count) }.map(\.extrapolation)
        return deciding.first { !$0.isKnown } ?? deciding.max { $0.largest < $1.largest } ?? Extrapolation()
    }
}

extension Recommendation {
    /// Sets the ranges of the run's sizes and tokens; they include the run's own.
    mutating func set(_ ranges: RunRanges) {
        parametersInterval = RunRanges.values(ranges.parameters, holding: parameters)
        tokensInterval = RunRanges.values(ranges.tokens, holding: tokens)
        epochsInterval = RunRanges.values(ranges.epochs, holding: epochs)
    }
}

extension Question {
    /// The range for the loss that a run will measure, over draws of the law's coefficients; `nil` if all draws give
    /// the same loss.
    func predictive(at best: Candidate, over draws: [[Double]]) -> ClosedRange<Double>? {
        let (parameters, tokens) = (Elementary.exp(best.x), Elementary.exp(best.y))
        var losses: [Double] = []
        for values in draws {
            guard let member = try? landscape.law.with(coefficients: values),
                let loss = try? member.loss(
                    parameters: parameters, tokens: tokens,
                    uniqueTokens: landscape.uniqueTokens(at: tokens))
            else { return nil }
            losses.append(loss)
        }
        let loss = landscape.loss(best.x, best.y)
        let fresh = try? landscape.law.loss(parameters: parameters, tokens: tokens)
        return PredictiveInterval(
            around: loss, draws: losses, freshLoss: fresh ?? loss, compute: 6 * parameters * tokens,
            error: landscape.law.card.forecastError, level: CoefficientSets.intervalLevel)?.range
    }
}
