/// Estimates how much repeats among the units so far, from a sample of the distinct ones.
///
/// It keeps units whose fingerprints end in a number of zero bits, with all their copies counted. When there are too
/// many, it requires one more bit and drops half of them (distinct sampling; Gibbons, VLDB 2001). So any text, however
/// often it comes, is in the sample from its first copy to its last, or never.
struct RepeatSample {
    /// Zero bits a fingerprint must end in before it need be shown to a sample at all.
    static let initialLevel = 6

    private static let capacity = 1 << 15
    private static let leastOccurrences = 1_000

    private var level = Self.initialLevel
    private var copies: [Fingerprint: Int] = [:]
    private var occurrences = 0

    @inline(__always)
    static func mayHold(_ fingerprint: Fingerprint) -> Bool { fingerprint.high & (1 << UInt64(initialLevel) - 1) == 0 }

    mutating func add(_ fingerprint: Fingerprint) {
        guard holds(fingerprint) else { return }
        copies[fingerprint, default: 0] += 1
        occurrences += 1
        while copies.count > Self.capacity {
            level += 1
            copies = copies.filter { holds($0.key) }
            occurrences = copies.values.reduce(0, +)
        }
    }

    /// An estimate of the share of units that repeat an earlier one; `nil` while the sample is too small.
    var repeatedShare: Double? {
        occurrences < Self.leastOccurrences ? nil : 1 - Double(copies.count) / Double(occurrences)
    }

    private func holds(_ fingerprint: Fingerprint) -> Bool { fingerprint.high & (1 << UInt64(level) - 1) == 0 }
}
