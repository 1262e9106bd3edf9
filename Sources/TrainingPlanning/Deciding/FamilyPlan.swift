/// The advice of one family of laws, its weight, and its figures for the run recommended.
///
/// Laws that share their data and form are a family with one vote: that of the law with the best evidence.
public struct FamilyPlan: Sendable, Hashable {
    /// The family.
    public var family: String

    /// The law that represents it.
    public var law: String

    /// Its share of the decision, from 0 to 1.
    public var weight: Double

    /// How far the question is outside the range that the law was fitted on.
    public var distance: FamilyDistance

    /// The measured error of the law's differences between runs of one budget, in ln L, for the epochs in question;
    /// `nil` if nobody measured it.
    public var contrastError: Double?

    /// The number of draws of its coefficients that take part; 1 means only the central set.
    public var draws: Int

    /// N of the family's own best run.
    ///
    /// If the family cannot reach the target, N of its run of lowest loss at the compute of the run recommended.
    public var parameters: Double

    /// D of it.
    public var tokens: Double

    /// Its passes over the unique tokens.
    public var epochs: Double

    /// Its loss.
    public var ownLoss: Double?

    /// The cost of the run, in the objective's unit.
    public var cost: Double

    /// Further local optima, the best first.
    public var otherBasins: [Recommendation] = []

    /// The loss of the run recommended under the family, on its own corpus and tokenizer.
    public var loss: Double?

    /// The interval for the loss that the run will measure, or `nil` where ``noInterval`` gives the reason.
    public var lossInterval: ClosedRange<Double>?

    /// The interval of the best N over the draws.
    public var parametersInterval: ClosedRange<Double>?

    /// The range of the best D.
    public var tokensInterval: ClosedRange<Double>?

    /// The range of the best number of epochs.
    public var epochsInterval: ClosedRange<Double>?

    /// The source of the intervals, or `nil` if there are none.
    public var intervalSource: IntervalSource?

    /// The reason why there are no intervals, or `nil` if there are.
    public var noInterval: String?

    /// The mean, over the draws, of the cost of the run recommended above that of each draw's own best run, in ln of
    /// the cost.
    public var excess = 0.0

    /// How far the run recommended is outside the range that the law was fitted on.
    public var extrapolation = Extrapolation()

    /// By how many nats per token the run recommended misses the target; `nil` if it does not.
    public var missedBy: Double?

    /// The lowest loss of any run within the limits, where the family cannot reach the target.
    public var lowestLoss: Double?

    /// The share of the draws under which the run recommended reaches the target; `nil` without a target.
    public var reachedShare: Double?

    /// The compute at which the data become the wall, or `nil` where the law has no such point.
    public var wallFLOPs: Double?

    /// Whether the family's weight is at least half of an equal share among `count` families.
    package func isDeciding(among count: Int) -> Bool { weight * Double(2 * count) >= 1 }
}

extension FamilyPlan {
    /// A plan before its fields are read from a file.
    package static let blank = FamilyPlan(
        family: "", law: "", weight: 0, distance: FamilyDistance(compute: nil, epochs: nil, uniqueTokens: nil),
        draws: 0,
        parameters: 0, tokens: 0, epochs: 0, cost: 0)
}
