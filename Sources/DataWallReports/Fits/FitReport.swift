public import LawFitting
import Quantities

/// Everything that was found out about a fit, to be written as text, JSON or tables.
public struct FitReport: Sendable {
    /// The fit.
    public var fit: LawFit

    /// The probability of the intervals.
    public var level: Double

    /// Where the runs come from, such as a file with its digest, or `nil`.
    public var source: String?

    /// The fits of resamples, where asked for.
    public var ensemble: FitEnsemble?

    /// The objective over each coefficient, where asked for.
    public var profiles: [CoefficientProfile] = []

    /// Tests of the errors for structure, where asked for.
    public var trends: [ResidualTrend] = []

    /// What was held out, and how the law did there.
    public var holdOut: (choice: HoldOut, scores: [HoldOutScore])?

    /// Several laws on the same runs, where asked for.
    public var comparison: LawComparison?

    /// What small changes of the runs do, where asked for.
    public var sensitivity: Sensitivity?

    /// The best size over compute by three approaches, where asked for.
    public var allocation: AllocationAnalysis?

    /// Two groups of runs compared, where asked for.
    public var setups: SetupComparison?

    /// What laws fitted to cheap runs would have chosen, where asked for.
    public var regret: DecisionRegret?

    /// A run in flight beside its forecast, where asked for.
    public var watch: RunWatch?

    /// Creates a report of a fit alone.
    ///
    /// - Parameters:
    ///   - fit: The fit.
    ///   - level: The probability of the intervals.
    public init(_ fit: LawFit, level: Double = 0.9) {
        self.fit = fit
        self.level = level
    }

    /// What a user must know, one sentence each.
    public var warnings: [String] {
        var warnings = fit.runs.notes + fit.warnings
        for profile in profiles where profile.verdict == .none {
            let (low, high) = (profile.interval.lower, profile.interval.upper)
            let range =
                high == .infinity
                ? (low > 0 ? "anything from \(FitText.number(low)) up" : "any value")
                : "anything up to \(FitText.number(high))"
            warnings.append(
                "\(profile.name) is not identified: \(range) fits these runs as well. Use the range, never the number.")
        }
        for trend in trends where trend.hasStructure {
            warnings.append(
                "The errors depend on \(trend.quantity) (probability \(Quantity.significant(trend.probability, digits: 2)) "
                    + "by chance): the law misses something there.")
        }
        return warnings
    }
}
