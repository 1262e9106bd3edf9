import Quantities
import ScalingLaws

/// Models of one architecture, vocabulary and context at every size, in the proportions that published models have.
///
/// ```swift
/// let shape = try ModelFamily(vocabularySize: 32_000).shape(parameters: 7e9)
/// print(shape.layers, shape.width, shape.heads)
/// ```
public struct ModelFamily: Sendable, Hashable {
    /// The kind of decoder.
    public let architecture: ModelArchitecture

    /// Entries of the vocabulary.
    public let vocabularySize: Int

    /// Tokens of context that are trained on.
    public let contextLength: Int

    /// Whether the output shares the input's embeddings.
    public let hasTiedEmbeddings: Bool

    /// The default vocabulary size: that of GPT-2, which the laws of Kaplan and others (arXiv:2001.08361) and of
    /// Muennighoff and others (arXiv:2305.16264) were fitted with.
    public static let defaultVocabularySize = 50_257

    /// The default context length, in tokens: that of GPT-3 (arXiv:2005.14165) and LLaMA (arXiv:2302.13971).
    public static let defaultContextLength = 2_048

    /// Creates a family.
    ///
    /// - Parameters:
    ///   - architecture: The kind of decoder.
    ///   - vocabularySize: Entries of the vocabulary.
    ///   - contextLength: Tokens of context that are trained on.
    ///   - hasTiedEmbeddings: Whether the output shares the input's embeddings; `nil` for the architecture's default.
    /// - Throws: A ``PlanningError`` for a vocabulary or context that no model has.
    public init(
        _ architecture: ModelArchitecture = .llama, vocabularySize: Int = defaultVocabularySize,
        contextLength: Int = defaultContextLength, hasTiedEmbeddings: Bool? = nil
    ) throws(PlanningError) {
        guard vocabularySize >= 2, vocabularySize <= 100_000_000 else {
            throw .unusableQuantity(
                "the size of the vocabulary", value: Double(vocabularySize), expected: "from 2 to a hundred million")
        }
        guard contextLength >= 1, contextLength <= 1_000_000_000 else {
            throw .unusableQuantity(
                "the context length", value: Double(contextLength), expected: "from 1 to a billion tokens")
        }
        self.architecture = architecture
        self.vocabularySize = vocabularySize
        self.contextLength = contextLength
        self.hasTiedEmbeddings = hasTiedEmbeddings ?? architecture.usuallyTiesEmbeddings
    }

    /// Width over layers in models of a size: 64 up to 100 million parameters, 128 above 10 billion, and linear in the
    /// logarithms between them.
    ///
    /// A rule of our own between published shapes: GPT-3's (arXiv:2005.14165, Table 2.1) are at 43 to 85 below 3
    /// billion and at 128 for 6.7 billion or more, LLaMA's (arXiv:2302.13971, Table 2) at 102 to 128. The choice
    /// matters little: the loss is almost the same over a wide range of ratios (arXiv:2001.08361, Figure 5).
    ///
    /// - Parameter parameters: The size.
    /// - Returns: The ratio.
    public static func usualAspectRatio(parameters: Double) -> Double {
        let share = (Elementary.log(Swift.max(parameters, 1)) - Elementary.log(1e8)) / Elementary.log(100)
        return 64 * Elementary.exp(Swift.min(1, Swift.max(0, share)) * Elementary.log(2))
    }

    /// The usual width of a head: 128, and 64 or 32 in narrow models.
    static func headSize(forWidth width: Int) -> Int {
        width >= 2_048 ? 128 : width >= 512 ? 64 : 32
    }

    /// The largest difference between a shape's size and the requested size, as a share.
    public static let tolerance = 0.02

    /// How far a shape's aspect ratio may be from the usual one, as a factor.
    static let widestAspect = 3.0

