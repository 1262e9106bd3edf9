public import OrderedJSON
public import TrainingPlanning

extension PlanFile {
    /// A law that takes part.
    public struct Law: JSONRecord, Sendable, Equatable {
        /// Its name.
        public var name = ""

        /// The digest of its formula, coefficients and draws.
        public var digest: String?

        /// The kind of source of its numbers, such as `published`.
        public var provenance: String?

        package static let blank = Law()

        package static let fields: [JSONField<Law>] = [
            .init("name", \.name, "The law."),
            .init("digest", \.digest, "The digest of formula, coefficients and draws.", presence: .readIfPresent),
            .init(
                "provenance", \.provenance,
                "Where its numbers come from: published, refit here or user, and the coefficients set by hand.",
                presence: .readIfPresent),
        ]
    }

    /// The data there are.
    public struct Supply: JSONRecord, Sendable, Equatable {
        /// The unique tokens available.
        public var uniqueTokens = 0.0

        /// Whether the supply was not given, so that data are assumed to be ample.
        public var isAmple = false

        /// The treatment of copies before training.
        public var treatment = CopyTreatment.dedup

        /// Bytes of text per token, where known.
        public var bytesPerToken: Double?

        /// The tokens that one pass over the files shows.
        public var fileTokens: Double?

        /// The share of the unique tokens that may be truly unique.
        public var uniqueFactor: ClosedRange<Double>?

        /// The sources, where known.
        public var sources: [Source] = []

        package static let blank = Supply()

        package static let fields: [JSONField<Supply>] = [
            .init("unique_tokens", \.uniqueTokens, "The unique tokens available.", .positive),
            .init(
                "ample", \.isAmple, "Whether no supply was given: the unique tokens are then more than any run reads.",
                presence: .writtenIfSet),
            .init(
                "as", \.treatment, "Whether copies are removed before training or stay.",
                presence: .readIfPresent),
            .init("bytes_per_token", \.bytesPerToken, "Bytes of text per token.", presence: .readIfPresent),
            .init("file_tokens", \.fileTokens, "The tokens that one pass shows.", presence: .readIfPresent),
            .init(
                "unique_factor", \.uniqueFactor, "The share of the unique tokens that may be truly unique.",
                presence: .readIfPresent),
            .init("sources", \.sources, "The sources, where known.", presence: .readIfPresent),
        ]
    }

    /// A source of the supply.
    public struct Source: JSONRecord, Sendable, Equatable {
        /// Its name.
        public var name = ""

        /// Its unique tokens.
        public var uniqueTokens = 0.0

        /// The relative worth of its tokens.
        public var quality: Double?

        /// Passes over the source that are allowed at most.
        public var maxEpochs: Double?

        /// The least share of the training tokens.
        public var floor: Double?

        package static let blank = Source()

        package static let fields: [JSONField<Source>] = [
            .init("name", \.name, "The source."),
            .init("unique_tokens", \.uniqueTokens, "Its unique tokens.", .notNegative),
            .init("quality", \.quality, "The relative worth of its tokens.", presence: .readIfPresent),
            .init("max_epochs", \.maxEpochs, "The most passes allowed.", presence: .readIfPresent),
            .init("floor", \.floor, "The least share of the training tokens.", presence: .readIfPresent),
        ]
    }

    /// The compute that may be spent, and the form in which the user gave it.
    public struct Budget: JSONRecord, Sendable, Equatable {
        /// In FLOPs; `nil` where only the hardware is known.
        public var flops: Double?

        /// In days of the cluster.
        public var days: Double?

        /// In dollars.
        public var dollars: Double?

        /// The accelerator.
        public var accelerator: String?

        /// Its peak, in FLOP/s.
        public var peakFLOPs: Double?

        /// How many there are.
        public var accelerators: Double?

        /// The share of the peak that training reaches.
        public var utilization: Double?

        /// The cost of an accelerator-hour, in dollars.
        public var dollarsPerHour: Double?

        package static let blank = Budget()

        package static let fields: [JSONField<Budget>] = [
            .init("flops", \.flops, "In FLOPs; null where only the hardware is known.", presence: .readIfPresent),
            .init("days", \.days, "In days of the cluster.", presence: .writtenIfSet),
            .init("dollars", \.dollars, "In dollars.", presence: .writtenIfSet),
            .init("gpu", \.accelerator, "The accelerator.", presence: .writtenIfSet),
            .init("gpu_peak_flops", \.peakFLOPs, "Its peak, in FLOP/s.", presence: .writtenIfSet),
            .init("gpus", \.accelerators, "How many there are.", presence: .writtenIfSet),
            .init("mfu", \.utilization, "The share of the peak that training reaches.", presence: .writtenIfSet),
            .init(
                "dollars_per_gpu_hour", \.dollarsPerHour, "What an hour of one costs, in dollars.",
                presence: .writtenIfSet),
        ]
    }

    /// The limits and further quantities that were given.
    public struct Constraints: JSONRecord, Sendable, Equatable {
        /// The limits that hold.
        public var limits = PlanConstraints(minTokensPerParameter: 0)

        /// Further quantities that the objective reads.
        public var terms = PlanTerms()

        /// The hardware that serves the model.
        public var serving: Serving?

        package static let blank = Constraints()

