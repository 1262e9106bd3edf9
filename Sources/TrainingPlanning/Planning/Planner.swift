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
    /// The laws of the loss: one to follow, or several to weigh against each other.
    public var laws: [any ScalingLaw]

    /// What is minimised.
    public var objective: any PlanningObjective

    /// How training compute is counted.
    public var flopModel: FLOPModel

    /// Values for the further quantities that the law reads.
    public var features: [String: Double]

    /// Bytes of text per token of the laws' tokenizer, where their cards do not say; `nil` where it is not known.
    public var lawBytesPerToken: Double?

    /// The models to build, of which plans propose one of the recommended size, or `nil` for no proposal.
    public var family: ModelFamily?

    /// Rules for hyperparameters: of batch size and learning rate for the model that a plan proposes, of weight decay for
    /// a run that repeats its data.
    public var hyperparameterLaws: [any HyperparameterLaw] = []

    /// What a further epoch must save to pay, in the objective's unit; `nil` asks for no such point.
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
    ///   - objective: What is minimised.
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
    /// One law of each family speaks for it, through draws of its coefficients, with a weight from its evidence and from
    /// how far the question is from what it was fitted on. The run with the least expected excess over all draws is
    /// recommended. Losses of different laws are never compared.
    ///
    /// - Parameters:
    ///   - laws: The laws.
    ///   - objective: What is minimised.
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
        let question = try question(supply, budget, constraints, terms)
        let plan = supply.derived == nil ? try question.plan() : try question.derivingPlan()
        return advisingRecipe(for: try proposingModel(for: try mixingSources(of: plan.readingEachTokenOnce())))
    }

    /// The run alone that ``plan(_:within:constraints:terms:)`` recommends: some milliseconds, for sweeps and checks.
    ///
    /// Its cost under several laws is the mean of ln cost over all draws and no excess, since no draw's own best is
    /// sought; it has no intervals.
    ///
    /// - Parameters:
    ///   - supply: The data there are.
    ///   - budget: The training compute that may be spent at most.
    ///   - constraints: Limits to keep.
    ///   - terms: What else the objective reads.
    /// - Returns: The run.
    /// - Throws: As ``plan(_:within:constraints:terms:)``.
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
        // Searches for a target follow slopes, which know no mixture; of one that cannot be, the plan says why.
        if let mixing, constraints.targetLoss == nil { question.worths = try? MixedPool.Worths(supply, mixing) }
        return question
    }
}
