public import LawFitting
import Quantities
public import ScalingLaws

/// Everything that was found out about a fit, to be written as text, JSON or tables.
public struct FitReport: Sendable {
    /// The fit.
    public var fit: LawFit

    /// The probability of the intervals.
    public var level: Double

    /// The command line that makes the report again, or `nil` where no command made it.
    public var madeBy: String?

    /// The files that the fit was made from.
    public var inputs: [FitFile.Input] = []

    /// The fits of resamples, where asked for.
    public var ensemble: FitEnsemble?

    /// Whether a backtest was asked for.
    public var isBacktested = true

    /// Fits to the cheap runs tested on the dearer ones, where there were enough.
    public var backtest: Backtest?

    /// What forecasts err by beyond the resamples, where it could be measured.
    public var forecastError: ForecastError?

    /// What the fit forecasts for ten times the compute of its runs.
    public var forecast: FitForecast?

    /// The strengths of the prior that were tried, where one was chosen.
    public var strengths: [PriorStrengthScore] = []

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

    /// A run in flight and its forecast, where asked for.
    public var watch: RunWatch?

    /// Creates a report of nothing but a fit.
    ///
    /// - Parameters:
    ///   - fit: The fit.
    ///   - level: The probability of the intervals.
    public init(_ fit: LawFit, level: Double = 0.9) {
        self.fit = fit
        self.level = level
    }

    /// How well the runs determine a coefficient: its profile's verdict, and where resamples were fitted, theirs too.
    public func identifiability(of profile: CoefficientProfile) -> Identifiability {
        guard let ensemble else {
            // One kind of interval alone identifies nothing.
            return profile.verdict == .identified ? .weak : profile.verdict
        }
        let verdict = ensemble.identifiability(profile, level: level)
        let unit = fit.law.card.coefficients.first { $0.name == profile.name }?.unit ?? ""
        // On one ray of tokens per parameter the weights of size and data are one.
        return fit.singleRay != nil && (unit.contains("N^") || unit.contains("D^")) ? .none : verdict
    }

    /// What a user must know, one sentence each.
    public var warnings: [String] {
        var warnings = fit.runs.notes + fit.runs.varyingColumns + fit.warnings
        if let backtest { warnings += backtest.notes.map { "A backtest failed: \($0)" } }
        for profile in profiles where profile.verdict == .none && !profile.points.isEmpty {
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
