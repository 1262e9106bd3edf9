/// A promise that a model does not keep.
public struct ConformanceViolation: Sendable, Hashable, CustomStringConvertible {
    /// The promises that are checked.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// The card is complete and does not contradict itself or the formula.
        case card
        /// The model says where its numbers come from.
        case provenance
        /// The formula is the same every time it is asked for, and its text reads back as the same formula.
        case formula
        /// The value is finite over the model's range.
        case finite
        /// Slopes agree with differences of values.
        case slopes
        /// The loss falls, or stays, as the model grows, where nothing repeats.
        case fallsWithParameters
        /// The loss falls, or stays, as tokens are added that are all fresh.
        case fallsWithFreshData
        /// The loss falls, or stays, as some repeated tokens are replaced by fresh ones.
        case fallsWithUniqueData
        /// The card's treatment of repetition agrees with the formula.
        case repetition
        /// A curve is the number of passes up to one pass.
        case identityUpToOnePass
        /// A curve never falls.
        case neverFalls
        /// A curve is concave.
        case concave
    }

    /// The promise.
    public var rule: Rule

    /// The finding, with the point where it occurred.
    public var detail: String

    /// Creates a violation.
    public init(_ rule: Rule, _ detail: String) {
        self.rule = rule
        self.detail = detail
    }

    /// The promise and what was found.
    public var description: String { "\(rule.rawValue): \(detail)" }
}
