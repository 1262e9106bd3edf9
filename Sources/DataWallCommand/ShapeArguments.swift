public import ArgumentParser
public import DataWallKit

/// The models to build: their kind, vocabulary and context.
struct ShapeArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Entries of the vocabulary; GPT-2's 50,257 where not given.", valueName: "n"))
    var vocabularySize: ReadableQuantity?

    @Option(help: ArgumentHelp("Tokens of context that are trained on; 2,048 where not given.", valueName: "n"))
    var contextLength: ReadableQuantity?

    @Option(help: ArgumentHelp("The kind of decoder: llama or gpt.", valueName: "kind"))
    var architecture: ModelArchitecture = .llama

    @Option(help: ArgumentHelp("Whether the output shares the input's embeddings: tied or untied.", valueName: "how"))
    var embeddings: Embeddings?

    @Option(
        name: .customLong("flop-model"),
        help: ArgumentHelp("How compute is counted: 6ND, or exact with attention and embeddings.", valueName: "count"))
    var count: Count = .sixND

    /// Whether the output shares the input's embeddings.
    enum Embeddings: String, ExpressibleByArgument, CaseIterable {
        case tied, untied
    }

    /// How compute is counted.
    enum Count: String, ExpressibleByArgument, CaseIterable {
        case sixND = "6ND"
        case exact

        init?(argument: String) {
            switch argument.lowercased() {
            case "6nd": self = .sixND
            case "exact": self = .exact
            default: return nil
            }
        }
    }

    var request: ModelRequest {
        var request = ModelRequest()
        request.architecture = architecture
        if let size = Self.whole(vocabularySize) { request.vocabularySize = size }
        if let length = Self.whole(contextLength) { request.contextLength = length }
        request.hasTiedEmbeddings = embeddings.map { $0 == .tied }
        request.countsExactly = count == .exact
        return request
    }

    /// The whole number that a quantity represents; the family refuses a quantity that is not one, or is too large.
    private static func whole(_ quantity: ReadableQuantity?) -> Int? {
        quantity.map { Int(exactly: $0.value.rounded()) ?? ($0.value > 0 ? .max : 0) }
    }
}

extension ModelArchitecture: ExpressibleByArgument {}
