/// The shape of a decoder, as in a training configuration, with exact counts of its parameters.
///
/// ```swift
/// let shape = ModelShape(architecture: .llama, layers: 32, width: 4_096, heads: 32, vocabularySize: 32_000)
/// shape.parameters  // 6_738_415_616
/// ```
public struct ModelShape: Sendable, Hashable {
    /// The kind of decoder.
    public let architecture: ModelArchitecture

    /// Layers, each of attention and a feed-forward part.
    public let layers: Int

    /// The width of the residual stream.
    public let width: Int

    /// Attention heads for queries.
    public let heads: Int

    /// Attention heads for keys and values; fewer than ``heads`` if they are shared.
    public let keyValueHeads: Int

    /// The width of a head.
    public let headSize: Int

    /// The width inside a feed-forward layer.
    public let feedForwardWidth: Int

    /// Entries of the vocabulary.
    public let vocabularySize: Int

    /// Tokens of context that are trained on.
    public let contextLength: Int

    /// Whether the output shares the input's embeddings.
    public let hasTiedEmbeddings: Bool

    /// Creates a shape.
    ///
    /// - Parameters:
    ///   - architecture: The kind of decoder.
    ///   - layers: Layers.
    ///   - width: The width of the residual stream.
    ///   - heads: Attention heads for queries.
    ///   - keyValueHeads: Attention heads for keys and values; `nil` for as many as for queries.
    ///   - headSize: The width of a head; `nil` for the width divided by the heads.
    ///   - feedForwardWidth: The width inside a feed-forward layer; `nil` for the architecture's usual width.
    ///   - vocabularySize: Entries of the vocabulary.
    ///   - contextLength: Tokens of context that are trained on.
    ///   - hasTiedEmbeddings: Whether the output shares the input's embeddings; `nil` for the architecture's default.
    /// - Precondition: All counts are positive and the model has fewer than 2^62 parameters.
    public init(
        architecture: ModelArchitecture, layers: Int, width: Int, heads: Int, keyValueHeads: Int? = nil,
        headSize: Int? = nil, feedForwardWidth: Int? = nil, vocabularySize: Int, contextLength: Int = 2_048,
        hasTiedEmbeddings: Bool? = nil
    ) {
        precondition(heads > 0 && width > 0 && width < 1 << 40, "a decoder has a width and heads")
        self.architecture = architecture
        self.layers = layers
        self.width = width
        self.heads = heads
        self.keyValueHeads = keyValueHeads ?? heads
        self.headSize = headSize ?? width / heads
        self.feedForwardWidth = feedForwardWidth ?? architecture.feedForwardWidth(forWidth: width)
        self.vocabularySize = vocabularySize
        self.contextLength = contextLength
        self.hasTiedEmbeddings = hasTiedEmbeddings ?? architecture.usuallyTiesEmbeddings
        let counts = [
            layers, width, heads, self.keyValueHeads, self.headSize, self.feedForwardWidth, vocabularySize,
            contextLength,
        ]
        precondition(counts.allSatisfy { $0 > 0 }, "counts of a shape are positive")
        let inLayers =
            Double(layers) * Double(width)
            * (4 * Double(heads) * Double(self.headSize) + 4 * Double(self.feedForwardWidth) + 16)
        let embedded = 2 * Double(width) * (Double(vocabularySize) + Double(contextLength))
        precondition(inLayers + embedded < 0x1p62, "a shape's parameters are counted in 64 bits")
    }

    /// The same shape with another number of layers, or with feed-forward layers of another width.
    func with(layers: Int? = nil, feedForwardWidth: Int? = nil) -> ModelShape {
        ModelShape(
            architecture: architecture, layers: layers ?? self.layers, width: width, heads: heads,
            keyValueHeads: keyValueHeads, headSize: headSize,
            feedForwardWidth: feedForwardWidth ?? self.feedForwardWidth, vocabularySize: vocabularySize,
            contextLength: contextLength, hasTiedEmbeddings: hasTiedEmbeddings)
    }

    /// Weights of the matrices of a layer: attention's four and the feed-forward part's two or three.
    private var matricesOfLayer: Int {
        let attention = 2 * width * heads * headSize + 2 * width * keyValueHeads * headSize
        return attention + (architecture == .llama ? 3 : 2) * width * feedForwardWidth
    }

    /// Biases and norms of a layer.
    private var vectorsOfLayer: Int {
        switch architecture {
        case .llama: 2 * width
        case .gpt: heads * headSize + 2 * keyValueHeads * headSize + width + feedForwardWidth + width + 4 * width
        }
    }

    /// N without the embeddings of vocabulary and position, as Kaplan and others (2020, arXiv:2001.08361) count it.
    public var nonEmbeddingParameters: Int {
        layers * (matricesOfLayer + vectorsOfLayer) + (architecture == .llama ? 1 : 2) * width
    }

    /// The weights that embed vocabulary and position, at the input and, unless tied, at the output.
    public var embeddingParameters: Int {
        let positions = architecture == .gpt ? contextLength * width : 0
        return vocabularySize * width * (hasTiedEmbeddings ? 1 : 2) + positions
    }

    /// N, all weights.
    public var parameters: Int { nonEmbeddingParameters + embeddingParameters }

    /// Width over layers.
    public var aspectRatio: Double { Double(width) / Double(layers) }

    /// FLOPs of training for each token: six for each weight of a matrix that a token is multiplied with (the output's
    /// embeddings among them, the input's not: they are looked up), and attention over the whole context.
    ///
    /// 6·(layers·matrices + V·d) + 12·layers·heads·head size·context: Chowdhery et al. 2022 (PaLM),
    /// arXiv:2204.02311, appendix B, whose definition of utilisation it matches.
    public var trainingFLOPsPerToken: Double {
        let weights = Double(layers) * Double(matricesOfLayer) + Double(vocabularySize) * Double(width)
        let attention = Double(layers) * Double(heads * headSize) * Double(contextLength)
        return 6 * weights + 12 * attention
    }
}
