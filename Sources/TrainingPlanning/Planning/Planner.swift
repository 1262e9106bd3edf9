public import ScalingLaws

/// Plans training runs: how many parameters, how many tokens and how often the same ones, for what is to be minimised.
///
/// ```swift
/// let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
/// let plan = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
/// print(plan.recommended.parameters, plan.recommended.epochs)
/// ```
///
/// A planner is a value and planning a pure function: the same question has the same answer, from any thread. Compute
/// is an upper bound. Every basin of the cost is found over all sizes and tokens, and polished until rounding ends it.
public struct Planner: Sendable {
    /// The law of the loss.
    public var law: any ScalingLaw

    /// What is minimised.
    public var objective: any PlanningObjective

    /// How training compute is counted.
    public var flopModel: FLOPModel

    /// Values for the further quantities that the law reads.
    public var features: [String: Double]

    /// Creates a planner.
    ///
    /// - Parameters:
    ///   - law: The law of the loss.
    ///   - objective: What is minimised.
    ///   - flopModel: How training compute is counted.
    ///   - features: Values for the further quantities that the law reads.
    public init(
        law: any ScalingLaw, objective: any PlanningObjective, flopModel: FLOPModel = .sixND,
        features: [String: Double] = [:]
    ) {
        self.law = law
        self.objective = objective
        self.flopModel = flopModel
        self.features = features
    }

    /// The best run for a supply of data.
    ///
    /// - Parameters:
    ///   - supply: The data there are.
    ///   - budget: The training compute that may be spent at most; `nil` where the objective or the limits bound it.
    ///   - constraints: Limits to keep.
    ///   - terms: What else the objective reads, such as the tokens to be served.
    /// - Returns: The plan.
    /// - Throws: A ``PlanningError``: an unusable quantity, something missing, or no plan that keeps every limit.
    public func plan(
        _ supply: DataSupply, within budget: ComputeBudget? = nil,
        constraints: PlanConstraints = PlanConstraints(), terms: PlanTerms = PlanTerms()
    ) throws(PlanningError) -> Plan {
        let question = try Question(
            planner: self, supply: supply, budget: budget, constraints: constraints, terms: terms)
        let basins = try question.basins()
        let best = try question.bounded(basins[0])
        let recommended = question.recommendation(best)
        let card = law.card
        var plan = Plan(
            status: .optimal, objective: objective.identifier, costUnit: objective.unit, law: card.identifier,
            laws: [LawReference(name: card.identifier, provenance: card.provenance.kind)],
            flopModel: flopModel.name, supply: supply, budget: budget, constraints: constraints, terms: terms,
            recommended: recommended, otherBasins: basins.dropFirst().map(question.recommendation),
            byLaw: [
                LawPlan(
                    law: card.identifier, parameters: recommended.parameters, tokens: recommended.tokens,
                    epochs: recommended.epochs, crossExcess: [:])
            ],
            frontier: try question.frontier(around: best), shadowPrices: try question.shadowPrices(at: best),
            warnings: [])
        let remarks = Remarks(question: question, best: best, plan: plan)
        plan.status = remarks.status
        plan.warnings = remarks.warnings
        return plan
    }
}
