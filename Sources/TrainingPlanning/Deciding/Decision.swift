package import Quantities
import ScalingLaws

/// How the run of a plan was chosen from the advice of families of laws, and how far they disagree.
public struct Decision: Sendable, Hashable {
    /// The rule.
    public var rule: DecisionRule

    /// The weighted mean, over all draws, of the run's excess: ln of its cost minus ln of the lowest.
    public var expectedExcess: Double

    /// The mean over the worst tenth of the draws.
    public var tailExcess: Double

    /// The excess under the worst draw.
    public var worstExcess: Double

    /// The family under which the expected excess is largest.
    public var worstFamily: String

    /// The weighted factor by which the families' own best sizes differ.
    ///
    /// It is e to the power of twice the weighted standard deviation of their logarithms: the ratio of two families of equal
    /// weight, and less than the largest over the smallest where one of them has little weight.
    public var sizeDisagreement: Double

    /// The same of their own best numbers of epochs.
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

extension Quantity {
    /// The percentage by which a quantity is above another: e^x − 1 for a difference x of their logarithms.
    package static func percentAbove(_ difference: Double) -> String { percent(Elementary.expMinusOne(difference)) }

    /// The percentage by which a quantity is below another: 1 − e^−x for a difference x of their logarithms.
    ///
    /// It is not that of ``percentAbove(_:)``: a loss 100 % above another is one that the other is 50 % below.
    package static func percentBelow(_ difference: Double) -> String { percent(-Elementary.expMinusOne(-difference)) }
}
