import Quantities
import ScalingLaws
import TrainingPlanning

// The model a plan proposes, in its text.

extension Plan {
    /// The proposed model, as lines; empty without one.
    var modelLines: [String] {
        guard let model else { return [] }
        let shape = model.shape
        let embeddings = shape.hasTiedEmbeddings ? "tied embeddings" : "separate output embeddings"
        let vocabulary =
            Quantity.grouped(shape.vocabularySize)
            + (shape.vocabularySize == ModelFamily.defaultVocabularySize ? " unless --vocabulary-size says other" : "")
        var lines = [
            "",
            "A model to build (\(shape.architecture.rawValue), vocabulary of \(vocabulary), "
                + "\(embeddings), context of "
                + "\(Quantity.grouped(shape.contextLength))):",
            "  \(Quantity.count(shape.layers, "layer")), width \(Quantity.grouped(shape.width)), "
                + "\(Quantity.count(shape.heads, "head")) of "
                + "\(shape.headSize), feed-forward \(Quantity.grouped(shape.feedForwardWidth)); width over layers "
                + Quantity.short(shape.aspectRatio),
            "  \(Quantity.short(Double(shape.parameters))) parameters "
                + "(\(Self.signed(model.sizeError)) from the plan's\(model.countsEmbeddings ? "" : ", embeddings left out")), "
                + "\(Quantity.short(Double(shape.nonEmbeddingParameters))) without embeddings",
            "  \(Quantity.short(model.tokensPerParameter)) training tokens per parameter, "
                + "\(Quantity.short(model.timesChinchilla)) times Chinchilla's "
                + "\(Quantity.short(ModelProposal.chinchillaTokensPerParameter)) (Hoffmann et al. 2022, Table 3)",
        ]
        lines += model.hyperparameters.map { "  " + Self.text($0) }
        return lines
    }

    private static func signed(_ share: Double) -> String {
        let text = Quantity.fixed(abs(share) * 100, decimals: 2) + " %"
        return text == "0.00 %" ? text : (share < 0 ? "−" : "+") + text
    }

    private static func text(_ suggestion: HyperparameterSuggestion) -> String {
        let parts = [
            suggestion.batchTokens.map { "batch of \(Quantity.short($0)) tokens" },
            suggestion.learningRate.map { "peak learning rate \(Quantity.significant($0, digits: 3))" },
        ]
        let range =
            suggestion.extrapolation > 1
            ? "outside its range by a factor of \(Quantity.significant(suggestion.extrapolation, digits: 2))"
            : "inside its range"
        return parts.compactMap { $0 }.joined(separator: ", ")
            + " by \(suggestion.law) (\(suggestion.provenance.kind.rawValue), \(range))"
    }
}
