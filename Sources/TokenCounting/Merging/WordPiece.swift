/// A vocabulary of the kind WordPiece: the longest token that a word begins with, then the longest that continues it.
final class WordPieceVocabulary: Sendable {
    /// Tokens that begin a word.
    fileprivate let first: PieceTrie
    /// Tokens that continue a word, without their mark.
    fileprivate let further: PieceTrie
    /// The most code points of a word; a longer one is unknown.
    fileprivate let longest: Int

    init(tokens: [[UInt8]], prefix: [UInt8], longest: Int) {
        first = PieceTrie(tokens)
        // Without a mark every token does both.
        further =
            prefix.isEmpty
            ? first : PieceTrie(tokens.filter { $0.starts(with: prefix) }.map { Array($0.dropFirst(prefix.count)) })
        self.longest = longest
    }
}

/// Counts words by WordPiece; a word with a part that is no token is one unknown token.
struct WordPieceWords: WordModel {
    private let vocabulary: WordPieceVocabulary

    init(_ vocabulary: WordPieceVocabulary) { self.vocabulary = vocabulary }

    mutating func countAnew(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        let text = UnsafeBufferPointer(start: bytes, count: length)
        guard text.lazy.filter({ $0 & 0xC0 != 0x80 }).count <= vocabulary.longest else { return 1 }
        var start = 0
        var count = 0
        while start < length {
            var end = 0
            (start == 0 ? vocabulary.first : vocabulary.further).forEachPrefix(of: text, from: start) { _, to in
                // The reference shortens a word by whole characters.
                if to == length || text[to] & 0xC0 != 0x80 { end = to }
            }
            guard end > start else { return 1 }
            count += 1
            start = end
        }
        return count
    }
}
