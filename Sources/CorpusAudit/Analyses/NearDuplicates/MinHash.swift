import CDataWallVector

/// The minima of sets of numbers under the permutations of ``NearMethod``.
///
/// Permutation *i* maps *h* to *a*ᵢ·*h* + *b*ᵢ modulo 2³². The constants are those of SplitMix64 with the seed
/// 0x6461746177616C6C (“datawall”): *a*ᵢ is the lower 32 bits of its *i*-th number, with the lowest bit set, and *b*ᵢ
/// is the upper 32 bits.
struct MinHash: ~Copyable {
    private static let count = NearMethod.minima

    private let path: NearSignature.Path
    /// The factors, the summands and the minima, `count` each.
    ///
    /// Owned: allocated in `init`, freed in `deinit`.
    private let memory: UnsafeMutablePointer<UInt32>

    /// Creates minima of the empty set: all bits set.
    ///
    /// - Parameter path: A path that this processor supports; the fastest one replaces any other.
    init(path: NearSignature.Path = .fastest) {
        self.path = path.isSupported ? path : .fastest
        memory = .allocate(capacity: 3 * Self.count)
        var state: UInt64 = 0x6461_7461_7761_6C6C
        for index in 0..<Self.count {
            let number = Self.next(&state)
            (memory + index).initialize(to: UInt32(truncatingIfNeeded: number) | 1)
            (memory + Self.count + index).initialize(to: UInt32(truncatingIfNeeded: number >> 32))
        }
        (memory + 2 * Self.count).initialize(repeating: .max, count: Self.count)
    }

    deinit { memory.deallocate() }

    /// The next number of SplitMix64.
    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }

    /// The minima since the last ``removeAll()``, until the next change.
    var minima: UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: memory + 2 * Self.count, count: Self.count)
    }

    /// Returns to the minima of the empty set.
    mutating func removeAll() { (memory + 2 * Self.count).update(repeating: .max, count: Self.count) }

    /// Adds numbers to the set.
    mutating func insert(_ numbers: UnsafeBufferPointer<UInt32>) {
        guard let start = numbers.baseAddress else { return }
        let (factors, summands, minima) = (memory, memory + Self.count, memory + 2 * Self.count)
        switch path {
        case .avx2: datawall_minhash_avx2(start, numbers.count, factors, summands, minima)
        case .plain:
            for index in 0..<Self.count {
                let (factor, summand) = (factors[index], summands[index])
                var least = minima[index]
                for number in 0..<numbers.count { least = min(least, factor &* start[number] &+ summand) }
                minima[index] = least
            }
        }
    }
}
