/// Where a text of characters beyond ASCII may be cut because no token of a vocabulary reaches across.
///
/// Byte-level tokens that span the place between two characters are few: 832 pairs of characters in cl100k, 20,555 in
/// Qwen's. Everywhere else what lies before and behind is merged apart with the same result, so that a long pretoken
/// of Chinese becomes a few short ones that the memo mostly knows. Tokens that hold only a part of either character
/// are kept as such, and compared with that part.
struct CharacterSeams: Sendable {
    /// The fragments before and behind each place inside a token, in the upper and the lower half.
    private var pairs: [UInt64]
    private var used = 0
    /// The last bytes of fragments that are the end of a character, and the first of those that are a beginning.
    private var partialEnds = [Bool](repeating: false, count: 256)
    private var partialStarts = [Bool](repeating: false, count: 256)

    /// Learns the seams of a vocabulary.
    init(_ tokens: some Sequence<[UInt8]>) {
        pairs = [UInt64](repeating: 0, count: 1 << 10)
        for token in tokens where token.count > 1 {
            for place in 1..<token.count where token[place] >= 0xC0 && token[place - 1] >= 0x80 {
                var start = place - 1
                while start > 0, token[start] & 0xC0 == 0x80, place - start < 4 { start -= 1 }
                let end = min(place + CharacterCut.length(token[place]), token.count)
                let left = Self.pack(token[start..<place])
                let right = Self.pack(token[place..<end])
                if token[start] & 0xC0 == 0x80 { partialEnds[Int(token[place - 1])] = true }
                if end - place < CharacterCut.length(token[place]) { partialStarts[Int(token[place])] = true }
                insert(left << 32 | right)
            }
        }
    }

    private static func pack(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func hash(_ pair: UInt64) -> UInt64 {
        let product = pair.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    private mutating func insert(_ pair: UInt64) {
        guard !contains(pair) else { return }
        if used * 4 >= pairs.count {
            let old = pairs.filter { $0 != 0 }
            pairs = [UInt64](repeating: 0, count: pairs.count * 2)
            for pair in old { place(pair) }
        }
        place(pair)
        used += 1
    }

    private mutating func place(_ pair: UInt64) {
        var index = Int(Self.hash(pair) & UInt64(pairs.count - 1))
        while pairs[index] != 0 { index = (index + 1) & (pairs.count - 1) }
        pairs[index] = pair
    }

    @inline(__always)
    private func contains(_ pair: UInt64) -> Bool {
        var index = Int(truncatingIfNeeded: Self.hash(pair) & UInt64(pairs.count - 1))
        while pairs[index] != 0 {
            if pairs[index] == pair { return true }
            index = (index + 1) & (pairs.count - 1)
        }
        return false
    }

    /// Whether some token reaches across the place between two characters, given by their bytes packed in a number.
    @inline(__always)
    func areJoined(_ left: UInt64, _ leftLength: Int, _ right: UInt64, _ rightLength: Int) -> Bool {
        if contains(left << 32 | right) { return true }
        let end = partialEnds[Int(left & 0xFF)]
        let start = partialStarts[Int(truncatingIfNeeded: right &>> UInt64(8 * (rightLength - 1)))]
        return (end || start) && arePartlyJoined(left, leftLength, right, rightLength)
    }

    @inline(never)
    private func arePartlyJoined(_ left: UInt64, _ leftLength: Int, _ right: UInt64, _ rightLength: Int) -> Bool {
        for ending in 1...leftLength {
            let tail = ending == leftLength ? left : left & (1 << UInt64(8 * ending) - 1)
            for beginning in 1...rightLength {
                let head = right >> UInt64(8 * (rightLength - beginning))
                if contains(tail << 32 | head) { return true }
            }
        }
        return false
    }
}