    /// The shape of a size, in usual proportions.
    ///
    /// Widths are whole heads. The number of layers follows from the size. If whole layers miss it, the feed-forward
    /// layers become up to a quarter narrower or wider than usual. Of all shapes within 2 % of the size and near the
    /// usual aspect ratio, the closest to both is taken, with a slight preference for an even number of layers and for
    /// heads in eights, which split evenly over devices.
    ///
    /// - Parameters:
    ///   - parameters: The requested size.
    ///   - countsEmbeddings: Whether that size counts embeddings.
    /// - Returns: The shape.
    /// - Throws: ``PlanningError/infeasible(_:nearest:)`` if no shape fits, usually because the embeddings of the
    ///   vocabulary are too large for a model this small.
    /// - Complexity: O(*w*) in the widths that are tried, some hundred.
    public func shape(parameters: Double, countsEmbeddings: Bool = true) throws(PlanningError) -> ModelShape {
        try PlanningError.check(parameters, "the number of parameters")
        guard parameters <= 1e18 else {
            throw .unusableQuantity("the number of parameters", value: parameters, expected: "at most 1e18")
        }
        func size(_ shape: ModelShape) -> Double {
            Double(countsEmbeddings ? shape.parameters : shape.nonEmbeddingParameters)
        }
        let usual = Self.usualAspectRatio(parameters: parameters)
        var best: (shape: ModelShape, score: Double)?
        func consider(_ shape: ModelShape, penalty: Double) {
            let error = (size(shape) / parameters - 1) / Self.tolerance
            let aspect = Elementary.log(shape.aspectRatio / usual) / Elementary.log(Self.widestAspect)
            guard abs(error) <= 1, abs(aspect) <= 1 else { return }
            var score = error * error + 20 * aspect * aspect + penalty
            if !shape.layers.isMultiple(of: 2) { score += 0.2 }
            if shape.heads > 8, !shape.heads.isMultiple(of: 8) { score += 0.4 }
            if score < best?.score ?? .infinity { best = (shape, score) }
        }
        var width = 32
        // Of N = 12·layers·width², the width is (N·aspect/12)^(1/3) at most, and rounding adds to it.
        let widest = 32 + 1.1 * Elementary.pow(parameters * usual * Self.widestAspect / 12, 1.0 / 3)
        while Double(width) <= widest {
            let head = Self.headSize(forWidth: width)
            let one = ModelShape(
                architecture: architecture, layers: 1, width: width, heads: width / head,
                vocabularySize: vocabularySize, contextLength: contextLength, hasTiedEmbeddings: hasTiedEmbeddings)
            width += width >= 16_384 ? Swift.max(512, width / 64 / 512 * 512) : width >= 4_096 ? 2 * head : head
            let layer = size(one.with(layers: 2)) - size(one)
            let layers = (parameters - size(one)) / layer + 1
            guard layers >= 0.5, layers < 1e5 else { continue }
            for count in Set([Swift.max(1, layers.rounded(.down)), layers.rounded(.up)]).sorted() {
                let shape = one.with(layers: Int(count))
                consider(shape, penalty: 0)
                if let fitted = fitted(shape, missing: parameters - size(shape)) { consider(fitted, penalty: 2) }
            }
        }
        guard let best else {
            throw .infeasible(
                "no model of usual proportions has \(Quantity.short(parameters)) parameters with a vocabulary of "
                    + "\(Quantity.grouped(vocabularySize)): a smaller vocabulary"
                    + (hasTiedEmbeddings ? "" : " or tied embeddings") + " would leave more for the layers",
                nearest: nil)
        }
        return best.shape
    }

    /// A shape whose feed-forward layers are narrower or wider than usual, by at most a quarter, to reach the requested
    /// parameters; `nil` if that is not enough.
    private func fitted(_ shape: ModelShape, missing: Double) -> ModelShape? {
        let step = shape.width < 1_024 ? 32 : 256
        let ofStep = Double(shape.layers * shape.width * step * (architecture == .llama ? 3 : 2))
        let steps = (missing / ofStep).rounded()
        guard steps != 0, abs(steps) * Double(step) <= 0.25 * Double(shape.feedForwardWidth) else { return nil }
        return shape.with(feedForwardWidth: shape.feedForwardWidth + Int(steps) * step)
    }
}
