public import DataMixing
public import OrderedJSON

extension MixtureFile {
    /// A curve with its coefficients.
    public struct Curve: JSONRecord, Sendable, Equatable {
        /// Its name.
        public var name = ""

        /// Its coefficients.
        public var coefficients = JSONDictionary<Double>()

        package static let blank = Curve()

        package static let fields: [JSONField<Curve>] = [
            .init("name", \.name, "The repetition curve's name."),
            .init("coefficients", \.coefficients, "Its coefficients.", presence: .readIfPresent),
        ]
    }

    /// The pull of weights towards natural shares.
    public struct Pull: JSONRecord, Sendable, Equatable {
        /// The multiple of the divergence, relative to the slope of the loss in ln D_eff; 0 without a pull.
        public var strength = 0.0

        /// The weight of a nat of divergence in nats of loss; `nil` without a law.
        public var nats: Double?

        /// The share of the quality effect that the pull removes; `nil` where qualities are equal or nothing draws.
        public var removedQualityEffect: Double?

        package static let blank = Pull()

        package static let fields: [JSONField<Pull>] = [
            .init(
                "strength", \.strength,
                "Weights maximise ln of effective tokens less this multiple of their KL to natural shares; 0 where "
                    + "nothing draws.", .notNegative),
            .init(
                "nats_of_loss", \.nats,
                "The weight of a nat of divergence in nats of loss (of the pilots where a mixing law is followed, else of "
                    + "the law): the strength times the slope in ln of effective tokens; null without a law.",
                presence: .readIfPresent),
            .init(
                "removed_quality_effect", \.removedQualityEffect,
                "The share of the effect of quality that the pull removes, in ln of effective tokens; null where "
                    + "qualities are equal or nothing draws.", presence: .readIfPresent),
        ]
    }

    /// A method's objective, and its value for the method's weights.
    public struct Objective: JSONRecord, Sendable, Equatable {
        /// The objective in words.
        public var name = ""

        /// Its value.
        public var value = 0.0

        /// `tokens` (more is better) or `nats` (less is better).
        public var unit = ""

        package static let blank = Objective()

        package static let fields: [JSONField<Objective>] = [
            .init("name", \.name, "What the method optimises, in words."),
            .init("value", \.value, "Its value for the method's weights."),
            .init("unit", \.unit, "The unit: tokens (more is better) or nats (less is better)."),
        ]
    }

    /// The allocation of one source.
    public struct Share: JSONRecord, Sendable, Equatable {
        /// The source.
        public var source = ""

        /// Its unique tokens.
        public var uniqueTokens: Double?

        /// The relative worth of its tokens.
        public var quality: Double?

        /// Its share of the training tokens.
        public var weight = 0.0

        /// Its training tokens.
        public var tokens: Double?

        /// Passes over its unique tokens.
        public var epochs: Double?

        /// The most passes allowed.
        public var cap: Double?

        /// The least share of the training tokens.
        public var floor: Double?

        /// Whether it is at its cap.
        public var isBinding = false

        /// Whether it is read more often than its cap allows.
        public var exceedsCap = false

        /// Whether it gets less than its floor.
        public var missesFloor = false

        /// Its part of the effective tokens.
        public var effectiveTokens: Double?

        /// The effective tokens that one more unique token would add.
        public var uniqueTokenPrice: Double?

        /// The effective tokens that one more pass would add, if the cap binds.
        public var capPrice: Double?

        /// The weight of its files with their copies, if copies stay.
        public var rawWeight: Double?

        /// Passes over its files with their copies, if copies stay.
        public var passesOverFiles: Double?

        package static let blank = Share()

