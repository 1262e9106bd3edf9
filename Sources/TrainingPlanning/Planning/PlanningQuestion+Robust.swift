import Quantities
import ScalingLaws

extension PlanningQuestion {
    /// Sets of coefficients of each law that the worst case and its intervals are taken over at most.
    static var setsOfEach: Int { 100 }

    /// The plan with the smallest worst excess over all laws that apply and over members of their ensembles; at a target
    /// loss, the one of least cost that reaches it under each.
    func robustPlan() throws(PlanningError) -> Plan {
        if constraints.targetLoss != nil, planner.objective.readsLoss {
            throw .contradiction(
                "the objective '\(planner.objective.identifier)' weighs the loss itself, and a target loss belongs to the "
                    + "corpus and tokenizer of one law, but \(planner.laws.isEmpty ? "none is" : "several are") asked here: "
                    + "name one law, leave out the target, or minimise a cost at the target")
        }
        var (answers, leftOut) = try answers()
        guard let first = answers.first else { throw Self.noLaw(leftOut, target: constraints.targetLoss) }
        if answers.count == 1 {
            var plan = try plan(under: first.question.law)
            plan.leftOut = leftOut
            plan.warnings += Self.notes(leftOut)
            return plan
        }
        for index in answers.indices { try answers[index].askSets(limit: Self.setsOfEach) }
        guard constraints.targetLoss == nil else { return try targetPlan(over: answers, leftOut: leftOut) }
        return try minimaxPlan(over: answers, leftOut: leftOut)
    }

    private func minimaxPlan(over answers: [Answer], leftOut: [LeftOutLaw]) throws(PlanningError) -> Plan {
        let first = answers[0]
        var search = try search(over: answers)
        let best = search.lowest()
        func atEpochs(_ epochs: Double) -> Candidate? {
            search.lowest(atTokens: Elementary.log(epochs * supply.uniqueTokens))
        }
        let deciding = deciding(answers, at: best)
        var plan = try jointPlan(
            first.question.recommendation(best), at: best, under: answers, leftOut,
            frontier: FrontierPoint.frontier(of: supply, around: best, plan: atEpochs, loss: { _ in nil }),
            shadowPrices: try deciding.question.shadowPrices(at: deciding.best))
        setRanges(of: &plan.recommended, at: best, over: answers, search.members.map(\.own))
        plan.shadowPrices.law = deciding.law
        plan.decidingLaw = deciding.law
        plan.qualityCuts = try qualityCuts(answers)
        plan.epochGain = planner.epochGain.flatMap { threshold in
            EpochGain(threshold: threshold) { atEpochs($0)?.cost }
        }
        plan.tokenSensitivity = tokenSensitivity(answers)
        let remarks = Remarks(question: first.question, best: best, plan: plan)
        plan.status = remarks.status
        plan.warnings =
            remarks.limitWarnings + remarks.tokenizer + warnings(answers) + [
                PlanWarning(
                    code: "robust", severity: .info,
                    message: "No one law is followed: this run's excess over a law's own best is at most "
                        + "\(Quantity.rounded(plan.recommended.cost)) under each of \(answers.count) laws and their "
                        + "ensembles; '\(deciding.law)' decides. Their losses belong to other corpora and tokenizers and "
                        + "do not compare.",
                    value: plan.recommended.cost)
            ] + Self.notes(leftOut)
        return plan
    }

    /// A plan that follows no one law: what is one law's alone, its loss and its tokens, is left out of the run.
    func jointPlan(
        _ run: Recommendation, at best: Candidate, under answers: [Answer], _ leftOut: [LeftOutLaw],
        frontier: [FrontierPoint], shadowPrices: ShadowPrices
    ) throws(PlanningError) -> Plan {
        var run = run
        run.loss = nil
        run.effectiveTokens = nil
        run.lawTokens = nil
        var plan = Plan(
            status: .optimal, objective: planner.objective.identifier, costUnit: planner.objective.unit,
            law: Plan.robust, laws: answers.map { LawReference($0.question.law) },
            flopModel: planner.flopModel.name, supply: supply, budget: budget, constraints: constraints, terms: terms,
            recommended: run, otherBasins: [], byLaw: try byLaw(answers, at: best), frontier: frontier,
            shadowPrices: shadowPrices,
            dataWall: DataWall(of: run, supply: supply, tokensPerParameter: planner.tokensPerParameter), warnings: [])
        plan.leftOut = leftOut
        plan.intervalSource = .laws
        return plan
    }

