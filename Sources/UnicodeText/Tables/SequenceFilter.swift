/// Finds quickly the places where a text may contain one of a set of code points, by the first two bytes of their
/// UTF-8.
///
/// For each first byte, one bit names one of eight groups. For each second byte, the bits name the groups in which it
/// may follow. So the filter passes eight bytes of text at a time without decoding them.
struct SequenceFilter: Sendable {
    private var first = [UInt8](repeating: 0, count: 256)
    private var second = [UInt8](repeating: 0, count: 256)

    /// A filter for code points, ASCII included.
    init(_ codes: some Sequence<Int>) {
        var text: [UInt8] = []
        for code in codes {
            text.removeAll(keepingCapacity: true)
            CodePoint.append(code, to: &text)
            let group = Self.group(of: text[0])
            first[Int(text[0])] |= group
            if code < 0x80 {
                for byte in 0..<256 { second[byte] |= group }
            } else {
                second[Int(text[1])] |= group
            }
        }
    }

    /// The group of a first byte: letters with diacritics, Greek and Cyrillic are frequent and have their own.
    private static func group(of lead: UInt8) -> UInt8 {
        switch lead {
        case ..<0x80: 1 << 0
        case 0xC3: 1 << 1
        case 0xD0: 1 << 2
        case 0xD1: 1 << 3
        case 0xC2...0xDF: 1 << 4
        case 0xE1: 1 << 5
        case 0xE2: 1 << 6
        default: 1 << 7
        }
    }

    /// Calls `body` with the filter's tables in place.
    @inline(__always)
    func withTables<Result>(_ body: (Tables) -> Result) -> Result {
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                // Both have 256 elements.
                guard let first = first.baseAddress, let second = second.baseAddress else {
                    preconditionFailure("a filter without tables")
                }
                return body(Tables(first: first, second: second))
            }
        }
    }

    struct Tables {
        fileprivate let first: UnsafePointer<UInt8>
        fileprivate let second: UnsafePointer<UInt8>

        /// Whether one of the code points may begin in the eight bytes from here; reads nine.
        @inline(__always)
        func mayBegin(in bytes: UnsafePointer<UInt8>) -> Bool {
            var found: UInt8 = 0
            for index in 0..<8 { found |= first[Int(bytes[index])] & second[Int(bytes[index + 1])] }
            return found != 0
        }

        /// Whether one of the code points may begin with these two bytes.
        @inline(__always)
        func mayBegin(_ lead: UInt8, _ next: UInt8) -> Bool { first[Int(lead)] & second[Int(next)] != 0 }
    }
}
