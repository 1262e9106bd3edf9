public import TrainingPlanning

/// The models to build, and how their compute is counted.
public struct ModelRequest: Sendable {
    /// The kind of decoder.
    public var architecture = ModelArchitecture.llama

    /// Entries of the vocabulary.
    public var vocabularySize = ModelFamily.defaultVocabularySize

    /// Tokens of context that are trained on.
    public var contextLength = ModelFamily.defaultContextLength

    /// Whether the output shares the input's embeddings; `nil` for the architecture's default.
    public var hasTiedEmbeddings: Bool?

    /// Whether compute counts attention and embeddings, instead of 6ND.
    public var countsExactly = false

    /// Creates a request for the usual models.
    public init() {}

    /// The models to build.
    func family() throws -> ModelFamily {
        try ModelFamily(
            architecture, vocabularySize: vocabularySize, contextLength: contextLength,
            hasTiedEmbeddings: hasTiedEmbeddings)
    }

    /// How compute is counted for these models.
    func flopModel(of family: ModelFamily) -> FLOPModel { countsExactly ? .exact(family) : .sixND }
}
