import ScalingLaws

/// Named runs, compared with the best run of their own compute, and with each other.
///
/// Losses of different laws are never compared: a difference is always one of ln L under the same draw of the same law.
public struct RunComparison: Sendable, Hashable {
    /// One run.
    public struct Row: Sendable, Hashable {
        /// The run.
        public var run: NamedRun

        /// N of the best run of at most the same compute, with the same unique tokens.
        public var bestParameters: Double

        /// D of it.
        public var bestTokens: Double

        /// The weighted mean of ln L of the run minus that of the best run: 0.01 for a loss about 1 % higher, ln 2 for twice.
        public var gap: Double

        /// The least compute that reaches the run's weighted mean of ln L, or `nil` where a ten-thousandth is enough.
        public var equalLossFLOPs: Double?

        /// The figures of each family.
        public var families: [Family]

        /// 6·N·D of the best run: less than that of the run if more compute would not lower the loss.
        public var bestFLOPs: Double { 6 * bestParameters * bestTokens }

        /// How many times more tokens per parameter the run has than the best one: above 1 it is over-trained for its
        /// compute, which costs loss and saves serving.
        public var overtraining: Double { run.tokensPerParameter * bestParameters / bestTokens }
    }

    /// The figures of one family of laws for a run.
    public struct Family: Sendable, Hashable {
        /// The law that represents the family.
        public var law: String

        /// Its share of the decision, for the run's own compute and unique tokens.
        public var weight: Double

        /// The mean, over the family's draws, of ln L of the run minus ln L of the best run.
        public var gap: Double

        /// The mean of ln L over the family's draws, comparable only between runs under the same family.
        public var logLoss: Double
    }

    /// Two runs against each other.
    public struct Duel: Sendable, Hashable {
        /// The run with the lower weighted mean.
        public var better: String

        /// The other one.
        public var worse: String

        /// The weighted mean of ln L of the worse run minus that of the better one.
        public var gain: Double

        /// The share of the draws, weighted, under which the better run has the lower loss.
        public var share: Double

        /// Laws under whose draws the worse run is better in the mean.
        public var dissenters: [String]

        /// The tokens to be served after which both have taken the same compute, or `nil`.
        public var breakEven: Double?
    }

    /// The runs, in the order given.
    public var rows: [Row]

    /// The best run against each other one, in their order.
    public var duels: [Duel]
}
