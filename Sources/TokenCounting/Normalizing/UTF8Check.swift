/// Finds and mends what is not UTF-8.
enum UTF8Check {
    /// The offset of the first byte that is not part of a well-formed sequence, or `nil` where all are.
    ///
    /// - Complexity: O(*n*); eight bytes a step through ASCII.
    static func firstFault(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var offset = 0
        let raw = UnsafeRawPointer(bytes)
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
    /// least one (The Unicode Standard 16.0, section 3.9, table 3-7 and "U+FFFD Substitution of Maximal Subparts").
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

    /// Writes the text with each faulty sequence replaced by U+FFFD, and says how many there were.
    static func mend(_ bytes: UnsafePointer<UInt8>, _ count: Int, into text: inout [UInt8]) -> Int {
        text.removeAll(keepingCapacity: true)
        var faults = 0
        var offset = 0
        while offset < count {
            let rest = bytes + offset
            guard let fault = firstFault(rest, count - offset) else {
                text.append(contentsOf: UnsafeBufferPointer(start: rest, count: count - offset))
                break
            }
            text.append(contentsOf: UnsafeBufferPointer(start: rest, count: fault))
            text.append(contentsOf: [0xEF, 0xBF, 0xBD])
            faults += 1
            offset += fault - sequenceLength(bytes, offset + fault, count)
        }
        return faults
    }
}
