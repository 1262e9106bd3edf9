/// Reads generated tables: single bytes and numbers in base 36.
package struct RunReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// Starts at the beginning of a generated literal, whose bytes live as long as the process.
    package init(_ text: StaticString) {
        bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// The next byte, or `nil` at the end.
    package mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    /// The next byte, which stays unread.
    package var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The number that starts here, in lower-case base 36.
    package mutating func number() -> Int {
        var value = 0
        while let digit = peek {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value * 36 + Int(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = value * 36 + Int(digit - UInt8(ascii: "a")) + 10
            default: return value
            }
            position += 1
        }
        return value
    }

    /// Reads code points and their mappings, written `code:part+part;`.
    package mutating func mappings(_ body: (_ code: Int, _ parts: [Int]) -> Void) {
        while peek != nil {
            let code = number()
            var parts: [Int] = []
            repeat {
                _ = byte()
                parts.append(number())
            } while peek == UInt8(ascii: "+")
            _ = byte()
            body(code, parts)
        }
    }

    /// Reads runs of code points of equal value, written as a letter and a length; they cover all of Unicode.
    package mutating func runs(_ body: (_ letter: UInt8, _ codes: Range<Int>) -> Void) {
        var code = 0
        while let letter = byte() {
            let end = code + number()
            body(letter, code..<end)
            code = end
        }
        precondition(code == 0x110000, "the generated table covers all of Unicode")
    }
}
