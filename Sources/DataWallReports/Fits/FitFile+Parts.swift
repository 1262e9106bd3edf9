public import LawFitting
public import OrderedJSON
import ScalingLaws

extension FitFile {
    /// A file that a fit was made from.
    public struct Input: JSONRecord, Sendable, Equatable {
        /// Its path as it was given; `-` for standard input.
        public var path: String

        /// The SHA-256 of its content, in hexadecimal.
        public var sha256: String

        /// Creates an input.
        public init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }

        package static let blank = Input(path: "", sha256: "")

        package static let fields: [JSONField<Input>] = [
            .init("path", \.path, "Its path as it was given; - for standard input.", .notEmpty),
            .init("sha256", \.sha256, "The SHA-256 of its content, in hexadecimal.", .notEmpty),
        ]
    }

    /// The two ends of an interval; an open one is infinite here and `null` in a file.
    public struct Ends: JSONRepresentable, Sendable, Equatable {
        /// The interval.
        public var range: ClosedRange<Double>

        init(_ range: ClosedRange<Double>) { self.range = range }

        /// The ends of an interval, or `nil` if there is none.
        init?(_ interval: Interval?) {
            guard let interval, interval.lower <= interval.upper else { return nil }
            range = interval.lower...interval.upper
        }

        package init(at place: JSONPlace) throws(JSONPathError) {
            let ends = try [Double?](at: place)
            guard ends.count == 2 else { throw place.failure("must be two numbers, the smaller first") }
            let (low, high) = (ends[0] ?? -.infinity, ends[1] ?? .infinity)
            guard low <= high else { throw place.failure("has its first number \(low) above its second \(high)") }
            range = low...high
        }

        package var json: JSONValue { [range.lowerBound, range.upperBound].json }
        package static var schema: [JSONMember] { Interval.schema }
    }

    /// A coefficient.
    public struct Coefficient: JSONRecord, Sendable, Equatable {
        /// Its value.
        public var value: Double?

        /// Whether it was fitted, rather than held.
        public var isFitted = true

        /// Its standard error.
        public var standardError: Double?

        /// Its bootstrap interval, corrected for bias.
        public var interval: Ends?

        /// The interval of the quantiles of the resamples.
        public var percentileInterval: Ends?

        /// Its profile interval.
        public var profileInterval: Ends?

        /// How far the runs determine it.
        public var identifiability: Identifiability?

        /// The bound that it reached.
        public var bound: BoundaryContact.Side?

        package static let blank = Coefficient()

        private static let isFree: @Sendable (Coefficient) -> Bool = { $0.isFitted }

        package static let fields: [JSONField<Coefficient>] = [
            .init("value", \.value, "Its value."),
            .init("fitted", \.isFitted, "Whether it was fitted, rather than held."),
            .init("standard_error", \.standardError, "Its standard error.", writtenWhere: isFree),
            .init(
                "interval", \.interval, "Its bootstrap interval, corrected for bias; an open end is null.",
                writtenWhere: isFree),
            .init(
                "percentile_interval", \.percentileInterval, "The interval of the quantiles of the resamples.",
                writtenWhere: isFree),
            .init("profile_interval", \.profileInterval, "Its profile interval.", presence: .writtenIfSet),
            .init("identifiability", \.identifiability, "How far the runs determine it.", presence: .writtenIfSet),
            .init("at_bound", \.bound, "The bound that it reached.", writtenWhere: isFree),
        ]
    }

    /// A run next to its prediction.
    public struct Residual: JSONRecord, Sendable, Equatable {
        /// The row of the run table, counted from 1.
        public var row = 0

        /// N.
        public var parameters = 0.0

        /// D.
        public var tokens = 0.0

        /// U.
        public var uniqueTokens = 0.0

        /// Passes over the unique tokens.
        public var epochs = 0.0

        /// The loss measured.
        public var loss = 0.0

        /// The loss predicted.
        public var predicted = 0.0

        /// The logarithm of the loss predicted over that measured.
        public var logResidual = 0.0

        package static let blank = Residual()

        package static let fields: [JSONField<Residual>] = [
            .init("row", \.row, "The row of the run table, counted from 1.", .notNegative),
            .init("parameters", \.parameters, "N.", .positive),
            .init("tokens", \.tokens, "D.", .positive),
            .init("unique_tokens", \.uniqueTokens, "U.", .positive),
            .init("epochs", \.epochs, "D/U.", .positive),
            .init("loss", \.loss, "The loss measured.", .positive),
            .init("predicted", \.predicted, "The loss predicted.", .positive),
            .init("log_residual", \.logResidual, "The logarithm of the loss predicted over that measured."),
        ]
    }

    /// The resamples that intervals rest on.
    public struct Bootstrap: JSONRecord, Sendable, Equatable {
        /// How many there are.
        public var samples = 0

        /// How many fits of resamples failed.
        public var failures = 0

        /// The unit that a resample draws.
        public var unit = ResampleUnit.runs

        /// The seed.
        public var seed = 0

        package static let blank = Bootstrap()

        package static let fields: [JSONField<Bootstrap>] = [
            .init("samples", \.samples, "How many there are.", .notNegative),
            .init("failures", \.failures, "How many fits of resamples failed.", .notNegative),
            .init("unit", \.unit, "What a resample draws."),
            .init("seed", \.seed, "The seed."),
        ]
    }

    /// How the law did on runs it was not fitted to.
    public struct HoldOut: JSONRecord, Sendable, Equatable {
        /// The held-out runs, in words.
        public var choice = ""

        /// The errors there.
        public var scores: [HoldOutScore] = []

        package static let blank = HoldOut()

        package static let fields: [JSONField<HoldOut>] = [
            .init("choice", \.choice, "What was held out."),
            .init("scores", \.scores, "The errors on each set held out."),
        ]
    }

    /// One of several laws.
    public struct Entry: JSONRecord, Sendable, Equatable {
        /// The law.
        public var law = ""

        /// How many coefficients were fitted.
        public var coefficients: Int?

        /// The least value of the objective.
        public var objectiveValue: Double?

        /// R² of the losses.
        public var determination: Double?

        /// The median of the relative errors.
        public var medianRelativeError: Double?

        /// The error to expect a decade of compute beyond the runs.
        public var expectedError: Double?

        /// The error of forecasts of more expensive runs.
        public var backtestError: Double?

        /// Akaike's criterion, corrected for few runs.
        public var aicc: Double?

        /// The error on held-out runs.
        public var holdOutError: Double?

        /// The reason why it could not be fitted, if so.
        public var note: String?

        package static let blank = Entry()

        package static let fields: [JSONField<Entry>] = [
            .init("law", \.law, "The law.", .notEmpty),
            .init("coefficients", \.coefficients, "How many coefficients were fitted."),
            .init("objective_value", \.objectiveValue, "The least value of what was minimised."),
            .init("r_squared", \.determination, "R² of the losses."),
            .init("median_relative_error", \.medianRelativeError, "The median of the relative errors."),
            .init("expected_error", \.expectedError, "The error to expect a decade of compute beyond the runs."),
            .init("backtest_error", \.backtestError, "The error of forecasts of dearer runs."),
            .init("aicc", \.aicc, "Akaike's criterion, corrected for few runs."),
            .init("hold_out_error", \.holdOutError, "The error on what was held out."),
            .init("note", \.note, "Why it could not be fitted, where it could not."),
        ]
    }

    /// The best size over compute by several approaches.
    public struct Allocation: JSONRecord, Sendable, Equatable {
        /// The estimates.
        public var estimates: [AllocationEstimate] = []

        /// Failures of single approaches, one sentence each.
        public var notes: [String] = []

        package static let blank = Allocation()

        package static let fields: [JSONField<Allocation>] = [
            .init("estimates", \.estimates, "The estimates."),
            .init("notes", \.notes, "What failed."),
        ]
    }

    /// Studies that are written but not read back.
    struct Studies: Sendable, Equatable {
        var forecast: FitForecast?
        var backtest: Backtest?
        var prior: Prior?
        var worstRows: [Int] = []
        var optima: [Optimum] = []
        var sensitivity: Sensitivity?
        var setups: SetupComparison?
        var regret: DecisionRegret?
        var watch: RunWatch?
        var trends: [ResidualTrend]?
    }

    /// The prior that a fit used.
    struct Prior: JSONWrittenRecord, Equatable {
        var dependence: Double
        var scatter: Double
        var fromPriorAlone: [String]
        var strengths: [PriorStrengthScore]

        static let fields: [JSONField<Prior>] = [
            .init(written: "dependence", \.dependence, "Runs that count as one independent error."),
            .init(written: "scatter", \.scatter, "The relative error of one."),
            .init(written: "from_prior_alone", \.fromPriorAlone, "Coefficients that the runs say nothing of."),
            .init(written: "strengths", \.strengths, "The strengths that were tried."),
        ]
    }

    /// The end of a search.
    struct Optimum: JSONWrittenRecord, Equatable {
        var objective: Double
        var starts: Int
        var coefficients: JSONDictionary<Double>

        static let fields: [JSONField<Optimum>] = [
            .init(written: "objective", \.objective, "The value of what was minimised."),
            .init(written: "starts", \.starts, "Searches that ended there."),
            .init(written: "coefficients", \.coefficients, "The coefficients there."),
        ]
    }
}