    /// The law under which the excess at a point is largest, its members included.
    private func deciding(_ answers: [Answer], at best: Candidate) -> Answer {
        func excess(_ answer: Answer) -> Double {
            answer.members.reduce(
                answer.question.landscape.cost(best.x, best.y) - answer.best.cost
            ) { Swift.max($0, $1.landscape.cost(best.x, best.y) - $1.own.cost) }
        }
        return answers.dropFirst().reduce((answers[0], excess(answers[0]))) { worst, answer in
            let own = excess(answer)
            return own > worst.1 ? (answer, own) : worst
        }.0
    }

    /// Gives a run the ranges of the plans beside it and the nearest of the laws' own ranges.
    func setRanges(of run: inout Recommendation, at best: Candidate, over answers: [Answer], _ plans: [Candidate]) {
        func range(_ values: [Double]) -> ClosedRange<Double>? {
            guard let least = values.min(), let most = values.max() else { return nil }
            return least...most
        }
        let plans = plans + [best]
        run.parametersInterval = range(plans.map { Elementary.exp($0.x) })
        run.epochsInterval = range(plans.map { Elementary.exp($0.y) / supply.uniqueTokens })
        run.extrapolation =
            answers.map { $0.question.recommendation(best).extrapolation }.min { $0.largest < $1.largest }
            ?? run.extrapolation
    }

    /// The search over laws, over members of their ensembles, and over both ends of the supply's unique factor.
    private func search(over answers: [Answer]) throws(PlanningError) -> MinimaxSearch {
        guard let first = answers.first else { preconditionFailure("laws to weigh") }
        var members: [MinimaxSearch.Member] = []
        for answer in answers {
            members.append(MinimaxSearch.Member(landscape: answer.question.landscape, own: answer.best))
            members += answer.members.map {
                MinimaxSearch.Member(landscape: $0.landscape, own: $0.own)
            }
        }
        if let share = supply.uniqueFactor?.lowerBound, share < 1 {
            for answer in answers {
                let question = try answer.question.asked(of: supply.sharing(share))
                guard let best = question.lowest() else { continue }
                members.append(MinimaxSearch.Member(landscape: question.landscape, own: best))
            }
        }
        return MinimaxSearch(
            members: members, region: first.question.region, kinks: first.question.landscape.kinks,
            starts: answers.map(\.best))
    }

    /// The same laws asked in tokens of another size where theirs are not known, or of other data; `nil` where one of
    /// them has no plan then.
    private func varied(
        _ answers: [Answer], _ vary: (Question) throws(PlanningError) -> Question?
    ) -> [Answer]? {
        var asked: [Answer] = []
        for answer in answers {
            do throws(PlanningError) {
                guard let question = try vary(answer.question) else {
                    asked.append(answer)
                    continue
                }
                guard let best = question.lowest() else { return nil }
                asked.append(try Answer(question, basins: [best]))
            } catch { return nil }
        }
        return asked
    }

    /// The same laws' robust plan with tokens that are a quarter smaller or larger, where a law's are not known.
    private func tokenSensitivity(_ answers: [Answer]) -> [TokenSensitivity] {
        guard answers.contains(where: { mayMiscount($0.question.law) }) else { return [] }
        return TokenSensitivity.scales.compactMap { scale in
            let asked = varied(answers) { question throws(PlanningError) in
                mayMiscount(question.law) ? try question.asked(of: supply, tokenScale: scale) : nil
            }
            guard var asked else { return nil }
            for index in asked.indices {
                if asked[index].members.isEmpty { try? asked[index].askSets(limit: Self.setsOfEach) }
            }
            guard var search = try? search(over: asked), let first = asked.first else { return nil }
            let run = first.question.recommendation(search.lowest())
            return TokenSensitivity(
                tokenScale: scale, parameters: run.parameters, tokens: run.tokens, epochs: run.epochs, loss: nil)
        }
    }

