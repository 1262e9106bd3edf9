/// A list of merges over characters, as in `tokenizer.json` models of the kind BPE without a byte-level alphabet.
///
/// It may have byte fallback, an unknown token, and marks for the parts of words.
final class SpelledMerges: Sendable {
    /// The treatment of a character that is no token.
    enum Unknown: Sendable {
        /// It becomes its bytes' tokens.
        case bytes(InlineArray<256, UInt32>)
        /// It becomes the unknown token; several in a row become one where `fuses`.
        case token(UInt32, fuses: Bool)
        /// It is dropped, and its neighbours become adjacent.
        case dropped
    }

    let pairs: PairTable
    /// All tokens by their spelling.
    let tokens: TokenTable
    /// Characters by their place in a word: first, inside, last, only; all the same without marks.
    let places: [TokenTable]
    let unknown: Unknown
    /// Whether a word that is a token is not cut at all (`ignore_merges`).
    let keepsWholeTokens: Bool
    /// Whether a character's token depends on its place in the word.
    let marksPlaces: Bool

    init(
        pairs: PairTable, tokens: TokenTable, places: [TokenTable], unknown: Unknown, keepsWholeTokens: Bool
    ) {
        self.pairs = pairs
        self.tokens = tokens
        marksPlaces = !places.isEmpty
        self.places = places.isEmpty ? [tokens, tokens, tokens, tokens] : places
        self.unknown = unknown
        self.keepsWholeTokens = keepsWholeTokens
    }

    /// How many bytes are merged at once: all of a word whose ends are marked.
    var window: Int { marksPlaces ? .max : 1 << 10 }

    /// Whether a word may be cut at places that no token spans, and its parts counted separately.
    ///
    /// This is not possible if unknown characters on both sides may form one token, or if dropping a character makes
    /// others adjacent.
    var canBeCut: Bool {
        guard !marksPlaces, !keepsWholeTokens else { return false }
        return switch unknown {
        case .bytes: true
        case .token(_, let fuses): !fuses
        case .dropped: false
        }
    }

    /// The rules; only as long as this lives.
    var rules: SpelledRules { SpelledRules(self) }
}

/// The rules of ``SpelledMerges``.
struct SpelledRules: PairwiseRules {
    let pairs: PairLookup
    let tokens: TokenLookup
    let keepsWholeTokens: Bool
    private let first: TokenLookup
    private let inside: TokenLookup
    private let last: TokenLookup
    private let alone: TokenLookup
    private let byteTokens: InlineArray<256, UInt32>
    private let fallsBack: Bool
    /// The unknown token, or ``TokenLookup/none``.
    private let unknown: UInt32
    private let fuses: Bool

    fileprivate init(_ merges: SpelledMerges) {
        pairs = merges.pairs.lookup
        tokens = merges.tokens.lookup
        first = merges.places[0].lookup
        inside = merges.places[1].lookup
        last = merges.places[2].lookup
        alone = merges.places[3].lookup
        keepsWholeTokens = merges.keepsWholeTokens
        switch merges.unknown {
        case .bytes(let table): (byteTokens, fallsBack, unknown, fuses) = (table, true, TokenLookup.none, false)
        case .token(let token, let fusesThem):
            (byteTokens, fallsBack, unknown, fuses) = (InlineArray(repeating: 0), false, token, fusesThem)
        case .dropped:
            (byteTokens, fallsBack, unknown, fuses) = (InlineArray(repeating: 0), false, TokenLookup.none, false)
        }
    }

    @inline(__always)
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ starts: UnsafeMutablePointer<Int32>,
        _ symbols: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var list = SymbolList(starts, symbols)
        var offset = 0
        var followsUnknown = false
        while offset < length {
            // A window of a long word may begin within a character that fell back to its bytes.
            if fallsBack, bytes[offset] & 0xC0 == 0x80 {
                list.append(bytes: bytes, offset..<offset + 1, byteTokens)
                offset += 1
                continue
            }
            let size = CharacterCut.length(bytes[offset])
            let place =
                offset == 0
                ? (size == length ? alone : first) : (offset + size == length ? last : inside)
            let symbol = place.find(bytes + offset, size)
            if symbol != TokenLookup.none {
                list.append(symbol, at: offset)
                followsUnknown = false
            } else if fallsBack {
                list.append(bytes: bytes, offset..<offset + size, byteTokens)
            } else if unknown != TokenLookup.none, !(fuses && followsUnknown) {
                list.append(unknown, at: offset)
                followsUnknown = true
            }
            offset += size
        }
        return list.end(at: length)
    }

    func lastCut(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int { CharacterCut.last(bytes, offset) }
}
