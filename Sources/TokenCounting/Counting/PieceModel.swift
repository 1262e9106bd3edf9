/// A tokenizer of SentencePiece's kind: no pattern, spaces are letters written U+2581.
final class PieceModel: Sendable {
    /// How symbols merge.
    enum Merging: Sendable {
        /// By score: the pieces, and whether unknown characters fall back to bytes.
        case scores(TokenTable, fallsBackToBytes: Bool)
        /// By a list of pairs.
        case pairs(MergeList)
        /// Not at all: the best path through all pieces.
        case lattice(PieceLattice)
    }

    let merging: Merging
    let normalizer: PieceNormalizer
    /// Strings that are tokens at any place.
    let userDefined: TokenFinder
    /// Which characters are adjacent in some piece.
    let neighbours: NeighbourTable
    let vocabularySize: Int
    /// Whether a single U+2581 is a piece.
    let spaceIsPiece: Bool
    /// Whether user-defined strings are looked for in a text whose U+2581 are all written as spaces.
    let userDefinedHasSpaces: Bool

    init(
        merging: Merging, pieces: some Sequence<[UInt8]>, normalizer: PieceNormalizer, userDefined: TokenFinder,
        userDefinedHasSpaces: Bool = false, vocabularySize: Int
    ) {
        self.merging = merging
        self.normalizer = normalizer
        self.userDefined = userDefined
        self.userDefinedHasSpaces = userDefinedHasSpaces
        self.vocabularySize = vocabularySize
        neighbours = NeighbourTable(pieces)
        spaceIsPiece = pieces.contains { $0 == PieceList.space }
    }

    func makeSession() -> any TokenCountingSession {
        switch merging {
        case .scores(let table, let fallsBackToBytes):
            session(
                PieceRules(pieces: table.lookup, fallsBackToBytes: fallsBackToBytes), cutsFurther: fallsBackToBytes)
        case .pairs(let list): session(list.rules, cutsFurther: true)
        case .lattice(let lattice): session(lattice)
        }
    }

    // Inlined so that each case is compiled for its own rules.
    @inline(__always)
    private func session<Rules: MergeRules>(_ rules: Rules, cutsFurther: Bool) -> any TokenCountingSession {
        // The engine keeps the model alive, and with it the memory that the rules point to.
        var engine = PieceEngine(rules, self, cutsFurther: cutsFurther)
        return DocumentSession(front: TextFront(composes: nil, addedTokens: nil)) { bytes, length, _ in
            engine.count(UnsafeBufferPointer(start: bytes, count: length))
        }
    }

    private func session(_ lattice: PieceLattice) -> any TokenCountingSession {
        var engine = LatticeEngine(lattice, normalizer)
        return DocumentSession(front: TextFront(composes: nil, addedTokens: nil)) { bytes, length, _ in
            engine.count(UnsafeBufferPointer(start: bytes, count: length))
        }
    }
}

/// The pairs of characters that are adjacent within some piece, with U+2581 as a space.
///
/// If two adjacent characters of a text form no such pair, no piece spans the place between them. The parts before and
/// after that place can then be counted separately, with the same merges.
struct NeighbourTable: Sendable {
    private var slots: [UInt64]
    private var used = 0
    /// The last bytes of characters that are before a space in some piece: places not to cut at.
    private(set) var beforeSpace = [Bool](repeating: false, count: 256)

    init(_ pieces: some Sequence<[UInt8]>) {
        slots = [UInt64](repeating: 0, count: 1 << 12)
        for piece in pieces {
            var previous: UInt32?
            var offset = 0
            while offset < piece.count {
                let length = min(CharacterCut.length(piece[offset]), piece.count - offset)
                let character = Self.character(piece, offset, length)
                if let previous {
                    insert(previous, character)
                    if character == 0x20, previous != 0x20 { beforeSpace[Int(piece[offset - 1])] = true }
                }
                previous = character
                offset += length
            }
        }
    }

    /// A character's bytes as a number, U+2581 as a space.
    static func character(_ bytes: some Collection<UInt8>, _ start: Int, _ length: Int) -> UInt32 {
        var code: UInt32 = 0
        for byte in bytes.dropFirst(start).prefix(length) { code = code << 8 | UInt32(byte) }
        return code == 0xE2_96_81 ? 0x20 : code
    }

    private static func hash(_ pair: UInt64) -> UInt64 {
        let product = pair.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    private mutating func insert(_ first: UInt32, _ second: UInt32) {
        guard !contains(first, second) else { return }
        if used * 2 >= slots.count {
            let old = slots.filter { $0 != 0 }
            slots = [UInt64](repeating: 0, count: slots.count * 2)
            for pair in old { place(pair) }
        }
        place(UInt64(first) << 32 | UInt64(second))
        used += 1
    }

    private mutating func place(_ pair: UInt64) {
        var index = Int(Self.hash(pair) & UInt64(slots.count - 1))
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = pair
    }

    /// Whether some piece holds these two side by side.
    @inline(__always)
    func contains(_ first: UInt32, _ second: UInt32) -> Bool {
        let pair = UInt64(first) << 32 | UInt64(second)
        var index = Int(Self.hash(pair) & UInt64(slots.count - 1))
        while slots[index] != 0 {
            if slots[index] == pair { return true }
            index = (index + 1) & (slots.count - 1)
        }
        return false
    }
}
