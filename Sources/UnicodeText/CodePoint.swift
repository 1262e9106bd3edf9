/// Code points in UTF-8 that is known to be valid.
///
/// Unsafe pointers, because every byte of a corpus passes here: callers have checked the text (``UTF8Check``) and give
/// offsets of first bytes below its end, so that a sequence's other bytes are below the end too.
package enum CodePoint {
    /// The code point at an offset, and its length in bytes.
    @inline(__always)
    static func read(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> (code: Int, length: Int) {
        let lead = Int(bytes[offset])
        if lead < 0x80 { return (lead, 1) }
        let second = Int(bytes[offset + 1]) & 0x3F
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
        let third = Int(bytes[offset + 2]) & 0x3F
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
        let fourth = Int(bytes[offset + 3]) & 0x3F
        return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
    }

    /// The start of the code point that ends before an offset above `first`.
    @inline(__always)
    static func start(_ bytes: UnsafePointer<UInt8>, before offset: Int, from first: Int) -> Int {
        var offset = offset - 1
        while offset > first, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }

    /// Copies a sequence; where four bytes are `isInside` the text, all at once.
    @inline(__always)
    static func copy(
        _ source: UnsafePointer<UInt8>, _ length: Int, to target: UnsafeMutablePointer<UInt8>, isInside: Bool
    ) {
        if isInside {
            UnsafeMutableRawPointer(target).storeBytes(
                of: UnsafeRawPointer(source).loadUnaligned(as: UInt32.self), as: UInt32.self)
        } else {
            for index in 0..<length { target[index] = source[index] }
        }
    }

    /// Appends a code point that is no surrogate.
    @inlinable @inline(__always)
    package static func append(_ code: Int, to text: inout [UInt8]) {
        if code < 0x80 {
            text.append(UInt8(truncatingIfNeeded: code))
            return
        }
        if code < 0x800 {
            text.append(UInt8(truncatingIfNeeded: 0xC0 | code >> 6))
        } else {
            if code < 0x10000 {
                text.append(UInt8(truncatingIfNeeded: 0xE0 | code >> 12))
            } else {
                text.append(UInt8(truncatingIfNeeded: 0xF0 | code >> 18))
                text.append(UInt8(truncatingIfNeeded: 0x80 | code >> 12 & 0x3F))
            }
            text.append(UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F))
        }
        text.append(UInt8(truncatingIfNeeded: 0x80 | code & 0x3F))
    }
}
