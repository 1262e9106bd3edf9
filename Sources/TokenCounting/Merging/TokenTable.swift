internal import CDataWallVector

/// The tokens of a vocabulary by their bytes, with a number each: a rank, or an identifier.
///
/// Immutable after its making and shared by all threads.
// Safe to share though its memory is unsafe: written by only the initialiser, freed by only the deinitialiser.
final class TokenTable: @unchecked Sendable {
    /// The number of tokens, repeated ones included.
    let count: Int
    /// Looks tokens up; only as long as the table lives.
    let lookup: TokenLookup

    /// Builds the table.
    ///
    /// - Parameters:
    ///   - tokens: The tokens' bytes. Of two equal tokens the first is found; empty ones are never found.
    ///   - numbers: A number for each token, below `UInt32.max`.
    init(tokens: [[UInt8]], numbers: [UInt32]) {
        precondition(tokens.count == numbers.count, "one number a token")
        count = tokens.count
        var (brief, long, longBytes, longest) = (0, 0, 0, 0)
        for token in tokens {
            longest = max(longest, token.count)
            if token.count <= TokenLookup.brief {
                brief += 1
            } else if token.count > PackedKey.capacity {
                long += 1
                longBytes += token.count
            }
        }
        lookup = TokenLookup(
            briefSize: Self.size(for: brief), shortSize: Self.size(for: tokens.count - brief - long),
            longSize: Self.size(for: long), arenaSize: longBytes, longest: longest)
        var arenaUsed = 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { padded in
            guard let start = padded.baseAddress else { return }
            for index in tokens.indices where !tokens[index].isEmpty {
                tokens[index].withUnsafeBufferPointer { bytes in
                    guard var first = bytes.baseAddress else { return }
                    if bytes.count < 16 {
                        start.initialize(repeating: 0, count: 16)
                        start.update(from: first, count: bytes.count)
                        first = UnsafePointer(start)
                    }
                    lookup.insert(first, bytes.count, numbers[index], &arenaUsed)
                }
            }
        }
    }

    deinit { lookup.deallocate() }

    private static func size(for count: Int) -> Int {
        var size = 16
        while size < count * 2 { size *= 2 }
        return size
    }
}

/// The memory of a ``TokenTable`` as the hot loops see it: pointers and masks, without reference counting.
///
/// Every index is masked by its table's size, which is a power of two and never full, so that each probe ends.
struct TokenLookup {
    /// The value for bytes that are not a token.
    static let none = UInt32.max

    /// The longest token of the table that merging reads most: the bytes that fit in a word together with their number.
    static let brief = 7

    /// The length of the longest token.
    let longest: Int
    /// The tokens of up to ``brief`` bytes, each in one slot with its value.
    private let briefs: UnsafeMutablePointer<SIMD2<UInt64>>
    private let briefShift: UInt64
    private let briefMask: UInt64
    private let keys: UnsafeMutablePointer<SIMD2<UInt64>>
    private let values: UnsafeMutablePointer<UInt32>
    private let mask: UInt64
    private let longKeys: UnsafeMutablePointer<(hash: UInt64, offset: UInt32, length: UInt32)>
    private let longValues: UnsafeMutablePointer<UInt32>
    private let longMask: UInt64
    private let arena: UnsafeMutablePointer<UInt8>
    private let arenaSize: Int
    /// The values of all two-byte tokens, by first byte and second byte.
    private let pairs: UnsafeMutablePointer<UInt32>

    fileprivate init(briefSize: Int, shortSize: Int, longSize: Int, arenaSize: Int, longest: Int) {
        self.longest = longest
        self.arenaSize = arenaSize
        briefs = LargeMemory.allocate(briefSize, of: SIMD2(0, 0))
        briefMask = UInt64(briefSize - 1)
        briefShift = UInt64(64 - briefSize.trailingZeroBitCount)
        mask = UInt64(shortSize - 1)
        keys = LargeMemory.allocate(shortSize, of: .zero)
        values = LargeMemory.allocate(shortSize, of: Self.none)
        longMask = UInt64(longSize - 1)
        longKeys = .allocate(capacity: longSize)
        longKeys.initialize(repeating: (0, 0, 0), count: longSize)
        longValues = .allocate(capacity: longSize)
        longValues.initialize(repeating: Self.none, count: longSize)
        arena = .allocate(capacity: max(1, arenaSize))
        pairs = .allocate(capacity: 1 << 16)
        pairs.initialize(repeating: Self.none, count: 1 << 16)
    }

    fileprivate func deallocate() {
        briefs.deallocate()
        keys.deallocate()
        values.deallocate()
        longKeys.deallocate()
        longValues.deallocate()
        arena.deallocate()
        pairs.deallocate()
    }

    /// Adds a token unless an equal one is there.
    fileprivate func insert(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ number: UInt32, _ arenaUsed: inout Int) {
        if length > PackedKey.capacity {
            guard findLong(bytes, length) == Self.none else { return }
            (arena + arenaUsed).update(from: bytes, count: length)
            let hash = ByteHash.hash(bytes, length)
            var index = hash & longMask
            while longKeys[Int(index)].length != 0 { index = (index &+ 1) & longMask }
            longKeys[Int(index)] = (hash, UInt32(arenaUsed), UInt32(length))
            longValues[Int(index)] = number
            arenaUsed += length
            return
        }
        if length <= Self.brief {
            let key = Self.briefKey(bytes, length)
            var index = briefPlace(key)
            while briefs[Int(index)][0] != 0 {
                if briefs[Int(index)][0] == key { return }
                index = (index &+ 1) & briefMask
            }
            briefs[Int(index)] = SIMD2(key, UInt64(number))
        } else {
            let key = PackedKey(bytes, length: length)
            var index = key.hash & mask
            while keys[Int(index)][1] != 0 {
                if keys[Int(index)] == SIMD2(key.low, key.high) { return }
                index = (index &+ 1) & mask
            }
            keys[Int(index)] = SIMD2(key.low, key.high)
            values[Int(index)] = number
        }
        if length == 2 { pairs[Int(bytes[0]) << 8 | Int(bytes[1])] = number }
    }

