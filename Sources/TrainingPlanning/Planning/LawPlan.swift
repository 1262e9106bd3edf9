/// What one law advises, and what that advice costs under the others.
public struct LawPlan: Sendable, Hashable {
    /// The law.
    public var law: String

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// Passes over the unique tokens.
    public var epochs: Double

    /// The law's loss at its own plan, on its own corpus.
    public var loss: Double?

    /// The cost of the law's own plan, in the objective's unit.
    public var cost: Double

    /// For each other law, its excess cost at this law's plan over its own best, in the objective's unit; at a target
    /// loss those laws alone that reach it there.
    public var crossExcess: [String: Double]

    /// At a target loss, for each other law that misses it at this law's plan, by how many nats per token.
    public var crossMisses: [String: Double] = [:]

    /// Further local optima, the best first.
    public var otherBasins: [Recommendation] = []

    /// What the run recommended costs above the law's own plan, in the objective's unit.
    public var excess: Double = 0

    /// By how many nats per token the run recommended misses the target under this law; `nil` where it does not.
    public var missedBy: Double?

    /// The share of the law's sets of coefficients under which the run recommended reaches the target; `nil` without a
    /// target or without sets.
    public var reachedShare: Double?

    /// Where the loss of the law's own plan lies, or `nil` where ``noInterval`` says why.
    public var lossInterval: ClosedRange<Double>?

    /// Where the law's best N lies.
    public var parametersInterval: ClosedRange<Double>?

    /// Where the law's best D lies.
    public var tokensInterval: ClosedRange<Double>?

    /// Where the law's best number of epochs lies.
    public var epochsInterval: ClosedRange<Double>?

    /// What the intervals are taken over, or `nil` without any.
    public var intervalSource: IntervalSource?

    /// How many sets of coefficients were asked for the intervals.
    public var intervalMembers = 0

    /// Why there are no intervals, or `nil` where there are.
    public var noInterval: String?

    /// What 1 % more unique tokens and compute would save at the law's own plan, or `nil` where it is not known.
    public var shadowPrices: ShadowPrices?

    /// The compute at which the data become the wall under the law, or `nil` where it has no such point.
    public var wallFLOPs: Double?
}

extension LawPlan {
    /// The same advice with its intervals.
    func with(_ intervals: Intervals?, of sets: Result<CoefficientSets, CoefficientSets.Absence>) -> LawPlan {
        var plan = self
        if let intervals {
            plan.lossInterval = intervals.loss
            plan.parametersInterval = intervals.parameters
            plan.tokensInterval = intervals.tokens
            plan.epochsInterval = intervals.epochs
            plan.intervalMembers = intervals.members
            plan.intervalSource = (try? sets.get().source) ?? .uniqueFactor
        } else if case .failure(let absence) = sets {
            plan.noInterval = absence.reason
        } else {
            plan.noInterval = "too few of the law's sets of coefficients have a plan within these limits"
        }
        return plan
    }
}
