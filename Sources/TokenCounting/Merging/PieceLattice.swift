/// SentencePiece's Unigram segmentation: the pieces of a text with the largest sum of scores (Kudo 2018, "Subword
/// regularization", section 3).
///
/// Sums are kept as the reference implementation keeps them, in single precision along the whole text, since two
/// segmentations may differ by less than that; so a text's pretokens are not remembered one by one.
// Safe to share: immutable after its making.
final class PieceLattice: Sendable {
    /// The penalty of a character that is no piece, below the lowest score of all (`kUnkPenalty`).
    private static let unknownPenalty: Float = 10
    /// When a path's sum passes this threshold, sums start afresh from it (`kScoreResetThreshold`).
    private static let resetThreshold: Float = 100_000

    private let trie: PieceTrie
    private let scores: [Float]
    private let isUserDefined: [Bool]
    private let unknownScore: Float
    /// The bytes of the longest piece, or of the longest character.
    private let longest: Int
    /// Whether a character that is no piece becomes one token a byte; otherwise it is unknown.
    private let fallsBackToBytes: Bool

    /// Builds the lattice's dictionary.
    init(pieces: [(bytes: [UInt8], score: Float, isUserDefined: Bool)], normalScores: [Float], fallsBackToBytes: Bool) {
        trie = PieceTrie(pieces.map(\.bytes))
        scores = pieces.map(\.score)
        longest = max(4, pieces.lazy.map(\.bytes.count).max() ?? 0)
        isUserDefined = pieces.map(\.isUserDefined)
        unknownScore = (normalScores.min() ?? 0) - Self.unknownPenalty
        self.fallsBackToBytes = fallsBackToBytes
    }

    private struct Node {
        var score: Float = 0
        /// The start of the best piece that ends here; -1 before one is found.
        var start: Int32 = -1
        var isUnknown = false
    }

    /// The number of tokens of a normalised text.
    ///
    /// - Complexity: O(*n* · *m*) in the text's bytes and the longest piece's.
    func count(_ text: [UInt8]) -> Int {
        guard !text.isEmpty else { return 0 }
        var nodes = [Node](repeating: Node(), count: text.count + 1)
        text.withUnsafeBufferPointer { text in
            var start = 0
            while start < text.count {
                var scoreHere = nodes[start].score
                if abs(scoreHere) > Self.resetThreshold {
                    // No path ends further ahead than the longest piece reaches.
                    for index in start...min(start + longest, text.count)
                    where index == start || nodes[index].start != -1 {
                        nodes[index].score -= scoreHere
                    }
                    scoreHere = 0
                }
                let characterEnd = min(start + CharacterCut.length(text[start]), text.count)
                var hasSingle = false
                trie.forEachPrefix(of: text, from: start) { piece, end in
                    let score = isUserDefined[piece] ? Float(0.1 * Double(end - start - 1)) : scores[piece]
                    let candidate = score + scoreHere
                    if nodes[end].start == -1 || candidate > nodes[end].score {
                        nodes[end] = Node(score: candidate, start: Int32(truncatingIfNeeded: start))
                    }
                    if end == characterEnd { hasSingle = true }
                }
                if !hasSingle {
                    let candidate = unknownScore + scoreHere
                    if nodes[characterEnd].start == -1 || candidate > nodes[characterEnd].score {
                        nodes[characterEnd] = Node(
                            score: candidate, start: Int32(truncatingIfNeeded: start), isUnknown: true)
                    }
                }
                start = characterEnd
            }
        }
        var total = 0
        var end = text.count
        var precedesUnknown = false
        while end > 0 {
            let node = nodes[end]
            let start = Int(node.start)
            if !node.isUnknown {
                total += 1
            } else if fallsBackToBytes {
                total += end - start
            } else if !precedesUnknown {
                total += 1
            }
            precedesUnknown = node.isUnknown
            end = start
        }
        return total
    }
}

/// Finds all pieces that start at a place in a text.
struct PieceTrie: Sendable {
    /// Edges by parent and byte, in an open-addressing table.
    private var edges: [UInt64]
    private var targets: [UInt32]
    /// The piece that ends at each node, or -1.
    private var pieces: [Int32] = [-1]
    private var used = 0

    init(_ strings: [[UInt8]]) {
        edges = [UInt64](repeating: .max, count: 1 << 12)
        targets = [UInt32](repeating: 0, count: 1 << 12)
        for (piece, string) in strings.enumerated() where !string.isEmpty {
            var node = 0
            for byte in string { node = child(of: node, byte) ?? addChild(of: node, byte) }
            if pieces[node] < 0 { pieces[node] = Int32(piece) }
        }
    }

    private static func key(_ node: Int, _ byte: UInt8) -> UInt64 { UInt64(node) << 8 | UInt64(byte) }

    private func slot(_ key: UInt64) -> Int {
        let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        var index = Int(truncatingIfNeeded: (product.high ^ product.low) & UInt64(edges.count - 1))
        while edges[index] != key, edges[index] != .max { index = (index + 1) & (edges.count - 1) }
        return index
    }

    private func child(of node: Int, _ byte: UInt8) -> Int? {
        let slot = slot(Self.key(node, byte))
        return edges[slot] == .max ? nil : Int(targets[slot])
    }

    private mutating func addChild(of node: Int, _ byte: UInt8) -> Int {
        if used * 2 >= edges.count {
            let old = zip(edges, targets).filter { $0.0 != .max }
            edges = [UInt64](repeating: .max, count: edges.count * 2)
            targets = [UInt32](repeating: 0, count: edges.count)
            for (edge, target) in old {
                let slot = slot(edge)
                edges[slot] = edge
                targets[slot] = target
            }
        }
        let slot = slot(Self.key(node, byte))
        edges[slot] = Self.key(node, byte)
        targets[slot] = UInt32(pieces.count)
        used += 1
        pieces.append(-1)
        return pieces.count - 1
    }

    /// Calls `body` with each piece that starts at an offset, shortest first, and with its end.
    @inline(__always)
    func forEachPrefix(of text: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Int, Int) -> Void) {
        var node = 0
        var offset = start
        while offset < text.count, let next = child(of: node, text[offset]) {
            node = next
            offset += 1
            if pieces[node] >= 0 { body(Int(pieces[node]), offset) }
        }
    }
}
