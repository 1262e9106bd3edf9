/// What one family of laws advises, how much it counts, and what it says of the run recommended.
///
/// Laws that share their data and form are a family and have one vote: that of the law with the best evidence.
public struct FamilyPlan: Sendable, Hashable {
    /// The family.
    public var family: String

    /// The law that speaks for it.
    public var law: String

    /// Its share of the decision, from 0 to 1.
    public var weight: Double

    /// How far the question is outside what it was fitted on.
    public var distance: FamilyDistance

    /// The error of its differences between runs of one budget where it was measured, in ln L, for the epochs asked
    /// about; `nil` where nobody measured it.
    public var contrastError: Double?

    /// How many draws of its coefficients take part; 1 is the central set alone.
    public var draws: Int

    /// N of the family's own best run; where it cannot reach the target, of the one of lowest loss at the compute of
    /// the run recommended.
    public var parameters: Double

    /// D of it.
    public var tokens: Double

    /// Its passes over the unique tokens.
    public var epochs: Double

    /// Its loss.
    public var ownLoss: Double?

    /// What it costs, in the objective's unit.
    public var cost: Double

    /// Further local optima, the best first.
    public var otherBasins: [Recommendation] = []

    /// The loss of the run recommended under the family, on its own corpus and tokenizer.
    public var loss: Double?

    /// Where the loss that the run will measure is, or `nil` where ``noInterval`` says why.
    public var lossInterval: ClosedRange<Double>?

    /// Where the best N is over the draws.
    public var parametersInterval: ClosedRange<Double>?

    /// The range of the best D.
    public var tokensInterval: ClosedRange<Double>?

    /// The range of the best number of epochs.
    public var epochsInterval: ClosedRange<Double>?

    /// What the intervals are taken over, or `nil` without any.
    public var intervalSource: IntervalSource?

    /// Why there are no intervals, or `nil` where there are.
    public var noInterval: String?

    /// The mean over the draws of what the run recommended costs above their own best, as a share.
    public var excess = 0.0

    /// How far the run recommended is outside what the law was fitted on.
    public var extrapolation = Extrapolation()

    /// By how many nats per token the run recommended misses the target; `nil` where it does not.
    public var missedBy: Double?

    /// The lowest loss of any run within the limits, where the family cannot reach the target.
    public var lowestLoss: Double?

    /// The share of the draws under which the run recommended reaches the target; `nil` without a target.
    public var reachedShare: Double?

    /// The compute at which the data become the wall, or `nil` where the law has no such point.
    public var wallFLOPs: Double?

    /// Whether the family has at least half of an equal share of the decision among so many.
    package func isDeciding(among count: Int) -> Bool { weight * Double(2 * count) >= 1 }
}

extension FamilyPlan {
    /// A plan before its fields are read from a file.
    package static let blank = FamilyPlan(
        family: "", law: "", weight: 0, distance: FamilyDistance(compute: nil, epochs: nil, uniqueTokens: nil),
        draws: 0,
        parameters: 0, tokens: 0, epochs: 0, cost: 0)
}
