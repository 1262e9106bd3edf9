/// At most 15 bytes and their number, in 16 bytes: the lookup key of short pretokens and tokens.
///
/// The bytes are in the low 120 bits, the length in the four bits above them; the top four bits stay free.
struct PackedKey {
    /// The longest run of bytes that a key holds.
    static let capacity = 15

    let low: UInt64
    let high: UInt64

    /// Packs the bytes at an address.
    ///
    /// - Parameters:
    ///   - bytes: 16 readable bytes.
    ///   - length: How many of them count, from 1 to 15.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, length: Int) {
        let raw = UnsafeRawPointer(bytes)
        let first = raw.loadUnaligned(as: UInt64.self)
        let second = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        let bits = UInt64(truncatingIfNeeded: length) &<< 3
        // Shifts by the number of missing bits; a masked shift takes its count modulo 64.
        let isLong = length >= 8
        low = isLong ? UInt64(littleEndian: first) : UInt64(littleEndian: first) & ((1 &<< (bits & 63)) &- 1)
        let tail = UInt64(littleEndian: second) & ((1 &<< (bits & 63)) &- 1)
        high = (isLong ? tail : 0) | UInt64(truncatingIfNeeded: length) &<< 56
    }

    /// The key's hash, good in its high and its low bits.
    @inline(__always)
    var hash: UInt64 {
        let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: high ^ 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}

/// Hashes of byte strings of any length: 128-bit products folded, as in wyhash (Wang Yi).
enum ByteHash {
    /// Hashes at least 16 bytes.
    static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let raw = UnsafeRawPointer(bytes)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset + 16 < count {
            state = step(state, raw, offset)
            offset += 16
        }
        return step(state, raw, count - 16)
    }

    @inline(__always)
    private static func step(_ state: UInt64, _ raw: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        let first = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let second = raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        let product = (first ^ state).multipliedFullWidth(by: second ^ 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
