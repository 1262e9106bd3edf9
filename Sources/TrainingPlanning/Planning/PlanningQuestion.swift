import ScalingLaws

/// The user's whole question, before it is evaluated under a law.
struct PlanningQuestion: Sendable {
    let planner: Planner
    var supply: DataSupply
    let budget: ComputeBudget?
    let constraints: PlanConstraints
    let terms: PlanTerms

    /// A further factor on the token counts that laws see.
    var tokenScale = 1.0

    /// The worth of mixtures of the supply's sources, or `nil` if the supply is one pool.
    var worths: MixedPool.Worths?

    /// The question for one law.
    func question(to law: any ScalingLaw) throws(PlanningError) -> Question {
        try Question(
            planner: planner, law: law, supply: supply, budget: budget, constraints: constraints, terms: terms,
            tokenScale: tokenScale * (ownTokenScale(of: law) ?? 1), worths: worths)
    }

    /// Tokens of a law's tokenizer for each token of the supply, or `nil` where the bytes of either are not known.
    func ownTokenScale(of law: any ScalingLaw) -> Double? {
        guard let here = supply.bytesPerToken, let there = planner.lawBytesPerToken ?? law.card.setup.bytesPerToken
        else { return nil }
        return here / there
    }

    /// The plan, under a single law or weighed over several.
    func plan() throws(PlanningError) -> Plan {
        guard let law = planner.laws.first, planner.laws.count == 1 else { return try robustPlan() }
        return try plan(under: law)
    }

    /// The plan that one law advises.
    func plan(under law: any ScalingLaw) throws(PlanningError) -> Plan {
        let question = try question(to: law)
        try law.checkSuitability()
        let basins = try question.basins()
        let best = question.sparing(try question.bounded(basins[0]))
        var recommended = question.recommendation(best)
        let answer = try Answer(question, best: best)
        let draws = (try? answer.sets.get())?.sets ?? []
        let own = draws.isEmpty ? [] : try question.ownOptima(draws, around: best)
        let family = try familyPlan(
            answer, at: best, own: own, excesses: [], otherBasins: Array(basins.dropFirst()))
        if let ranges = try ranges(of: question, draws, own: own, around: best) {
            recommended.set(ranges)
        }
        recommended.lossInterval = try lossRange(family.lossInterval, question, around: best)
        var plan = Plan(
            status: .optimal, objective: planner.objective.identifier, costUnit: planner.costUnit(of: [law]),
            law: question.card.identifier, laws: [LawReference(law)], flopModel: planner.flopModel.name,
            supply: supply, budget: budget, constraints: constraints, terms: terms, recommended: recommended,
            otherBasins: family.otherBasins, families: [family], frontier: question.frontier(around: best),
            shadowPrices: try question.shadowPrices(at: best), dataWall: question.dataWall(at: recommended),
            warnings: [])
        plan.intervalSource = family.intervalSource ?? (supply.uniqueFactor == nil ? nil : .uniqueFactor)
        plan.prospects = try question.prospects(at: best)
        if constraints.targetLoss == nil, own.count >= CoefficientSets.fewest {
            plan.epochSteps = try FamilySurface([question], draws: [draws], weights: [1])
                .epochSteps(around: best, own: [own])
        }
        plan.baselines = baselines(question) { Elementary.log(question.landscape.cost($0, $1) / best.cost) }
        plan.qualityCuts = try question.qualityCuts(around: best)
        plan.epochGain = planner.epochGain.flatMap { threshold in
            EpochGain(threshold: threshold) { question.best(atEpochs: $0)?.cost }
        }
        plan.tokenSensitivity = tokenSensitivity(under: question, around: best)
        let remarks = Remarks(question: question, best: best, plan: plan)
        plan.set(remarks.statuses)
        plan.warnings = remarks.warnings
        return plan
    }

    /// Whether the tokens of a law may differ from those of the supply by an unknown factor.
    func mayMiscount(_ law: any ScalingLaw) -> Bool {
        law.card.provenance.kind != .user && ownTokenScale(of: law) == nil
    }

    private func tokenSensitivity(under question: Question, around plan: Candidate) -> [TokenSensitivity] {
        guard mayMiscount(question.law) else { return [] }
        return TokenSensitivity.scales.compactMap { scale in
            guard let asked = try? question.asked(of: supply, tokenScale: scale),
                let best = asked.near(plan).lowest(.coarse)
            else {
                return nil
            }
            let run = asked.recommendation(best)
            return TokenSensitivity(
                tokenScale: scale, parameters: run.parameters, tokens: run.tokens, epochs: run.epochs, loss: run.loss)
        }
    }

    /// The ranges of the best runs of a law's draws, from one end of the unique factor to the other; without draws,
    /// from the plan at one end to the plan at the other.
    private func ranges(
        of question: Question, _ draws: [[Double]], own: [Candidate], around best: Candidate
    ) throws(PlanningError) -> RunRanges? {
        func ranges(_ own: [Candidate], _ question: Question) -> RunRanges? {
            own.count < CoefficientSets.fewest
                ? nil : RunRanges(own.map { (run: $0, weight: 1) }, uniqueTokens: question.supply.tokensPerEpoch)
        }
        var all = ranges(own, question)
        for share in factorEnds where share != 1 || draws.isEmpty {
            let other = try question.asked(of: supply.sharing(share))
            let there =
                draws.isEmpty
                ? other.lowest().flatMap {
                    RunRanges([(run: $0, weight: 1)], uniqueTokens: other.supply.tokensPerEpoch)
                }
                : ranges(try other.ownOptima(draws, around: best), other)
            all = all.flatMap { known in there.map(known.joined) ?? known } ?? there
        }
        return all?.holding(best, uniqueTokens: supply.tokensPerEpoch)
    }

    /// The range of the loss, from one end of the unique factor to the other.
    private func lossRange(
        _ known: ClosedRange<Double>?, _ question: Question, around best: Candidate
    ) throws(PlanningError) -> ClosedRange<Double>? {
        var range = known
        for share in factorEnds where share != 1 {
            let other = try question.asked(of: supply.sharing(share))
            let loss = other.landscape.loss(best.x, best.y)
            let draws = (try? CoefficientSets(question.card))?.sets ?? []
            let there = other.predictive(at: best, over: draws) ?? loss...loss
            let own = range ?? question.landscape.loss(best.x, best.y)...question.landscape.loss(best.x, best.y)
            range = Swift.min(own.lowerBound, there.lowerBound)...Swift.max(own.upperBound, there.upperBound)
        }
        return range
    }
}
