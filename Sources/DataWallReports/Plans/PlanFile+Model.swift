public import OrderedJSON
import TrainingPlanning

extension PlanFile {
    /// A model to build of the recommended size.
    public struct Model: JSONRecord, Sendable, Equatable {
        /// The kind of decoder.
        public var architecture = ""

        /// Layers.
        public var layers = 0

        /// The width of the residual stream.
        public var width = 0

        /// Attention heads for queries.
        public var heads = 0

        /// Attention heads for keys and values.
        public var keyValueHeads = 0

        /// The width of a head.
        public var headSize = 0

        /// The width inside a feed-forward layer.
        public var feedForwardWidth = 0

        /// Entries of the vocabulary.
        public var vocabularySize = 0

        /// Tokens of context.
        public var contextLength = 0

        /// Whether the output shares the input's embeddings.
        public var hasTiedEmbeddings = false

        /// Width over layers.
        public var aspectRatio = 0.0

        /// All parameters.
        public var parameters = 0

        /// Parameters without embeddings.
        public var nonEmbeddingParameters = 0

        /// The difference from the recommended size, as a share.
        public var sizeError = 0.0

        /// FLOPs of training for a token, counted exactly.
        public var trainingFLOPsPerToken = 0.0

        /// Training tokens for each parameter.
        public var tokensPerParameter = 0.0

        /// That over Chinchilla's.
        public var timesChinchilla = 0.0

        /// Batch sizes and learning rates by published rules.
        public var hyperparameters: [Rule] = []

        package static let blank = Model()

        package static let fields: [JSONField<Model>] = [
            .init("architecture", \.architecture, "The kind of decoder."),
            .init("layers", \.layers, "Layers."),
            .init("width", \.width, "The width of the residual stream."),
            .init("heads", \.heads, "Attention heads for queries."),
            .init("key_value_heads", \.keyValueHeads, "Attention heads for keys and values."),
            .init("head_size", \.headSize, "The width of a head."),
            .init("feed_forward_width", \.feedForwardWidth, "The width inside a feed-forward layer."),
            .init("vocabulary_size", \.vocabularySize, "Entries of the vocabulary."),
            .init("context_length", \.contextLength, "Tokens of context."),
            .init("tied_embeddings", \.hasTiedEmbeddings, "Whether the output shares the input's embeddings."),
            .init("aspect_ratio", \.aspectRatio, "Width over layers."),
            .init("parameters", \.parameters, "All parameters."),
            .init("non_embedding_parameters", \.nonEmbeddingParameters, "Parameters without embeddings."),
            .init("size_error", \.sizeError, "The difference from the recommended size, as a share."),
            .init("training_flops_per_token", \.trainingFLOPsPerToken, "FLOPs of training for a token."),
            .init("tokens_per_parameter", \.tokensPerParameter, "Training tokens for each parameter."),
            .init("times_chinchilla", \.timesChinchilla, "That over Chinchilla's."),
            .init("hyperparameters", \.hyperparameters, "Batch sizes and learning rates by published rules."),
        ]
    }

    /// The values of one rule for batch size, learning rate, weight decay and epochs.
    public struct Rule: JSONRecord, Sendable, Equatable {
        /// The rule.
        public var law = ""

        /// The kind of source of its numbers.
        public var provenance = ""

        /// Their source.
        public var source = ""

        /// Tokens of a batch.
        public var batchTokens: Double?

        /// The peak learning rate.
        public var learningRate: Double?

        /// The weight decay of AdamW.
        public var weightDecay: Double?

        /// Passes over the unique tokens.
        public var epochs: Double?

        /// The distance of the run outside its range, as a factor.
        public var extrapolation = 1.0

        package static let blank = Rule()

        package static let fields: [JSONField<Rule>] = [
            .init("law", \.law, "The rule."),
            .init("provenance", \.provenance, "Where its numbers come from."),
            .init("source", \.source, "Their source."),
            .init("batch_tokens", \.batchTokens, "Tokens of a batch.", presence: .readIfPresent),
            .init("learning_rate", \.learningRate, "The peak learning rate.", presence: .readIfPresent),
            .init("weight_decay", \.weightDecay, "The weight decay of AdamW.", presence: .writtenIfSet),
            .init("epochs", \.epochs, "Passes over the unique tokens.", presence: .writtenIfSet),
            .init("extrapolation", \.extrapolation, "The distance of the run outside its range, as a factor."),
        ]
    }
}