        package static let fields: [JSONField<Share>] = [
            .init("source", \.source, "The source."),
            .init("unique_tokens", \.uniqueTokens, "Its unique tokens.", presence: .readIfPresent),
            .init("quality", \.quality, "The relative worth of its tokens.", presence: .readIfPresent),
            .init("weight", \.weight, "Its share of the training tokens.", .notNegative),
            .init("tokens", \.tokens, "Its training tokens.", presence: .readIfPresent),
            .init("epochs", \.epochs, "Passes over its unique tokens.", presence: .readIfPresent),
            .init("cap", \.cap, "The most passes allowed; null without a cap.", presence: .readIfPresent),
            .init("floor", \.floor, "The least share of the training tokens.", presence: .readIfPresent),
            .init("binding", \.isBinding, "Whether it is at its cap.", presence: .readIfPresent),
            .init(
                "exceeds_cap", \.exceedsCap,
                "Whether the method, which knows no caps, reads it more often than its cap allows.",
                presence: .readIfPresent),
            .init(
                "misses_floor", \.missesFloor,
                "Whether the method, which knows no floors, gives it less than its floor.", presence: .readIfPresent),
            .init("effective_tokens", \.effectiveTokens, "Its part of the effective tokens.", presence: .readIfPresent),
            .init(
                "shadow_price", \.uniqueTokenPrice, "What one more unique token would add, in effective tokens.",
                presence: .readIfPresent),
            .init(
                "cap_price", \.capPrice,
                "What one more pass would add where the cap binds, in effective tokens; null where the method has no "
                    + "prices.", presence: .readIfPresent),
            .init(
                "raw_weight", \.rawWeight, "The weight of its files with their copies, if copies stay.",
                presence: .readIfPresent),
            .init(
                "passes_over_files", \.passesOverFiles,
                "Passes over its files with their copies, if copies stay.", presence: .readIfPresent),
        ]

        package func check(at place: JSONPlace) throws(JSONPathError) {
            // Weights add up to 1, except for rounding.
            guard weight <= 1 + 1e-6 else {
                throw place.member("weight", .number(weight)).failure("is above 1: \(weight)")
            }
        }
    }

    /// The answer of one method.
    public struct Method: JSONRecord, Sendable, Equatable {
        /// Its name.
        public var name = ""

        /// The reason why it has no answer; then all other fields are missing.
        public var error: String?

        /// Its objective; `nil` for a method that optimises nothing.
        public var objective: Objective?

        /// Effective tokens of its weights.
        public var effectiveTokens: Double?

        /// The effective tokens left after the pull.
        public var effectiveTokensAfterPull: Double?

        /// The same with every token worth 1.
        public var freshTokens: Double?

        /// The loss under the law.
        public var loss: Double?

        /// The mean over targets, by importance, of the losses that the pilots foretell; `nil` without pilots.
        public var pilotMean: Double?

        /// The losses that the pilots foretell of its weights, by target; `nil` without pilots.
        public var pilotLosses: JSONDictionary<Double>?

        /// KL to natural shares in nats.
        public var divergence: Double?

        /// Whether every cap and floor is kept.
        public var keepsLimits: Bool?

        /// The allocation of each source.
        public var sources: [MethodShare] = []

        package static let blank = Method()

        private static let answers: @Sendable (Method) -> Bool = { $0.error == nil }

        package static let fields: [JSONField<Method>] = [
            .init("method", \.name, "Its name."),
            .init("error", \.error, "Why it has no answer; then nothing else is said.", presence: .writtenIfSet),
            .init(
                "objective", \.objective,
                "What the method optimises, with its value; null for a method that optimises nothing.",
                writtenWhere: answers),
            .init("effective_tokens", \.effectiveTokens, "Effective tokens of its weights.", writtenWhere: answers),
            .init(
                "effective_tokens_after_pull", \.effectiveTokensAfterPull,
                "Effective tokens of its weights, less the pull of the file.", writtenWhere: answers),
            .init("fresh_tokens", \.freshTokens, "The same with every token worth 1.", writtenWhere: answers),
            .init("loss", \.loss, "The loss under the law.", writtenWhere: answers),
            .init(
                "pilot_mean", \.pilotMean,
                "The mean over targets, by importance, of the losses that the pilots foretell; null without pilots.",
                writtenWhere: answers),
            .init(
                "pilot_losses", \.pilotLosses, "The losses that the pilots foretell, by target; null without pilots.",
                writtenWhere: answers),
            .init("kl_to_natural", \.divergence, "KL to natural shares, in nats.", writtenWhere: answers),
            .init("keeps_limits", \.keepsLimits, "Whether every cap and floor is kept.", writtenWhere: answers),
            .init("sources", \.sources, "What each source gets.", writtenWhere: answers),
        ]
    }

    /// The allocation of a source by one method.
    public struct MethodShare: JSONRecord, Sendable, Equatable {
        /// The source.
        public var source = ""

        /// Its share of the training tokens.
        public var weight = 0.0

        /// Passes over its unique tokens.
        public var epochs: Double?

        /// Whether it is at its cap.
        public var isBinding = false

        /// Whether it is read more often than its cap allows.
        public var exceedsCap = false