    /// The robust plans if only the best of the data are kept, over the laws as they stand: each cut costs what it costs
    /// the law that it costs most.
    private func qualityCuts(_ answers: [Answer]) throws(PlanningError) -> [QualityCut] {
        try QualityCut.frontier(of: supply) { kept, cut throws(PlanningError) in
            let asked = varied(answers) { question throws(PlanningError) in try question.asked(of: kept) }
            guard let asked, let first = asked.first else { return nil }
            var search = MinimaxSearch(
                members: asked.map { MinimaxSearch.Member(landscape: $0.question.landscape, own: $0.best) },
                region: first.question.region, kinks: first.question.landscape.kinks, starts: asked.map(\.best))
            var run = first.question.recommendation(search.lowest())
            run.loss = nil
            let excess = zip(asked, answers).map { $0.best.cost - $1.best.cost }.max() ?? 0
            return cut(run, excess)
        }
    }

    /// What each law advises, and what that costs under the others.
    private func byLaw(_ answers: [Answer], at best: Candidate) throws(PlanningError) -> [LawPlan] {
        var plans: [LawPlan] = []
        for answer in answers {
            let run = answer.question.recommendation(answer.best)
            var plan = LawPlan(
                law: answer.law, parameters: run.parameters, tokens: run.tokens, epochs: run.epochs, loss: run.loss,
                cost: run.cost, crossExcess: [:],
                otherBasins: answer.basins.dropFirst().map(answer.question.recommendation))
            for other in answers where other.law != answer.law {
                if let missed = other.miss(at: answer.best) {
                    plan.crossMisses[other.law] = missed
                } else {
                    let cost = other.question.landscape.cost(answer.best.x, answer.best.y)
                    plan.crossExcess[other.law] = Swift.max(0, cost - other.best.cost)
                }
            }
            plan.excess = answer.question.landscape.cost(best.x, best.y) - answer.best.cost
            plan.missedBy = answer.miss(at: best)
            if let target = constraints.targetLoss, !answer.members.isEmpty {
                let reached = answer.members.filter { $0.landscape.loss(best.x, best.y) <= target }
                plan.reachedShare = Double(reached.count) / Double(answer.members.count)
            }
            let prices = try answer.question.marginalPrices(at: answer.best)
            plan.shadowPrices = prices
            plan.wallFLOPs = answer.question.dataWall(at: run).flops
            plans.append(plan.with(try answer.intervals(limit: Self.setsOfEach), of: answer.sets))
        }
        return plans
    }

    /// What is to be known of the laws and their plans.
    func warnings(_ answers: [Answer]) -> [PlanWarning] {
        var warnings: [PlanWarning] = []
        let nearest = answers.map(\.extrapolation).min() ?? 1
        if nearest > 1 {
            warnings.append(
                PlanWarning(
                    code: "outside_every_law", severity: .warning,
                    message: "This question lies outside what every law was fitted on, the nearest by a factor of "
                        + "\(Quantity.rounded(nearest)): take the set of their plans for the answer, not the one "
                        + "run recommended.",
                    value: nearest, limit: 1))
        }
        for answer in answers {
            if let second = answer.basins.dropFirst().first {
                let run = answer.question.recommendation(second)
                warnings.append(
                    PlanWarning(
                        code: "other_basin", severity: .info,
                        message: "Law '\(answer.law)' has a second optimum at \(Quantity.short(run.parameters)) "
                            + "parameters and \(Quantity.count(run.epochs, "epoch")), "
                            + "\(Quantity.rounded(second.cost - answer.best.cost)) above its best.",
                        value: second.cost, limit: answer.best.cost))
            }
            if answer.question.card.provenance.kind == .refitHere {
                warnings.append(
                    PlanWarning(
                        code: "refit_here", severity: .info,
                        message: "The constants of law '\(answer.law)' are refit here: "
                            + "\(answer.question.card.provenance.source)."))
            }
        }
        return warnings
    }
}