        package static let fields: [JSONField<Constraints>] = [
            .init("max_parameters", \.limits.maxParameters, "The most parameters.", presence: .writtenIfSet),
            .init("min_parameters", \.limits.minParameters, "The fewest parameters.", presence: .writtenIfSet),
            .init("max_epochs", \.limits.maxEpochs, "The most passes over the unique tokens.", presence: .writtenIfSet),
            .init(
                "min_tokens_per_parameter", \.limits.minTokensPerParameter,
                "The fewest training tokens for each parameter; 0 is no limit.", presence: .readIfPresent),
            .init("target_loss", \.limits.targetLoss, "The loss that must be reached.", presence: .writtenIfSet),
            .init("sizes", \.limits.sizes, "The only sizes allowed.", presence: .writtenIfSet),
            .init("inference_tokens", \.terms.inferenceTokens, "The tokens to serve.", presence: .writtenIfSet),
            .init("training_price", \.terms.trainingPrice, "Dollars for a FLOP of training.", presence: .writtenIfSet),
            .init("serving_price", \.terms.servingPrice, "Dollars for a FLOP of service.", presence: .writtenIfSet),
            .init("cost_weight", \.terms.costWeight, "What a dollar weighs against loss.", presence: .writtenIfSet),
            .init("size_limits", \.limits.sizeLimits, "Limits on size that serving sets.", presence: .writtenIfSet),
            .init("serving", \.serving, "The hardware that serves the model.", presence: .writtenIfSet),
        ]
    }

    /// The hardware that serves the model.
    public struct Serving: JSONRecord, Sendable, Equatable {
        /// The accelerator.
        public var accelerator = ""

        /// The share of its peak that writing reaches.
        public var utilization = 0.0

        /// The share that reading reaches.
        public var promptUtilization = 0.0

        /// The share of the tokens that are written.
        public var generatedShare = 0.0

        /// The cost of an accelerator-hour, in dollars.
        public var dollarsPerHour: Double?

        package static let blank = Serving()

        package static let fields: [JSONField<Serving>] = [
            .init("gpu", \.accelerator, "The accelerator."),
            .init("mfu", \.utilization, "The share of its peak that writing reaches."),
            .init("prompt_mfu", \.promptUtilization, "The share of its peak that reading reaches."),
            .init("generated_share", \.generatedShare, "The share of the tokens that are written."),
            .init(
                "dollars_per_gpu_hour", \.dollarsPerHour, "What an hour of one costs, in dollars.",
                presence: .readIfPresent),
        ]
    }

    /// The run recommended, with its cost and its mixture.
    public struct Run: JSONRecord, Sendable, Equatable {
        /// The run.
        public var run = Recommendation.blank

        /// Hours of one accelerator.
        public var acceleratorHours: Double?

        /// Days on the cluster.
        public var days: Double?

        /// Dollars for training.
        public var trainingDollars: Double?

        /// Dollars for serving over the model's life.
        public var servingDollars: Double?

        /// The training tokens by source; empty where fewer than two are known.
        public var mixture: [Share] = []

        /// The method that chose the weights.
        public var mixtureMethod: String?

        /// The mean reads of a text beyond its first, by token.
        public var meanRepeats: Double?

        /// The reason why there is no mixture although several sources are known.
        public var noMixture: String?

        package static let blank = Run()

        package static let fields: [JSONField<Run>] =
            Recommendation.fields.map { JSONField($0, of: \Run.run) } + [
                .init("gpu_hours", \.acceleratorHours, "Hours of one accelerator.", presence: .writtenIfSet),
                .init("days", \.days, "Days on the cluster.", presence: .writtenIfSet),
                .init("training_dollars", \.trainingDollars, "Dollars for training.", presence: .writtenIfSet),
                .init("serving_dollars", \.servingDollars, "Dollars for serving.", presence: .writtenIfSet),
                .init("mixture", \.mixture, "The training tokens by source.", presence: .writtenIfSet),
                .init("mixture_method", \.mixtureMethod, "What chose the weights.", presence: .writtenIfSet),
                .init(
                    "mean_repeats", \.meanRepeats, "Reads of a text beyond its first: the mean over training tokens.",
                    presence: .writtenIfSet),
                .init(
                    "no_mixture_because", \.noMixture, "Why there is no mixture although sources are known.",
                    presence: .writtenIfSet),
            ]
    }

    /// The part of a source in the training tokens.
    public struct Share: JSONRecord, Sendable, Equatable {
        /// The source.
        public var source = ""

        /// Its share of the training tokens.
        public var weight = 0.0

        /// Its training tokens.
        public var tokens: Double?

        /// Passes over it.
        public var epochs: Double?

        /// Passes over it that are allowed at most.
        public var cap: Double?

        /// Whether the cap is reached.
        public var isBinding = false

        /// The effective tokens that one more unique token would add.
        public var uniqueTokenPrice: Double?

        package static let blank = Share()

        package static let fields: [JSONField<Share>] = [
            .init("source", \.source, "The source."),
            .init("weight", \.weight, "Its share of the training tokens.", .notNegative),
            .init("tokens", \.tokens, "Its training tokens.", presence: .readIfPresent),
            .init("epochs", \.epochs, "Passes over its unique tokens.", presence: .readIfPresent),
            .init("cap", \.cap, "The most passes allowed.", presence: .readIfPresent),
            .init("binding", \.isBinding, "Whether the cap is met.", presence: .readIfPresent),
            .init(
                "shadow_price", \.uniqueTokenPrice, "What one more unique token would add, in effective tokens.",
                presence: .readIfPresent),
        ]

        package func check(at place: JSONPlace) throws(JSONPathError) {
            // Weights add up to 1, except for rounding.
            guard weight <= 1 + 1e-6 else {
                throw place.member("weight", .number(weight)).failure("is above 1: \(weight)")
            }
        }
    }
}
