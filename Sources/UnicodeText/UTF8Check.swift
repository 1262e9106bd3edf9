/// Finds and mends what is not UTF-8.
public enum UTF8Check {
    /// The offset of the first byte that is not part of a well-formed sequence (The Unicode Standard 16.0, table 3-7),
    /// or `nil` where all are.
    ///
    /// - Complexity: O(*n*); sixteen bytes a step through ASCII.
    public static func firstFault(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let bytes = text.baseAddress else { return nil }
        let count = text.count
        let raw = UnsafeRawPointer(bytes)
        var offset = 0
        while offset < count {
            if bytes[offset] < 0x80 {
                while offset + 16 <= count {
                    let words = raw.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
                    if (words[0] | words[1]) & 0x8080_8080_8080_8080 != 0 { break }
                    offset += 16
                }
                while offset < count, bytes[offset] < 0x80 { offset += 1 }
                continue
            }
            let length = sequenceLength(bytes, offset, count)
            if length <= 0 { return offset }
            offset += length
        }
        return nil
    }

    /// The length of the well-formed multi-byte sequence at an offset, or minus the length of the faulty one.
    ///
    /// A fault's length is that of its *maximal subpart*: as many bytes as begin some well-formed sequence, and at
    /// least one (section 3.9, table 3-7 and "U+FFFD Substitution of Maximal Subparts").
    @inline(__always)
    private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> Int {
        let lead = bytes[offset]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return -1
        }
        for index in 1..<length {
            guard offset + index < count else { return -index }
            let byte = bytes[offset + index]
            guard byte >= low, byte <= high else { return -index }
            (low, high) = (0x80, 0xBF)
        }
        return length
    }

    /// Writes the text with U+FFFD for each maximal part of an ill-formed sequence, as the standard recommends and
    /// Python's `errors="replace"` does, and returns how many there were.
    public static func mend(_ text: UnsafeBufferPointer<UInt8>, into mended: inout [UInt8]) -> Int {
        mended.removeAll(keepingCapacity: true)
        guard let bytes = text.baseAddress else { return 0 }
        mended.reserveCapacity(text.count)
        var faults = 0
        var offset = 0
        while offset < text.count {
            let rest = UnsafeBufferPointer(rebasing: text[offset...])
            guard let fault = firstFault(rest) else {
                mended.append(contentsOf: rest)
                break
            }
            mended.append(contentsOf: rest[..<fault])
            mended.append(contentsOf: [0xEF, 0xBF, 0xBD])
            faults += 1
            offset += fault - sequenceLength(bytes, offset + fault, text.count)
        }
        return faults
    }
}
