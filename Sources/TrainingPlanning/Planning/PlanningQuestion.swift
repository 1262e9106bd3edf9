import ScalingLaws

/// Everything that was asked, before it is put to a law.
struct PlanningQuestion: Sendable {
    let planner: Planner
    let supply: DataSupply
    let budget: ComputeBudget?
    let constraints: PlanConstraints
    let terms: PlanTerms

    /// The question put to one law.
    func question(to law: any ScalingLaw) throws(PlanningError) -> Question {
        try Question(
            planner: planner, law: law, supply: supply, budget: budget, constraints: constraints, terms: terms)
    }

    /// The plan that one law advises.
    func plan(under law: any ScalingLaw) throws(PlanningError) -> Plan {
        let question = try question(to: law)
        try law.checkSuitability()
        let basins = try question.basins()
        let best = try question.bounded(basins[0])
        var recommended = question.recommendation(best)
        let intervals = try question.intervals(at: best)
        recommended.lossInterval = intervals?.loss
        recommended.parametersInterval = intervals?.parameters
        recommended.epochsInterval = intervals?.epochs
        let card = question.card
        var plan = Plan(
            status: .optimal, objective: planner.objective.identifier, costUnit: planner.objective.unit,
            law: card.identifier,
            laws: [LawReference(name: card.identifier, provenance: card.provenance.kind)],
            flopModel: planner.flopModel.name, supply: supply, budget: budget, constraints: constraints, terms: terms,
            recommended: recommended, otherBasins: basins.dropFirst().map(question.recommendation),
            byLaw: [
                LawPlan(
                    law: card.identifier, parameters: recommended.parameters, tokens: recommended.tokens,
                    epochs: recommended.epochs, loss: recommended.loss, crossExcess: [:])
            ],
            frontier: try question.frontier(around: best), shadowPrices: try question.shadowPrices(at: best),
            warnings: [])
        let remarks = Remarks(question: question, best: best, plan: plan)
        plan.status = remarks.status
        plan.warnings = remarks.warnings
        return plan
    }
}
