/// The experiments that a model's numbers belong to.
///
/// Losses of models with different setups cannot be compared: another corpus or tokenizer is another scale.
public struct ModelSetup: Sendable, Hashable {
    /// The training and evaluation text.
    public var corpus: String?

    /// The tokenizer that D and U count in.
    public var tokenizer: String?

    /// Bytes of text per token of that tokenizer on that corpus, where known.
    public var bytesPerToken: Double?

    /// The unit of the loss.
    public var lossUnit: String

    /// Whether N counts the embeddings of vocabulary and position.
    public var countsEmbeddings: Bool

    /// The weight decay of the runs, where known; repeats cost less under a stronger one.
    public var weightDecay: Double?

    /// Creates a setup.
    public init(
        corpus: String? = nil, tokenizer: String? = nil, bytesPerToken: Double? = nil, lossUnit: String = "nats/token",
        countsEmbeddings: Bool = true, weightDecay: Double? = nil
    ) {
        self.corpus = corpus
        self.tokenizer = tokenizer
        self.bytesPerToken = bytesPerToken
        self.lossUnit = lossUnit
        self.countsEmbeddings = countsEmbeddings
        self.weightDecay = weightDecay
    }
}
