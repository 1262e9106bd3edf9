/// How the run of a plan was chosen from the advice of families of laws, and how far they disagree.
public struct Decision: Sendable, Hashable {
    /// The rule.
    public var rule: DecisionRule

    /// The mean of the run's excess over all draws, weighted: a share of the loss, 0.001 for 0.1 %.
    public var expectedExcess: Double

    /// The mean over the worst tenth of the draws.
    public var tailExcess: Double

    /// The excess under the worst draw.
    public var worstExcess: Double

    /// The family under which the expected excess is largest.
    public var worstFamily: String

    /// The largest of the families' own best sizes over the smallest.
    public var sizeDisagreement: Double

    /// The largest of the families' own best numbers of epochs over the smallest.
    public var epochDisagreement: Double

    /// How many draws were weighed.
    public var draws: Int
}

extension Decision {
    /// A decision before its fields are read from a file.
    package static let blank = Decision(
        rule: .expected, expectedExcess: 0, tailExcess: 0, worstExcess: 0, worstFamily: "", sizeDisagreement: 1,
        epochDisagreement: 1, draws: 0)
}
