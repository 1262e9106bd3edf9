/// The places where a text of characters beyond ASCII may be cut, because no token of a vocabulary spans them.
///
/// Few byte-level tokens span the place between two characters: 832 pairs of characters in cl100k, 20,555 in Qwen's. At
/// all other places the parts before and after can be merged separately with the same result. So a long pretoken of
/// Chinese becomes a few short ones, most of them in the memo. Tokens with only a part of a character are recorded with
/// that part, and compared with that part.
struct CharacterSeams: Sendable {
    /// The fragments before and after each place inside a token, in the upper and the lower half.
    private var pairs: [UInt64]
    private var used = 0
    /// The fragments that come before the beginning of a character in some token, and those that come after the end of
    /// one.
    private var beforePartial = FragmentFilter()
    private var behindPartial = FragmentFilter()

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
                if token[start] & 0xC0 == 0x80 { behindPartial.insert(right) }
                if end - place < CharacterCut.length(token[place]) { beforePartial.insert(left) }
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
        contains(left << 32 | right)
            || (mayBePartlyJoined(left, leftLength, right, rightLength)
                && arePartlyJoined(left, leftLength, right, rightLength))
    }

    @inline(__always)
    private func mayBePartlyJoined(_ left: UInt64, _ leftLength: Int, _ right: UInt64, _ rightLength: Int) -> Bool {
        var mayBe = false
        for ending in 1...leftLength { mayBe = mayBe || beforePartial.mayContain(Self.tail(left, ending)) }
        for beginning in 1...rightLength {
            mayBe = mayBe || behindPartial.mayContain(Self.head(right, rightLength, beginning))
        }
        return mayBe
    }

    @inline(never)
    private func arePartlyJoined(_ left: UInt64, _ leftLength: Int, _ right: UInt64, _ rightLength: Int) -> Bool {
        for ending in 1...leftLength {
            for beginning in 1...rightLength
            where contains(Self.tail(left, ending) << 32 | Self.head(right, rightLength, beginning)) { return true }
        }
        return false
    }

    /// The last bytes of a character.
    @inline(__always)
    private static func tail(_ character: UInt64, _ count: Int) -> UInt64 {
        character & ((1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1)
    }

    /// The first bytes of a character of that many.
    @inline(__always)
    private static func head(_ character: UInt64, _ length: Int, _ count: Int) -> UInt64 {
        character &>> UInt64(truncatingIfNeeded: 8 &* (length &- count))
    }
}

/// A set of fragments of characters with false positives: it may contain some that were not added.
private struct FragmentFilter: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1 << 10)

    @inline(__always)
    private static func place(_ fragment: UInt64) -> UInt64 { (fragment &* 0x9E37_79B9_7F4A_7C15) &>> 48 }

    mutating func insert(_ fragment: UInt64) {
        let place = Self.place(fragment)
        bits[Int(place >> 6)] |= 1 << (place & 63)
    }

    @inline(__always)
    func mayContain(_ fragment: UInt64) -> Bool {
        let place = Self.place(fragment)
        return bits[Int(truncatingIfNeeded: place &>> 6)] &>> (place & 63) & 1 != 0
    }
}
