public import ScalingLaws

/// The mixture of sources that goes with a plan, and the run that goes with the mixture.
///
/// A plan takes its unique tokens for one pool. With sources, the mixture decides how often each is read, and so how many
/// fresh tokens D training tokens are worth. So N and D are sought again with the mixture inside: at each D the mixture is
/// solved, and N is the best beside it within the budget and the limits, for whatever the plan minimises.
///
/// A law is asked as ``MixtureForecast`` asks it.
public struct JointMixture: Sendable {
    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss under the law.
    public var loss: Double

    /// What the plan minimises, at this run, in the plan's unit; `nil` where the objective is not known.
    public var cost: Double?

    /// The mixture at D.
    public var allocation: MixtureAllocation

    /// Whether N and D were sought again with the mixture inside.
    public var isJoint: Bool

    /// Mixes the sources of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan; its supply's sources must be known.
    ///   - planner: What made the plan: its objective, its count of FLOPs and its features are asked again.
    ///   - law: The law that the plan follows.
    ///   - curve: What repeats are worth, where the law has no curve of its own.
    ///   - method: How weights are chosen.
    ///   - pull: How strongly weights are drawn towards natural shares.
    /// - Throws: ``PlanningError``: caps that do not allow the plan's tokens, or a law without a value.
    public init(
        _ plan: Plan, by planner: Planner, law: any ScalingLaw, curve: CompiledCurve, method: any MixtureMethod,
        pull: NaturalPull = .standard
    ) throws(PlanningError) {
        let search = try JointSearch(plan, planner: planner, law: law, curve: curve, method: method, pull: pull)
        if let found = try search.found() { self = found } else { self = try search.atThePlansOwn() }
    }

    init(
        parameters: Double, tokens: Double, loss: Double, cost: Double?, allocation: MixtureAllocation, isJoint: Bool
    ) {
        self.parameters = parameters
        self.tokens = tokens
        self.loss = loss
        self.cost = cost
        self.allocation = allocation
        self.isJoint = isJoint
    }
}
