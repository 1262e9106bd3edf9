/// Some of the 4,096 partitions that all fingerprints fall into by their upper twelve bits.
public struct PartitionRange: Sendable, Hashable {
    /// The first partition, from 0.
    public let first: Int
    /// The last one.
    public let last: Int

    /// How many partitions there are.
    public static let count = 4_096

    /// All partitions.
    public static let all = PartitionRange(first: 0, last: count - 1)

    private init(first: Int, last: Int) {
        self.first = first
        self.last = last
    }

    /// Reads `a-b`, or `a` for one partition; `nil` for anything else.
    public init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), ends.allSatisfy({ $0.first?.isNumber == true }), let first = Int(ends[0]),
            let last = Int(ends[ends.count - 1]), first <= last, last < Self.count
        else { return nil }
        self.init(first: first, last: last)
    }

    /// The lowest upper half of a fingerprint in these partitions.
    var low: UInt64 { UInt64(first) << 52 }

    /// The lowest upper half above them, or `nil` if they are the last.
    var high: UInt64? { last == Self.count - 1 ? nil : UInt64(last + 1) << 52 }

    /// Cuts the range of fingerprints into that many of nearly the same size.
    func parts(_ count: Int) -> [(low: UInt64, high: UInt64?)] {
        let parts = UInt64(max(1, count))
        // Twelve bits of partition and twelve more for the cuts leave the product well inside 64 bits.
        let width = UInt64(last - first + 1) << 12
        return (0..<parts).map { part in
            let high = part == parts - 1 ? self.high : low + (width * (part + 1) / parts) << 40
            return (low + (width * part / parts) << 40, high)
        }
    }
}

extension PartitionRange {
    /// The range as ``init(_:)`` reads it.
    public var description: String { first == last ? "\(first)" : "\(first)-\(last)" }
}
