import Quantities

/// Which runs a fit is not shown, so that they can judge it.
public enum HoldOut: Sendable, Hashable {
    /// The runs that an expression selects, such as `params>1e9`.
    case selected(RunExpression)

    /// The runs of most compute: this share of all.
    case largestCompute(share: Double)

    /// Random runs: this share of all, in each of this number of rounds.
    case random(share: Double, rounds: Int, seed: UInt64)

    /// Each group in turn.
    case eachGroup

    /// The choice in words.
    public var summary: String {
        switch self {
        case .selected(let expression): expression.description
        case .largestCompute(let share): "largest \(Quantity.short(share * 100)) % of compute"
        case .random(let share, let rounds, _): "random \(Quantity.short(share * 100)) %, \(rounds) rounds"
        case .eachGroup: "each group in turn"
        }
    }
}
