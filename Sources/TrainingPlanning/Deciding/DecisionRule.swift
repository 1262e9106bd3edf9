import ScalingLaws

/// How one run is chosen under many draws of several laws, which do not agree.
///
/// A rule sees the excess of a run under each draw, ln L − min ln L over the runs allowed: losses themselves do not
/// compare between laws.
public enum DecisionRule: String, Sendable, Hashable, CaseIterable {
    /// The least mean excess, which plans follow.
    ///
    /// It had the least regret on public runs that it was not chosen on, and changes least with the question
    /// (`Benchmarks/RESULTS.md`).
    case expected

    /// The least mean of the worst tenth.
    case tail

    /// The least excess under the worst draw.
    case worst

    /// The fall of the expected excess that e times the training compute must bring to be spent.
    ///
    /// Twice the compute for less than 0.07 % of the loss is left unspent.
    ///
    /// Where unique data run out, the surface is flat over several times the compute. Without a price of compute, the
    /// best size would then change by more than a factor of 2 from one budget to the next.
    static let thrift = 1e-3

    /// The share of the draws that the tail is.
    static let tailShare = 0.1

    /// The value of a run under the rule; smaller is better.
    ///
    /// - Parameters:
    ///   - excesses: The run's excess under each draw.
    ///   - weights: The draws' weights, which add up to 1.
    /// - Returns: The value, in the unit of the excess.
    /// - Precondition: There are as many weights as excesses.
    /// - Complexity: O(*n* log *n*) in the draws.
    public func value(of excesses: [Double], weights: [Double]) -> Double {
        precondition(excesses.count == weights.count, "a weight for each draw")
        switch self {
        case .expected: return zip(excesses, weights).reduce(0) { $0 + $1.0 * $1.1 }
        case .worst: return zip(excesses, weights).filter { $0.1 > 0 }.map(\.0).max() ?? 0
        case .tail:
            var (sum, rest) = (0.0, Self.tailShare)
            for index in excesses.indices.sorted(by: { excesses[$0] > excesses[$1] }) where rest > 0 {
                let share = Swift.min(weights[index], rest)
                sum += share * excesses[index]
                rest -= share
            }
            return sum / (Self.tailShare - Swift.max(rest, 0))
        }
    }
}