    /// The bytes of memory held.
    var footprint: Int {
        (Int(briefMask) + 1) * 16 + (Int(mask) + 1) * 20 + (Int(longMask) + 1) * 20 + arenaSize + (1 << 18)
    }

    @inline(__always)
    private static func briefKey(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        let bits = UInt64(truncatingIfNeeded: length) &<< 3
        return word & ((1 &<< bits) &- 1) | UInt64(truncatingIfNeeded: length) &<< 56
    }

    @inline(__always)
    private func briefPlace(_ key: UInt64) -> UInt64 {
        (key &* 0x9E37_79B9_7F4A_7C15) &>> briefShift
    }

    /// The number of a token of one to ``brief`` bytes, or ``none``.
    @inline(__always)
    private func findBrief(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        let key = Self.briefKey(bytes, length)
        let index = briefPlace(key)
        return goOn(key, index, briefs[Int(truncatingIfNeeded: index)])
    }

    /// The numbers of the tokens that equal two stretches of bytes, or ``none`` for either, as ``find(_:_:)``.
    ///
    /// Most of the time of a merge is spent waiting for the table, so both slots are loaded before either is compared.
    @inline(__always)
    func find(
        _ first: UnsafePointer<UInt8>, _ firstLength: Int, _ second: UnsafePointer<UInt8>, _ secondLength: Int
    ) -> (UInt32, UInt32) {
        guard firstLength <= Self.brief, secondLength <= Self.brief else {
            return (find(first, firstLength), find(second, secondLength))
        }
        let keys = (Self.briefKey(first, firstLength), Self.briefKey(second, secondLength))
        let places = (briefPlace(keys.0), briefPlace(keys.1))
        let slots = (briefs[Int(truncatingIfNeeded: places.0)], briefs[Int(truncatingIfNeeded: places.1)])
        return (goOn(keys.0, places.0, slots.0), goOn(keys.1, places.1, slots.1))
    }

    /// Looks for a key, starting at a slot.
    @inline(__always)
    private func goOn(_ key: UInt64, _ place: UInt64, _ first: SIMD2<UInt64>) -> UInt32 {
        var index = place
        var slot = first
        while true {
            if slot[0] == key { return UInt32(truncatingIfNeeded: slot[1]) }
            if slot[0] == 0 { return Self.none }
            index = (index &+ 1) & briefMask
            slot = briefs[Int(truncatingIfNeeded: index)]
        }
    }

    /// The number of a token of ``brief`` to 15 bytes, or ``none``.
    @inline(__always)
    private func find(_ key: PackedKey) -> UInt32 {
        var index = key.hash & mask
        while true {
            let found = keys[Int(truncatingIfNeeded: index)]
            if (found[0] ^ key.low) | (found[1] ^ key.high) == 0 { return values[Int(truncatingIfNeeded: index)] }
            if found[1] == 0 { return Self.none }
            index = (index &+ 1) & mask
        }
    }

    /// The number of a two-byte token, or ``none``.
    @inline(__always)
    func find(_ first: UInt8, _ second: UInt8) -> UInt32 {
        pairs[Int(first) &<< 8 | Int(second)]
    }

    /// The number of the token that equals these bytes, or ``none``.
    ///
    /// - Parameters:
    ///   - bytes: The bytes; 16 must be readable even if there are fewer.
    ///   - length: Their number; at least 1.
    /// - Returns: The token's number.
    @inline(__always)
    func find(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        if length <= Self.brief { return findBrief(bytes, length) }
        if length <= PackedKey.capacity { return find(PackedKey(bytes, length: length)) }
        if length > longest { return Self.none }
        return findLong(bytes, length)
    }

    /// Prefetches the memory that ``find(_:_:)`` of up to 15 bytes reads first.
    @inline(__always)
    func expect(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if length <= Self.brief {
            datawall_prefetch(briefs + Int(truncatingIfNeeded: briefPlace(Self.briefKey(bytes, length))))
        } else if length <= PackedKey.capacity {
            let place = Int(truncatingIfNeeded: PackedKey(bytes, length: length).hash & mask)
            datawall_prefetch(keys + place)
            datawall_prefetch(values + place)
        }
    }

    private func findLong(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        let hash = ByteHash.hash(bytes, length)
        var index = hash & longMask
        while true {
            let found = longKeys[Int(truncatingIfNeeded: index)]
            if found.length == 0 { return Self.none }
            if found.hash == hash, Int(found.length) == length {
                let token = UnsafeBufferPointer(start: arena + Int(found.offset), count: length)
                if token.elementsEqual(UnsafeBufferPointer(start: bytes, count: length)) {
                    return longValues[Int(truncatingIfNeeded: index)]
                }
            }
            index = (index &+ 1) & longMask
        }
    }
}
