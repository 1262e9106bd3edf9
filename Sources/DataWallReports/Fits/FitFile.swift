/// What a fit file says, read back: the JSON that `datawall fit --json` prints.
///
/// Keys that a later minor version added are passed over; what a file does not say is `nil` or empty.
public struct FitFile: Sendable, Equatable {
    /// The version of the format this library reads.
    public static let version = 1

    /// The command line that makes the file again, less where it is written.
    public var madeBy: String?

    /// The law that was fitted.
    public var law: String

    /// Its formula, as text.
    public var formula: String?

    /// Where the runs come from, such as a file with its digest.
    public var source: String?

    /// Where the law's form comes from.
    public var formSource: String?

    /// How many runs were fitted.
    public var runs: Int

    /// The unit of the losses.
    public var lossUnit: String?

    /// What was minimised.
    public var objective: String?

    /// Whether the search came to rest.
    public var isConverged: Bool

    /// R² of the losses.
    public var determination: Double?

    /// The median of the relative errors.
    public var medianRelativeError: Double?

    /// How much runs of equal settings scatter: the least error that any law can leave.
    public var repeatability: Double?

    /// The probability of the intervals.
    public var intervalLevel: Double?

    /// How many resamples the intervals rest on.
    public var resamples: Int?

    /// The coefficients, in the law's order.
    public var coefficients: [Coefficient]

    /// The spans of the runs, by quantity.
    public var range: [Span]

    /// The runs with what the law says of them.
    public var residuals: [Residual]

    /// What was held out, in words.
    public var holdOut: String?

    /// How the law did on what was held out.
    public var scores: [Score]

    /// Several laws on the same runs, the best first.
    public var comparison: [Entry]

    /// Estimates of the best size over compute.
    public var allocation: [Allocation]

    /// What a user must know.
    public var warnings: [String]

    /// A coefficient.
    public struct Coefficient: Sendable, Equatable {
        /// Its name.
        public var name: String

        /// Its value.
        public var value: Double?

        /// Whether it was fitted, rather than held.
        public var isFitted: Bool

        /// Its bootstrap interval.
        public var interval: ClosedRange<Double>?

        /// Its profile interval.
        public var profileInterval: ClosedRange<Double>?

        /// Its standard error.
        public var standardError: Double?

        /// How far the runs determine it, in words.
        public var identifiability: String?
    }

    /// What the runs span in a quantity.
    public struct Span: Sendable, Equatable {
        /// The quantity, in `snake_case`.
        public var quantity: String

        /// The span.
        public var range: ClosedRange<Double>
    }

    /// A run beside its prediction.
    public struct Residual: Sendable, Equatable {
        /// The row of the run table, counted from 1.
        public var row: Int

        /// N.
        public var parameters: Double

        /// D.
        public var tokens: Double

        /// Passes over the unique tokens.
        public var epochs: Double

        /// The loss measured.
        public var loss: Double

        /// The loss predicted.
        public var predicted: Double

        /// The logarithm of the loss predicted over that measured.
        public var logResidual: Double
    }

    /// How the law did on runs it was not fitted to.
    public struct Score: Sendable, Equatable {
        /// What was held out.
        public var name: String

        /// Runs it was fitted on.
        public var fittedOn: Int

        /// Runs it was tested on.
        public var testedOn: Int

        /// The mean relative error.
        public var meanError: Double?

        /// The largest relative error.
        public var worstError: Double?

        /// The mean error with its sign.
        public var bias: Double?
    }

    /// One of several laws.
    public struct Entry: Sendable, Equatable {
        /// The law.
        public var law: String

        /// R² of the losses.
        public var determination: Double?

        /// The median of the relative errors.
        public var medianRelativeError: Double?

        /// Akaike's criterion, corrected for few runs.
        public var aicc: Double?

        /// The error on what was held out.
        public var holdOutError: Double?

        /// Why it could not be fitted, where it could not.
        public var note: String?
    }

    /// The best size over compute by one approach.
    public struct Allocation: Sendable, Equatable {
        /// The approach.
        public var approach: String

        /// The factor k of N = k·C^a.
        public var coefficient: Double

        /// The exponent a of N = k·C^a.
        public var exponent: Double

        /// The points that it rests on, as compute and N.
        public var points: [Point]

        /// A best size at a compute.
        public struct Point: Sendable, Equatable {
            /// Training compute in FLOPs.
            public var flops: Double

            /// N.
            public var parameters: Double
        }
    }
}
