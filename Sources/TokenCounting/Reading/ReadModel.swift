/// The result of a reader: a tokenizer that cuts by a pattern, a SentencePiece tokenizer, or a pipeline of steps.
enum ReadModel: Sendable {
    case pretokens(TokenizerModel)
    case pieces(PieceModel)
    case pipeline(PipelineModel)

    /// The pattern that cuts text before its bytes are merged, if there is such a step.
    var pattern: PretokenPattern? {
        guard case .pretokens(let model) = self else { return nil }
        return model.pattern
    }

    /// The kind of tokenizer, in a word or two.
    var family: String {
        switch self {
        case .pretokens(let model): model.pattern.rawValue
        case .pieces(let model):
            switch model.merging {
            case .scores, .pairs: "sentencepiece bpe"
            case .lattice: "sentencepiece unigram"
            }
        case .pipeline(let model): model.family
        }
    }

    /// The changes to a text before it is cut, in the words of ``TokenizationPolicy/normalization``.
    var normalization: String {
        switch self {
        case .pretokens(let model): model.form == nil ? "none" : "nfc"
        case .pieces(let model): model.normalizer.name
        case .pipeline(let model): model.normalization
        }
    }

    /// The number of tokens.
    var vocabularySize: Int {
        switch self {
        case .pretokens(let model): model.vocabularySize
        case .pieces(let model): model.vocabularySize
        case .pipeline(let model): model.vocabularySize
        }
    }

    func makeSession() -> any TokenCountingSession {
        switch self {
        case .pretokens(let model): model.makeSession()
        case .pieces(let model): model.makeSession()
        case .pipeline(let model): model.makeSession()
        }
    }
}
