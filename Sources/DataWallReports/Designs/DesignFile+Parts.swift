public import OrderedJSON

extension DesignFile {
    /// The big run that the small ones are for.
    public struct Target: JSONRecord, Sendable, Equatable {
        /// Its compute.
        public var flops: Double = 0.0

        /// N of its best run by present knowledge.
        public var parameters: Double = 0.0

        /// D of it.
        public var tokens: Double = 0.0

        /// Its distinct tokens, or those there are.
        public var uniqueTokens: Double = 0.0

        package static let blank = Target()

        package static let fields: [JSONField<Target>] = [
            .init("flops", \.flops, "Its compute."),
            .init("parameters", \.parameters, "N of its best run by present knowledge."),
            .init("tokens", \.tokens, "D of it."),
            .init("unique_tokens", \.uniqueTokens, "Its distinct tokens, or those there are."),
        ]

        /// An empty record.
        init() {}
    }

    /// How well the runs do on simulated laws.
    public struct Forecast: JSONRecord, Sendable, Equatable {
        /// The width of the forecast's 90 % range in ln L.
        public var width: Double = 0.0

        /// The same before any run.
        public var widthBefore: Double = 0.0

        /// The same width for ln N of the best size; null if there is none.
        public var sizeWidth: Double?

        /// The laws that were simulated and fitted again.
        public var trials: Int = 0

        /// Those that could not be fitted.
        public var failures: Int = 0

        /// How well the runs determine each coefficient.
        public var coefficients: [Coefficient] = []

        package static let blank = Forecast()

        package static let fields: [JSONField<Forecast>] = [
            .init("width", \.width, "The width of the forecast's 90 % range in ln L."),
            .init("width_before", \.widthBefore, "The same before any run."),
            .init("size_width", \.sizeWidth, "The same of ln N of the best size; null where there is none."),
            .init("trials", \.trials, "The laws that were simulated and fitted again."),
            .init("failures", \.failures, "Those that could not be fitted."),
            .init("coefficients", \.coefficients, "How well each coefficient comes out."),
        ]

        /// An empty record.
        init() {}
    }

    /// How well the runs determine a coefficient.
    public struct Coefficient: JSONRecord, Sendable, Equatable {
        /// The coefficient.
        public var name: String = ""

        /// Its standard deviation before any run, of its logarithm for a factor.
        public var before: Double = 0.0

        /// The root mean square error of the fits.
        public var after: Double = 0.0

        /// How well the runs determine it.
        public var verdict: String = ""

        package static let blank = Coefficient()

        package static let fields: [JSONField<Coefficient>] = [
            .init("name", \.name, "The coefficient."),
            .init("doubt_before", \.before, "Its standard deviation before any run, of its logarithm for a factor."),
            .init("doubt_after", \.after, "What fits miss it by, root mean square."),
            .init("verdict", \.verdict, "How well the runs determine it."),
        ]

        /// An empty record.
        init() {}
    }

    /// An even grid of the same cost.
    public struct Rival: JSONRecord, Sendable, Equatable {
        /// uniform: sizes and tokens evenly spread; isoflop: levels of compute and sizes evenly spread.
        public var name: String = ""

        /// How many runs it has.
        public var runs: Int = 0

        /// The width of its forecast.
        public var width: Double = 0.0

        /// The width for ln N; null if there is none.
        public var sizeWidth: Double?

        package static let blank = Rival()

        package static let fields: [JSONField<Rival>] = [
            .init(
                "name", \.name,
                "uniform: sizes and tokens evenly spread; isoflop: levels of compute and sizes evenly spread."
            ),
            .init("runs", \.runs, "How many runs it has."),
            .init("width", \.width, "The width of its forecast."),
            .init("size_width", \.sizeWidth, "That of ln N; null where there is none."),
        ]

        /// An empty record.
        init() {}
    }

    /// A run to train.
    public struct Run: JSONRecord, Sendable, Equatable {
        /// Its number.
        public var number: Int = 0

        /// N, counted as the law counts.
        public var parameters: Double = 0.0

        /// D, repeats included.
        public var tokens: Double = 0.0

        /// The distinct ones of them.
        public var uniqueTokens: Double = 0.0

        /// The compute of its IsoFLOP curve.
        public var level: Double = 0.0

        /// Its compute, 6·N·D.
        public var flops: Double = 0.0

        /// Layers of the model.
        public var layers: Int = 0

        /// Its width.
        public var width: Int = 0

        /// Its heads.
        public var heads: Int = 0

        /// Its heads of keys and values.
        public var keyValueHeads: Int = 0

        /// The width of its feed-forward layers.
        public var feedForwardWidth: Int = 0

        /// The rule that suggests batch and rate; null if none applies.
        public var rule: String?

        /// The batch that it suggests, in tokens.
        public var batchTokens: Double?

        /// The peak learning rate that it suggests.
        public var learningRate: Double?

        package static let blank = Run()

        package static let fields: [JSONField<Run>] = [
            .init("run", \.number, "Its number."),
            .init("parameters", \.parameters, "N, counted as the law counts."),
            .init("tokens", \.tokens, "D, repeats included."),
            .init("unique_tokens", \.uniqueTokens, "The distinct ones of them."),
            .init("level", \.level, "The compute of its IsoFLOP curve."),
            .init("flops", \.flops, "What it takes, 6·N·D."),
            .init("layers", \.layers, "Layers of the model."),
            .init("width", \.width, "Its width."),
            .init("heads", \.heads, "Its heads."),
            .init("key_value_heads", \.keyValueHeads, "Its heads of keys and values."),
            .init("feed_forward_width", \.feedForwardWidth, "The width of its feed-forward layers."),
            .init("rule", \.rule, "The rule that suggests batch and rate; null where none speaks."),
            .init("batch_tokens", \.batchTokens, "The batch that it suggests, in tokens."),
            .init("learning_rate", \.learningRate, "The peak learning rate that it suggests."),
        ]

        /// An empty record.
        init() {}
    }

    /// Runs that find the mixture.
    public struct Pilots: JSONRecord, Sendable, Equatable {
        /// How many there are.
        public var runs: Int = 0

        /// N of each.
        public var parameters: Double = 0.0

        /// D of each.
        public var tokens: Double = 0.0

        /// Their compute together.
        public var flops: Double = 0.0

        /// The command that plans them and writes their table.
        public var command: String = ""

        package static let blank = Pilots()

        package static let fields: [JSONField<Pilots>] = [
            .init("runs", \.runs, "How many there are."),
            .init("parameters", \.parameters, "N of each."),
            .init("tokens", \.tokens, "D of each."),
            .init("flops", \.flops, "What they take together."),
            .init("command", \.command, "The command that plans them and writes their table."),
        ]

        /// An empty record.
        init() {}
    }
}
