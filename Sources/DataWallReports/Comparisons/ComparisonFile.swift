public import OrderedJSON

/// The file of a comparison of named runs with the best run of their own compute.
public struct ComparisonFile: JSONRecord, Sendable, Equatable {
    /// The command line that makes the file again; null if unknown.
    public var madeBy: String?

    /// The runs.
    public var runs: [Run] = []

    /// The best of the runs against each of the others.
    public var duels: [Duel] = []

    /// The version of the format this library reads and writes.
    public static let version = 1

    /// The name of the format, as files have it.
    static let formatName = "datawall-comparison"

    /// The JSON Schema of such files, as `Datasets/schemas` has it.
    package static let schemaFile = schemaFile(
        of: "datawall-comparison-1", title: "datawall comparison of runs, version 1",
        summary: "Named runs against the best run of their own compute, and the best of them against the others. "
            + "Gaps and gains are differences x of ln L: a loss e^x − 1 above, or 1 − e^−x below (0.01 is about 1 %).")

    package static let blank = ComparisonFile()

    package static let fields: [JSONField<ComparisonFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("made_by", \.madeBy, "The command line that makes the file again; null where it is not known."),
        .init("runs", \.runs, "The runs."),
        .init("duels", \.duels, "The best of the runs against each of the others."),
    ]

    /// An empty record.
    init() {}

    /// Reads a file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        try self.init(file: json, format: Self.formatName, version: Self.version)
    }

    /// The value of the file; write it with `fileText()`.
    public var json: JSONValue { object }
}

extension ComparisonFile {
    /// A run with its cost.
    public struct Run: JSONRecord, Sendable, Equatable {
        /// The run.
        public var name: String = ""

        /// N.
        public var parameters: Double = 0.0

        /// D.
        public var tokens: Double = 0.0

        /// U; null if unknown, which is no limit.
        public var uniqueTokens: Double?

        /// D/U.
        public var epochs: Double?

        /// D/N.
        public var tokensPerParameter: Double = 0.0

        /// 6·N·D.
        public var flops: Double = 0.0

        /// N of the best run of at most the same compute.
        public var bestParameters: Double = 0.0

        /// D of it.
        public var bestTokens: Double = 0.0

        /// D/N divided by that of the best run.
        public var overtraining: Double = 0.0

        /// ln L above the best run of at most the same compute, weighted.
        public var gap: Double = 0.0

        /// The least compute that reaches the same loss; null below a ten-thousandth of the run's.
        public var equalLossFLOPs: Double?

        /// The figures of each family.
        public var families: [Family] = []

        /// Hours of one accelerator.
        public var acceleratorHours: Double?

        /// Days on the whole cluster.
        public var days: Double?

        /// The cost of training.
        public var trainingDollars: Double?

        /// The least time for a generated token of one request.
        public var secondsPerToken: Double?

        /// The cost of serving a token.
        public var servingDollarsPerToken: Double?

        /// The cost of training and serving over the model's life.
        public var totalDollars: Double?

        /// The publication of its figures.
        public var source: String?

        package static let blank = Run()

        package static let fields: [JSONField<Run>] = [
            .init("name", \.name, "The run."),
            .init("parameters", \.parameters, "N."),
            .init("tokens", \.tokens, "D."),
            .init("unique_tokens", \.uniqueTokens, "U; null where it is not known, and then no limit."),
            .init("epochs", \.epochs, "D/U."),
            .init("tokens_per_parameter", \.tokensPerParameter, "D/N."),
            .init("flops", \.flops, "6·N·D."),
            .init("best_parameters", \.bestParameters, "N of the best run of at most the same compute."),
            .init("best_tokens", \.bestTokens, "D of it."),
            .init("overtraining", \.overtraining, "D/N over that of the best run."),
            .init("gap", \.gap, "ln L above the best run of at most the same compute, weighted."),
            .init(
                "equal_loss_flops", \.equalLossFLOPs,
                "The least compute that reaches the same loss; null below a ten-thousandth of the run's."
            ),
            .init("families", \.families, "What each family says."),
            .init("accelerator_hours", \.acceleratorHours, "Hours of one accelerator."),
            .init("days", \.days, "Days on the whole cluster."),
            .init("training_dollars", \.trainingDollars, "What training costs."),
            .init("seconds_per_token", \.secondsPerToken, "The least time for a generated token of one request."),
            .init("serving_dollars_per_token", \.servingDollarsPerToken, "What serving a token costs."),
            .init("total_dollars", \.totalDollars, "What training and serving cost over the model's life."),
            .init("source", \.source, "Where its figures were published."),
        ]

        /// An empty record.
        init() {}
    }

    /// The figures of one family of laws for a run.
    public struct Family: JSONRecord, Sendable, Equatable {
        /// The law that represents the family.
        public var law: String = ""

        /// Its share of the decision.
        public var weight: Double = 0.0

        /// The mean of ln L above the best run over its draws.
        public var gap: Double = 0.0

        /// The mean of ln L; comparable only under the same law.
        public var logLoss: Double = 0.0

        package static let blank = Family()

        package static let fields: [JSONField<Family>] = [
            .init("law", \.law, "The law that speaks for the family."),
            .init("weight", \.weight, "Its share of the decision."),
            .init("gap", \.gap, "The mean of ln L above the best run over its draws."),
            .init("log_loss", \.logLoss, "The mean of ln L; comparable only under the same law."),
        ]

        /// An empty record.
        init() {}
    }

    /// The best of the runs against another one.
    public struct Duel: JSONRecord, Sendable, Equatable {
        /// The run with the lower loss.
        public var better: String = ""

        /// The other one.
        public var worse: String = ""

        /// By how much, in ln L, weighted.
        public var gain: Double = 0.0

        /// The share of the draws that agree.
        public var share: Double = 0.0

        /// Laws that say the reverse in the mean.
        public var dissenters: [String] = []

        /// Tokens to be served after which both have taken the same compute; null if there are none.
        public var breakEven: Double?

        /// Tokens to be served after which both have cost the same; null if there are none, or without prices.
        public var dollarBreakEven: Double?

        package static let blank = Duel()

        package static let fields: [JSONField<Duel>] = [
            .init("better", \.better, "The run with the lower loss."),
            .init("worse", \.worse, "The other one."),
            .init("gain", \.gain, "By how much, in ln L, weighted."),
            .init("share", \.share, "The share of the draws that agree."),
            .init("dissenters", \.dissenters, "Laws that say the reverse in the mean."),
            .init(
                "break_even_tokens", \.breakEven,
                "Tokens to be served after which both have taken the same compute; null where there are none."
            ),
            .init(
                "break_even_tokens_dollars", \.dollarBreakEven,
                "Tokens to be served after which both have cost the same; null where there are none, or without prices."
            ),
        ]

        /// An empty record.
        init() {}
    }
}
