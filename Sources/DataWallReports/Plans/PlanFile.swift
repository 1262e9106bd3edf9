public import TrainingPlanning

/// What a plan file says, read back.
///
/// Keys that a later minor version added are passed over, and every key beside the recommendation may be missing: what a
/// file does not say is `nil` or empty.
public struct PlanFile: Sendable, Equatable {
    /// The version of the format this library reads.
    public static let version = 1

    /// The version of the program that made the plan.
    public var datawallVersion: String?

    /// How the plan came out, such as `optimal`.
    public var status: String

    /// The objective's name.
    public var objective: String

    /// The law that the recommendation follows, or `robust` where several were weighed.
    public var law: String

    /// Every law that was asked, with where its numbers come from.
    public var laws: [Law]

    /// The digest of the audit that the supply was read from.
    public var auditDigest: String?

    /// How training compute is counted, such as `6ND`.
    public var flopModel: String?

    /// The probability of the intervals.
    public var intervalLevel: Double?

    /// What the intervals are taken over, where the file says so.
    public var intervalSource: IntervalSource?

    /// The unique tokens available.
    public var uniqueTokens: Double

    /// The share of the unique tokens that may be truly unique, where intervals take it in.
    public var uniqueFactor: ClosedRange<Double>?

    /// Bytes of text per token of the supply, where known.
    public var bytesPerToken: Double?

    /// What happens to copies before training: `dedup` or `is`.
    public var treatment: String?

    /// The sources of the supply, where known.
    public var sources: [Source]

    /// The compute that may be spent, in FLOPs.
    public var budget: Double?

    /// The limits and further quantities that were given, in the file's order.
    public var constraints: [Constraint]

    /// The run recommended.
    public var recommended: Run

    /// The training tokens by source.
    public var mixture: [Share]

    /// What each law advises by itself.
    public var byLaw: [LawAdvice]

    /// Of several laws, the one under which the run recommended is worst.
    public var decidingLaw: String?

    /// The law at whose own plan the shadow prices hold, where they are not those of the plan itself.
    public var priceLaw: String?

    /// The best plan at each number of epochs.
    public var frontier: [FrontierStep]

    /// What 1 % more of something scarce would save, in the objective's unit, by name.
    public var shadowPrices: [Constraint]

    /// What a reader should know.
    public var warnings: [PlanWarning]

    /// A law that was asked.
    public struct Law: Sendable, Equatable {
        /// Its name.
        public var name: String

        /// Where its numbers come from, such as `published`.
        public var provenance: String?
    }

    /// A source of the supply.
    public struct Source: Sendable, Equatable {
        /// Its name.
        public var name: String

        /// Its unique tokens.
        public var uniqueTokens: Double

        /// The relative worth of its tokens.
        public var quality: Double?

        /// Passes over the source that are allowed at most.
        public var maxEpochs: Double?
    }

    /// A named number.
    public struct Constraint: Sendable, Equatable {
        /// The name, in `snake_case`.
        public var name: String

        /// The value.
        public var value: Double
    }

    /// The run recommended.
    public struct Run: Sendable, Equatable {
        /// N.
        public var parameters: Double

        /// D, repeats included.
        public var tokens: Double

        /// Passes over the unique tokens.
        public var epochs: Double

        /// The unique tokens that the run uses.
        public var uniqueTokens: Double?

        /// Passes over the files as they are trained on.
        public var passesOverFiles: Double?

        /// D in the tokens of the law's own tokenizer, where both tokenizers' bytes per token are known.
        public var lawTokens: Double?

        /// What D is worth in fresh tokens.
        public var effectiveTokens: Double?

        /// Training compute.
        public var flops: Double?

        /// The share of the budget that is spent.
        public var budgetUsed: Double?

        /// The loss under the law; `nil` where several were weighed.
        public var loss: Double?

        /// Where the loss lies under the law's ensemble.
        public var lossInterval: ClosedRange<Double>?

        /// Where the best N lies under the law's ensemble.
        public var parametersInterval: ClosedRange<Double>?

        /// Where the best number of epochs lies under the law's ensemble.
        public var epochsInterval: ClosedRange<Double>?

        /// How far the run stands outside what the law was fitted on, by quantity, as factors.
        public var extrapolation: [Constraint]
    }

    /// The part of a source in the training tokens.
    public struct Share: Sendable, Equatable {
        /// The source.
        public var source: String

        /// Its share of the training tokens.
        public var weight: Double

        /// Its training tokens.
        public var tokens: Double?

        /// Passes over it.
        public var epochs: Double?

        /// Passes over it that are allowed at most.
        public var cap: Double?

        /// Whether the cap is met.
        public var isBinding: Bool
    }

    /// What one law advises.
    public struct LawAdvice: Sendable, Equatable {
        /// The law.
        public var law: String

        /// N.
        public var parameters: Double

        /// D.
        public var tokens: Double

        /// Passes over the unique tokens.
        public var epochs: Double?

        /// Where the best N lies under this law's ensemble.
        public var parametersInterval: ClosedRange<Double>?

        /// Where the best D lies under this law's ensemble.
        public var tokensInterval: ClosedRange<Double>?

        /// Where the best number of epochs lies under this law's ensemble.
        public var epochsInterval: ClosedRange<Double>?

        /// The law's loss at its own plan.
        public var loss: Double?

        /// Where that loss lies under this law's ensemble.
        public var lossInterval: ClosedRange<Double>?

        /// What the intervals are taken over, where the file says so.
        public var intervalSource: IntervalSource?

        /// How many sets of the law's coefficients the intervals are taken over.
        public var intervalMembers: Int?

        /// Why there are no intervals, where the file says.
        public var noInterval: String?

        /// By how many nats per token this advice misses the target under each other law that it misses it under.
        public var crossMisses: [Constraint]

        /// What this advice costs under each other law, above that law's own best, in the objective's unit.
        public var crossExcess: [Constraint]
    }

    /// The best plan at a number of epochs.
    public struct FrontierStep: Sendable, Equatable {
        /// Passes over the unique tokens.
        public var epochs: Double

        /// N.
        public var parameters: Double

        /// D.
        public var tokens: Double

        /// The loss; `nil` where several laws were weighed.
        public var loss: Double?

        /// Where the loss lies under the law's ensemble.
        public var lossInterval: ClosedRange<Double>?
    }
}
