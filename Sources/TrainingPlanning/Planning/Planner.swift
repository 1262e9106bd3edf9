public import ScalingLaws

/// Plans training runs: the number of parameters, of tokens and of epochs that minimise an objective.
///
/// ```swift
/// let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
/// let plan = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
/// print(plan.recommended.parameters, plan.recommended.epochs)
/// ```
///
/// A planner is a value and planning a pure function: the same question has the same answer, from any thread. Compute
/// is an upper bound. The search covers all sizes and tokens, finds every basin of the cost, and polishes each to
/// rounding.
public struct Planner: Sendable {
    /// The laws of the loss: one to follow, or several to weigh against each other.
    public var laws: [any ScalingLaw]

    /// The objective to minimise.
    public var objective: any PlanningObjective

    /// How training compute is counted.
    public var flopModel: FLOPModel

    /// Values for the further quantities that the law reads.
    public var features: [String: Double]

    /// Bytes of text per token of the laws' tokenizer, for laws whose cards do not state it; `nil` if unknown.
    public var lawBytesPerToken: Double?

    /// The model family that plans choose a model of the recommended size from, or `nil` for no proposal.
    public var family: ModelFamily?

    /// Rules for hyperparameters: of batch size and learning rate for the model that a plan proposes, of weight decay for
    /// a run that repeats its data.
    public var hyperparameterLaws: [any HyperparameterLaw] = []

    /// The least saving for which a further epoch pays, in the objective's unit; `nil` to leave this point out.
    public var epochGain: Double?

    /// The tokens for each parameter at which plans count the largest model that the data support.
    public var tokensPerParameter = DataWall.usualTokensPerParameter

    /// Published rules whose runs are shown with plans of least loss.
    public var allocationRules: [AllocationRule] = []

    /// How the tokens of plans are shared out among sources, or `nil` for no mixture.
    public var mixing: Mixing?

    /// Creates a planner that follows one law.
    ///
    /// - Parameters:
    ///   - law: The law of the loss.
    ///   - objective: The objective to minimise.
    ///   - flopModel: How training compute is counted.
    ///   - features: Values for the further quantities that the law reads.
    public init(
        law: any ScalingLaw, objective: any PlanningObjective, flopModel: FLOPModel = .sixND,
        features: [String: Double] = [:]
    ) {
        self.init(laws: [law], objective: objective, flopModel: flopModel, features: features)
    }

    /// Creates a planner that weighs laws against each other.
    ///
    /// One law represents each family, through draws of its coefficients. Its weight depends on its evidence and on the
    /// distance of the question from the range that it was fitted on. The run with the least expected excess over all
    /// draws is recommended. Losses of different laws are never compared.
    ///
    /// - Parameters:
    ///   - laws: The laws.
    ///   - objective: The objective to minimise.
    ///   - flopModel: How training compute is counted.
    ///   - features: Values for the further quantities that the laws read.
    public init(
        laws: [any ScalingLaw], objective: any PlanningObjective, flopModel: FLOPModel = .sixND,
        features: [String: Double] = [:]
    ) {
        self.laws = laws
        self.objective = objective
        self.flopModel = flopModel
        self.features = features
    }

    /// The best run for a supply of data.
    ///
    /// - Parameters:
    ///   - supply: The data available.
    ///   - budget: The training compute that may be spent at most; `nil` where the objective or the limits bound it.
    ///   - constraints: Limits to keep.
    ///   - terms: Further quantities that the objective reads, such as the tokens to be served.
    /// - Returns: The plan.
    /// - Throws: A ``PlanningError``: an unusable quantity, something missing, or no plan that keeps every limit.
    public func plan(
        _ supply: DataSupply, within budget: ComputeBudget? = nil,
        constraints: PlanConstraints = PlanConstraints(), terms: PlanTerms = PlanTerms()
    ) throws(PlanningError) -> Plan {
        let question = try question(supply, budget, constraints, terms)
        let plan = supply.derived == nil ? try question.plan() : try question.derivingPlan()
        return advisingRecipe(for: try proposingModel(for: try mixingSources(of: plan.readingEachTokenOnce())))
    }

    /// Only the run that ``plan(_:within:constraints:terms:)`` recommends, for sweeps and checks: takes some
    /// milliseconds.
    ///
    /// Under several laws its cost is the mean of ln cost over all draws, not an excess, since the best run of each
    /// draw is not sought. The run has no intervals.
    ///
    /// - Parameters:
    ///   - supply: The data available.
    ///   - budget: The training compute that may be spent at most.
    ///   - constraints: Limits to keep.
    ///   - terms: Further quantities that the objective reads.
    /// - Returns: The run.
    /// - Throws: The errors of ``plan(_:within:constraints:terms:)``.
    public func run(
        _ supply: DataSupply, within budget: ComputeBudget? = nil,
        constraints: PlanConstraints = PlanConstraints(), terms: PlanTerms = PlanTerms()
    ) throws(PlanningError) -> Recommendation {
        let question = try question(supply, budget, constraints, terms)
        guard supply.derived == nil else { return try question.derivingPlan().recommended }
        let run = try question.recommendedRun()
        return supply.isAmple ? run.readingEachTokenOnce() : run
    }

    private func question(
        _ supply: DataSupply, _ budget: ComputeBudget?, _ constraints: PlanConstraints, _ terms: PlanTerms
    ) throws(PlanningError) -> PlanningQuestion {
        if let lawBytesPerToken { try PlanningError.check(lawBytesPerToken, "the bytes per token of the law") }
        if let epochGain { try PlanningError.check(epochGain, "what a further epoch must save") }
        try PlanningError.check(tokensPerParameter, "the tokens per parameter")
        var question = PlanningQuestion(
            planner: self, supply: supply, budget: budget, constraints: constraints, terms: terms)
        // Searches for a target follow slopes, which ignore mixtures. If there is no mixture, the plan gives the
        // reason.
        if let mixing, constraints.targetLoss == nil { question.worths = try? MixedPool.Worths(supply, mixing) }
        return question
    }
}

extension Planner {
    /// The unit of the cost under some laws: that of their losses, if the objective weighs the loss.
    func costUnit(of laws: [any ScalingLaw]) -> String {
        objective.unit == LossUnit.natsPerToken.rawValue ? Plan.lossUnit(of: laws.map(\.card)) : objective.unit
    }
}
