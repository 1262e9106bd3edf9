public import ScalingLaws

/// A model one can build that has the recommended size, and how published rules would train it.
public struct ModelProposal: Sendable, Hashable {
    /// The model's shape.
    public let shape: ModelShape

    /// The size that it was shaped for: the recommended N.
    public let target: Double

    /// Whether that size counts embeddings, as it does for most laws.
    public let countsEmbeddings: Bool

    /// Training tokens, repeats included.
    public let tokens: Double

    /// Batch sizes and learning rates, from each published rule that applies to the run.
    public let hyperparameters: [HyperparameterSuggestion]

    /// Tokens per parameter of Chinchilla's optimal models, embeddings counted.
    ///
    /// Hoffmann et al. 2022, arXiv:2203.15556, Table 3: 8.0B tokens for 400M parameters, 20.2B for 1B, 205.1B for 10B.
    public static let chinchillaTokensPerParameter = 20.0

    /// The difference between the shape's size and the requested size, as a share.
    public var sizeError: Double {
        Double(countsEmbeddings ? shape.parameters : shape.nonEmbeddingParameters) / target - 1
    }

    /// Training tokens per parameter, embeddings counted.
    public var tokensPerParameter: Double { tokens / Double(shape.parameters) }

    /// Tokens per parameter over Chinchilla's.
    public var timesChinchilla: Double { tokensPerParameter / Self.chinchillaTokensPerParameter }
}
