/// A tokenizer that follows its `tokenizer.json` step for step: normalizers, added tokens, pretokenizers, a model.
///
/// The kinds of most models are counted by ``TokenizerModel`` and ``PieceModel``, which are faster.
final class PipelineModel: Sendable {
    /// The method that turns pieces into tokens.
    enum Words: Sendable {
        /// Merging by a list of pairs over bytes.
        case bytes(MergeList, CharacterSeams)
        /// Merging by a list of pairs over characters.
        case characters(SpelledMerges)
        /// The same where pieces are whole texts and spaces are U+2581 in all of them.
        case stretches(SpelledMerges, NeighbourTable)
        case unigram(UnigramVocabulary)
        case wordPiece(WordPieceVocabulary)
        case wordLevel
    }

    let normalizer: TextNormalizer?
    let addedTokens: AddedTokens?
    let steps: [PretokenizerStep]
    let words: Words
    let vocabularySize: Int

    init(
        normalizer: TextNormalizer?, addedTokens: AddedTokens?, steps: [PretokenizerStep], words: Words,
        vocabularySize: Int
    ) {
        self.normalizer = normalizer
        self.addedTokens = addedTokens.flatMap { $0.isEmpty ? nil : $0 }
        self.steps = steps
        self.words = words
        self.vocabularySize = vocabularySize
    }

    /// The kind of tokenizer, in a word or two.
    var family: String {
        switch words {
        case .bytes: "byte-level bpe"
        case .characters, .stretches: "bpe"
        case .unigram: "unigram"
        case .wordPiece: "wordpiece"
        case .wordLevel: "wordlevel"
        }
    }

    /// The changes to a text before it is cut, in the words of ``TokenizationPolicy/normalization``.
    var normalization: String {
        let addsSpace = steps.contains { step in
            switch step {
            case .byteLevel(addsSpace: true, _, _): true
            case .metaspace(_, let scheme, _): scheme != .never
            default: false
            }
        }
        let name = normalizer?.name ?? "none"
        return addsSpace ? (name == "none" ? "space_prefix" : name + "+space_prefix") : name
    }

    func makeSession() -> any TokenCountingSession {
        switch words {
        case .bytes(let list, let seams): session(PretokenCounts(list.rules, seams: seams))
        case .characters(let merges): session(WordCounts(MergedWords(merges.rules, window: merges.window)))
        case .stretches(let merges, let neighbours): session(StretchCounts(merges, neighbours))
        case .unigram(let vocabulary): session(WordCounts(UnigramWords(vocabulary)))
        case .wordPiece(let vocabulary): session(WordCounts(WordPieceWords(vocabulary)))
        case .wordLevel: session(WholeWords())
        }
    }

    // Inlined so that each case is compiled for its own way of counting.
    @inline(__always)
    private func session<Words: WordCounting & ~Copyable>(_ words: consuming Words) -> any TokenCountingSession {
        // The engine keeps the model alive, and with it the memory that the rules point to.
        var engine = PipelineEngine(self, words)
        let front = TextFront(composes: nil, addedTokens: addedTokens, normalizer: normalizer)
        return DocumentSession(front: front) { bytes, length, origin in engine.count(bytes, length, origin) }
    }
}
