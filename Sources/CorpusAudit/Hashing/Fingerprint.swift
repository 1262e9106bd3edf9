import CDataWallXXHash

/// The identity of a text: XXH3-128 of its bytes, seed 0.
///
/// Two texts with the same fingerprint count as equal. Among 10¹² distinct texts the probability that any two collide
/// by accident is about 1.5 × 10⁻¹⁵ (birthday bound, *n*² / 2¹²⁹). XXH3 is not cryptographic: texts can be constructed
/// to collide.
public struct Fingerprint: Sendable, Hashable, BitwiseCopyable {
    /// The upper 64 bits.
    public var high: UInt64
    /// The lower 64 bits.
    public var low: UInt64

    /// Creates a fingerprint from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The number 0, used before there is a text.
    static let zero = Fingerprint(high: 0, low: 0)

    /// Reads 32 hexadecimal digits; `nil` for anything else.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 32, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// Fingerprints a text.
    ///
    /// - Parameter bytes: The text's UTF-8 bytes.
    /// - Complexity: O(*n*), at about 20 GB/s.
    public init(of bytes: UnsafeBufferPointer<UInt8>) {
        let hash = datawall_xxh3_128(bytes.baseAddress, bytes.count)
        self.init(high: hash.high, low: hash.low)
    }
}

extension Fingerprint: Comparable {
    /// Orders by the 128-bit number.
    public static func < (left: Fingerprint, right: Fingerprint) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension Fingerprint: CustomStringConvertible {
    /// The 128-bit number in 32 hexadecimal digits, as `xxh128sum` prints it.
    public var description: String {
        String(unsafeUninitializedCapacity: 32) { text in
            // All 32 bytes are written, each a hexadecimal digit.
            for place in 0..<32 {
                let digit = UInt8(truncatingIfNeeded: (place < 16 ? high : low) >> UInt64(60 - 4 * (place & 15)) & 15)
                text[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 32
        }
    }
}
