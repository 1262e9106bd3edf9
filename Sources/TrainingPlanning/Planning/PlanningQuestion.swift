import ScalingLaws

/// Everything that was asked, before it is put to a law.
struct PlanningQuestion: Sendable {
    let planner: Planner
    let supply: DataSupply
    let budget: ComputeBudget?
    let constraints: PlanConstraints
    let terms: PlanTerms

    /// A further factor on the tokens that laws are asked at.
    var tokenScale = 1.0

    /// The question put to one law.
    func question(to law: any ScalingLaw) throws(PlanningError) -> Question {
        try Question(
            planner: planner, law: law, supply: supply, budget: budget, constraints: constraints, terms: terms,
            tokenScale: tokenScale * (ownTokenScale(of: law) ?? 1))
    }

    /// Tokens of a law's tokenizer for each token of the supply, or `nil` where the bytes of either are not known.
    func ownTokenScale(of law: any ScalingLaw) -> Double? {
        guard let here = supply.bytesPerToken, let there = planner.lawBytesPerToken ?? law.card.setup.bytesPerToken
        else { return nil }
        return here / there
    }

    /// The plan that one law advises.
    func plan(under law: any ScalingLaw) throws(PlanningError) -> Plan {
        let question = try question(to: law)
        try law.checkSuitability()
        let basins = try question.basins()
        let best = try question.bounded(basins[0])
        var recommended = question.recommendation(best)
        var answer = try Answer(question, basins: basins)
        try answer.askSets()
        let intervals = try answer.intervals()
        recommended.lossInterval = intervals?.loss
        recommended.parametersInterval = intervals?.parameters
        recommended.epochsInterval = intervals?.epochs
        let card = question.card
        var plan = Plan(
            status: .optimal, objective: planner.objective.identifier, costUnit: planner.objective.unit,
            law: card.identifier,
            laws: [LawReference(law)],
            flopModel: planner.flopModel.name, supply: supply, budget: budget, constraints: constraints, terms: terms,
            recommended: recommended, otherBasins: basins.dropFirst().map(question.recommendation),
            byLaw: [
                LawPlan(
                    law: card.identifier, parameters: recommended.parameters, tokens: recommended.tokens,
                    epochs: recommended.epochs, loss: recommended.loss, cost: recommended.cost, crossExcess: [:],
                    otherBasins: basins.dropFirst().map(question.recommendation)
                ).with(intervals, of: answer.sets)
            ],
            frontier: question.frontier(around: best), shadowPrices: try question.shadowPrices(at: best),
            dataWall: question.dataWall(at: recommended), warnings: [])
        plan.intervalSource = plan.byLaw.first?.intervalSource
        plan.qualityCuts = try question.qualityCuts(around: best)
        plan.epochGain = planner.epochGain.flatMap { threshold in
            EpochGain(threshold: threshold) { question.best(atEpochs: $0)?.cost }
        }
        plan.tokenSensitivity = tokenSensitivity(under: question, around: best)
        let remarks = Remarks(question: question, best: best, plan: plan)
        plan.status = remarks.status
        plan.warnings = remarks.warnings
        return plan
    }

    /// Whether the tokens of a law may not be those of the supply, and nobody knows by how much.
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
}
