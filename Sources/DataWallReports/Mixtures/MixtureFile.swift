/// What a mixture file says, read back.
///
/// Keys that a later minor version added are passed over; what a file does not say is `nil` or empty.
public struct MixtureFile: Sendable, Equatable {
    /// The version of the format this library reads.
    public static let version = 1

    /// The version of the program that made the mixture.
    public var datawallVersion: String?

    /// The digest of the audit that the supply was read from.
    public var auditDigest: String?

    /// The method that chose the weights.
    public var method: String

    /// D, the training tokens.
    public var tokens: Double

    /// The unique tokens of the supply.
    public var uniqueTokens: Double

    /// Whether the supply's tokens are estimates.
    public var isEstimated: Bool

    /// What happens to copies before training: `dedup` or `is`.
    public var treatment: String?

    /// The most training tokens that the caps allow.
    public var mostTokens: Double?

    /// The cap of sources without one of their own.
    public var defaultCap: Double?

    /// The curve of what repeats are worth.
    public var curve: Curve?

    /// What draws weights to natural shares.
    public var pull: Pull?

    /// The law that losses are those of.
    public var law: String?

    /// N.
    public var parameters: Double?

    /// Unique tokens weighted by quality, repeats discounted.
    public var effectiveTokens: Double?

    /// The same with every token worth 1.
    public var freshTokens: Double?

    /// The loss under the law.
    public var loss: Double?

    /// KL to natural shares in nats.
    public var divergence: Double?

    /// How far the mixture is from the optimum at most, in ln of effective tokens.
    public var gap: Double?

    /// Effective tokens with every cap lifted.
    public var effectiveTokensWithoutCaps: Double?

    /// Effective tokens of the same weights with copies removed.
    public var effectiveTokensWithoutCopies: Double?

    /// What each source gets.
    public var sources: [Share]

    /// Sources without unique tokens of their own, which get nothing.
    public var emptySources: [String]

    /// What every method answered.
    public var methods: [Method]

    /// What pilots said; `nil` without pilots.
    public var pilots: Pilots?

    /// What a reader should know.
    public var warnings: [PlanFile.Warning]

    /// Further remarks.
    public var notes: [String]

    /// A curve with its coefficients.
    public struct Curve: Sendable, Equatable {
        /// Its name.
        public var name: String

        /// Its coefficients.
        public var coefficients: [PlanFile.Constraint]
    }

    /// What draws weights to natural shares.
    public struct Pull: Sendable, Equatable {
        /// What it is weighed against: `loss`, `ln_effective_tokens`, or nothing where there is none.
        public var against: String?

        /// The multiple of the divergence.
        public var multiple: Double
    }

    /// What one source gets.
    public struct Share: Sendable, Equatable {
        /// The source.
        public var source: String

        /// Its unique tokens.
        public var uniqueTokens: Double?

        /// The relative worth of its tokens.
        public var quality: Double?

        /// Its share of the training tokens.
        public var weight: Double

        /// Its training tokens.
        public var tokens: Double?

        /// Passes over its unique tokens.
        public var epochs: Double?

        /// The most passes allowed.
        public var cap: Double?

        /// Whether it stands at its cap.
        public var isBinding: Bool

        /// Whether it is read more often than its cap allows.
        public var exceedsCap: Bool

        /// Whether it gets less than its floor.
        public var missesFloor: Bool

        /// What one more unique token would add, in effective tokens.
        public var uniqueTokenPrice: Double?

        /// The weight of its files as they lie, where copies stay in them.
        public var rawWeight: Double?

        /// Passes over its files as they lie, where copies stay in them.
        public var passesOverFiles: Double?
    }

    /// What a method answered.
    public struct Method: Sendable, Equatable {
        /// Its name.
        public var name: String

        /// Why it has no answer.
        public var error: String?

        /// Effective tokens of its weights.
        public var effectiveTokens: Double?

        /// The same with every token worth 1.
        public var freshTokens: Double?

        /// The loss under the law.
        public var loss: Double?

        /// The losses that the pilots foretell of its weights, by target.
        public var pilotLosses: [PlanFile.Constraint]

        /// KL to natural shares in nats.
        public var divergence: Double?

        /// What each source gets.
        public var sources: [Share]
    }

    /// What pilots said.
    public struct Pilots: Sendable, Equatable {
        /// What was fitted: `mixing-law` or `values`.
        public var fit: String

        /// How many runs there were.
        public var runs: Double?

        /// The targets.
        public var targets: [Target]
    }

    /// A target of pilots.
    public struct Target: Sendable, Equatable {
        /// Its name.
        public var name: String

        /// How much it matters.
        public var importance: Double?

        /// The rank correlation with runs that were held out.
        public var spearman: Double?

        /// That of a straight line.
        public var straightLineSpearman: Double?

        /// The error with runs that were held out.
        public var error: Double?

        /// The error of the fit.
        public var fittedError: Double?
    }
}
