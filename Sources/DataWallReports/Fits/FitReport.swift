public import LawFitting
import Quantities
public import ScalingLaws

/// Everything that was found out about a fit, to be written as text, JSON or tables.
public struct FitReport: Sendable {
    /// The fit.
    public var fit: LawFit

    /// The probability of the intervals.
    public var level: Double

    /// The command line that makes the report again, or `nil` if no command made it.
    public var madeBy: String?

    /// The files that the fit was made from.
    public var inputs: [FitFile.Input] = []

    /// The fits of resamples, if requested.
    public var ensemble: FitEnsemble?

    /// Whether a backtest was requested.
    public var isBacktested = true

    /// Fits to the cheap runs tested on more expensive ones, if there were enough.
    public var backtest: Backtest?

    /// The error of forecasts beyond that of the resamples, if it could be measured.
    public var forecastError: ForecastError?

    /// The fit's forecast for ten times the compute of its runs.
    public var forecast: FitForecast?

    /// The strengths of the prior that were tried, if one was chosen.
    public var strengths: [PriorStrengthScore] = []

    /// The objective over each coefficient, if requested.
    public var profiles: [CoefficientProfile] = []

    /// Tests of the errors for structure, if requested.
    public var trends: [ResidualTrend] = []

    /// The held-out runs, and the law's errors there.
    public var holdOut: (choice: HoldOut, scores: [HoldOutScore])?

    /// Several laws on the same runs, if requested.
    public var comparison: LawComparison?

    /// The effect of small changes of the runs, if requested.
    public var sensitivity: Sensitivity?

    /// The best size over compute by three approaches, if requested.
    public var allocation: AllocationAnalysis?

    /// Two groups of runs compared, if requested.
    public var setups: SetupComparison?

    /// The choices of laws fitted to cheap runs, if requested.
    public var regret: DecisionRegret?

    /// A run in progress and its forecast, if requested.
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
            // A single kind of interval identifies nothing.
            return profile.verdict == .identified ? .weak : profile.verdict
        }
        let verdict = ensemble.identifiability(profile, level: level)
        let unit = fit.law.card.coefficients.first { $0.name == profile.name }?.unit ?? ""
        // If all runs are on one ray of tokens per parameter, the runs cannot distinguish the weights of size and data.
        return fit.singleRay != nil && (unit.contains("N^") || unit.contains("D^")) ? .none : verdict
    }

    /// Remarks for the user, one sentence each.
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
