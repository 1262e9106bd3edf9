/// A vocabulary of the kind Unigram in a `tokenizer.json`: the segmentation of the highest score.
///
/// The rules are those of `Unigram::encode_optimized` in tokenizers 0.23.3: sums in double precision, the first of
/// equal paths, unknown characters in a row as one token, and byte tokens if the model has byte fallback.
final class UnigramVocabulary: Sendable {
    /// The penalty of a character that is no token, below the lowest score of all (`K_UNK_PENALTY`).
    private static let unknownPenalty = 10.0

    fileprivate let trie: PieceTrie
    fileprivate let scores: [Double]
    fileprivate let unknown: Int
    fileprivate let unknownScore: Double
    /// Whether a byte has a token to fall back on; `nil` without fallback.
    fileprivate let fallback: [Bool]?

    init(tokens: [[UInt8]], scores: [Double], unknown: Int, fallsBackToBytes: Bool) {
        trie = PieceTrie(tokens)
        self.scores = scores
        self.unknown = unknown
        unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
        let names = Set(fallsBackToBytes ? tokens : [])
        fallback = fallsBackToBytes ? (UInt8.min...UInt8.max).map { names.contains(PieceList.byteName($0)) } : nil
    }
}

/// Counts words by the best path through all tokens.
struct UnigramWords: WordModel {
    private struct Node {
        var score = 0.0
        /// The start of the best token that ends here; -1 before one is found.
        var start: Int32 = -1
        var token: Int32 = 0
    }

    private let vocabulary: UnigramVocabulary
    private var nodes: [Node] = []

    init(_ vocabulary: UnigramVocabulary) { self.vocabulary = vocabulary }

    mutating func countAnew(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        let text = UnsafeBufferPointer(start: bytes, count: length)
        nodes.removeAll(keepingCapacity: true)
        nodes.append(contentsOf: repeatElement(Node(), count: length + 1))
        nodes.withUnsafeMutableBufferPointer { nodes in
            var start = 0
            while start < length {
                let scoreHere = nodes[start].score
                let characterEnd = start + CharacterCut.length(text[start])
                var hasSingle = false
                vocabulary.trie.forEachPrefix(of: text, from: start) { token, end in
                    let candidate = vocabulary.scores[token] + scoreHere
                    if nodes[end].start < 0 || candidate > nodes[end].score {
                        nodes[end] = Node(
                            score: candidate, start: Int32(truncatingIfNeeded: start),
                            token: Int32(truncatingIfNeeded: token))
                    }
                    if end == characterEnd { hasSingle = true }
                }
                if !hasSingle {
                    let candidate = vocabulary.unknownScore + scoreHere
                    if nodes[characterEnd].start < 0 || candidate > nodes[characterEnd].score {
                        nodes[characterEnd] = Node(
                            score: candidate, start: Int32(truncatingIfNeeded: start),
                            token: Int32(truncatingIfNeeded: vocabulary.unknown))
                    }
                }
                start = characterEnd
            }
        }
        return tokens(text)
    }

    private func tokens(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var total = 0
        var end = text.count
        var unknownEnd = -1
        while end > 0 {
            let node = nodes[end]
            if node.token == vocabulary.unknown {
                if unknownEnd < 0 { unknownEnd = end }
            } else {
                if unknownEnd >= 0 { total += unknownTokens(text, end, unknownEnd) }
                unknownEnd = -1
                total += 1
            }
            end = Int(node.start)
        }
        return unknownEnd >= 0 ? total + unknownTokens(text, 0, unknownEnd) : total
    }

    /// The tokens of a run of unknown characters.
    private func unknownTokens(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        guard let fallback = vocabulary.fallback else { return 1 }
        var isToken = false
        vocabulary.trie.forEachPrefix(of: text, from: start) { _, to in if to == end { isToken = true } }
        guard !isToken, text[start..<end].allSatisfy({ fallback[Int($0)] }) else { return 1 }
        return end - start
    }
}