        package static let blank = MethodShare()

        package static let fields: [JSONField<MethodShare>] = [
            .init("source", \.source, "The source."),
            .init("weight", \.weight, "Its share of the training tokens.", .notNegative),
            .init("epochs", \.epochs, "Passes over its unique tokens.", presence: .readIfPresent),
            .init("binding", \.isBinding, "Whether it is at its cap.", presence: .readIfPresent),
            .init(
                "exceeds_cap", \.exceedsCap,
                "Whether the method, which knows no caps, reads it more often than its cap allows.",
                presence: .readIfPresent),
        ]
    }

    /// The evidence of pilots.
    public struct Pilots: JSONRecord, Sendable, Equatable {
        /// The kind of fit: `mixing-law` or `values`.
        public var fit = ""

        /// How many runs there were.
        public var runs: Int?

        /// The targets.
        public var targets: [Target] = []

        package static let blank = Pilots()

        package static let fields: [JSONField<Pilots>] = [
            .init("fit", \.fit, "What was fitted: mixing-law or values."),
            .init("runs", \.runs, "How many runs there were.", presence: .readIfPresent),
            .init("targets", \.targets, "What was fitted to each target.", presence: .readIfPresent),
        ]
    }

    /// A target of pilots.
    public struct Target: JSONRecord, Sendable, Equatable {
        /// Its name.
        public var name = ""

        /// How much it matters.
        public var importance: Double?

        /// The rank correlation on held-out runs.
        public var spearman: Double?

        /// That of a straight line, where a mixing law was fitted.
        public var straightLineSpearman: Double?

        /// The error on held-out runs.
        public var error: Double?

        /// The error of the fit.
        public var fittedError: Double?

        /// The loss below which the fitted form does not fall.
        public var floor: Double?

        /// The slope of each source, where a mixing law was fitted.
        public var slopes: JSONDictionary<Double>?

        /// The exponent of effective tokens, where values were fitted.
        public var exponent: Double?

        /// The passes after which repeats fade, where values were fitted.
        public var decay: Double?

        /// The value of each source's tokens, where values were fitted.
        public var values: JSONDictionary<Double>?

        package static let blank = Target()

        private static let isLaw: @Sendable (Target) -> Bool = { $0.slopes != nil }

        package static let fields: [JSONField<Target>] = [
            .init("target", \.name, "The target's name."),
            .init("importance", \.importance, "How much it matters relative to the others.", presence: .readIfPresent),
            .init(
                "spearman", \.spearman,
                "The rank correlation of predicted and measured losses over runs that were held out.",
                presence: .readIfPresent),
            .init(
                "straight_line_spearman", \.straightLineSpearman, "That of a straight line fitted to the same runs.",
                writtenWhere: isLaw),
            .init(
                "error", \.error, "The mean error over runs that were held out, in the unit of the losses.",
                presence: .readIfPresent),
            .init("fitted_error", \.fittedError, "The mean error over the runs of the fit.", presence: .readIfPresent),
            .init(
                "floor", \.floor, "The loss below which the fitted form does not fall.", presence: .readIfPresent),
            .init("slopes", \.slopes, "Of a mixing law: the slope of each source.", presence: .writtenIfSet),
            .init(
                "exponent", \.exponent, "Of a fit of values: the exponent of effective tokens.",
                presence: .writtenIfSet),
            .init(
                "r1", \.decay, "Of a fit of values: the passes after which repeats fade.", presence: .writtenIfSet),
            .init(
                "values", \.values, "Of a fit of values: the value of each source's tokens.", presence: .writtenIfSet),
        ]
    }
}

extension CopyTreatment: JSONRepresentable {}

extension PlanWarning.Severity: JSONRepresentable {}

/// A warning in a plan's or a mixture's file.
extension PlanWarning: JSONRecord {
    /// Whether it changes how far the plan can be trusted.
    var isSevere: Bool { severity == .warning }

    package static let blank = PlanWarning(code: "", severity: .warning, message: "")

    package static let fields: [JSONField<PlanWarning>] = [
        .init("code", \.code, "The kind of the warning, for programs.", presence: .readIfPresent),
        .init("severity", \.severity, "Whether it may change a decision.", presence: .readIfPresent),
        .init("message", \.message, "What it says."),
        .init("value", \.value, "The value that it is about.", presence: .readIfPresent),
        .init("limit", \.limit, "The value's limit.", presence: .readIfPresent),
    ]
}
