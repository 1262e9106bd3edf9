/// What each code point is to a pretokenizer, by the general categories of Unicode 16.0.
///
/// Tokenizers' patterns speak of letters, marks, numbers and white space. The answers must be those of the Unicode
/// version that the reference implementations carry, whatever the Swift runtime's own version is, so the table is
/// ours. One byte of flags stands for each code point; text in one script touches a few pages of it.
enum UnicodeClasses {
    /// Letters that only begin or capitalise words: general categories Lu and Lt.
    static let upper: UInt8 = 1 << 0
    /// Lower-case letters: Ll.
    static let lower: UInt8 = 1 << 1
    /// Letters without case: Lm and Lo.
    static let uncased: UInt8 = 1 << 2
    /// Combining marks: M.
    static let mark: UInt8 = 1 << 3
    /// Numbers of all kinds: N.
    static let number: UInt8 = 1 << 4
    /// Punctuation and symbols: P and S.
    static let sign: UInt8 = 1 << 5
    /// The 25 code points with the property White_Space.
    static let space: UInt8 = 1 << 6

    /// All letters: L.
    static let letter: UInt8 = upper | lower | uncased
    /// What patterns exclude when they say `[^\s\p{L}\p{N}]`.
    static let wordOrSpace: UInt8 = letter | number | space

    /// The flags of every code point, by code point; 0x110000 bytes that are never freed.
    ///
    /// Unfolded once a process, in about a millisecond.
    static var table: UnsafePointer<UInt8> { unfolded.start }

    // Safe to share: written before the initialiser returns, and nothing writes or frees it afterwards.
    private struct Unfolded: @unchecked Sendable {
        let start: UnsafePointer<UInt8>
    }

    private static let unfolded: Unfolded = {
        let flags = UnsafeMutablePointer<UInt8>.allocate(capacity: 0x110000)
        var code = 0
        var runs = RunReader(classRuns)
        while let name = runs.byte() {
            let value: UInt8 =
                switch name {
                case UInt8(ascii: "U"): upper
                case UInt8(ascii: "L"): lower
                case UInt8(ascii: "B"): uncased
                case UInt8(ascii: "M"): mark
                case UInt8(ascii: "N"): number
                case UInt8(ascii: "P"): sign
                case UInt8(ascii: "W"): space
                default: 0
                }
            let length = runs.number()
            (flags + code).initialize(repeating: value, count: length)
            code += length
        }
        precondition(code == 0x110000, "the generated table covers all of Unicode")
        return Unfolded(start: UnsafePointer(flags))
    }()
}

/// Reads the generated tables: single bytes and numbers in base 36.
struct RunReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// Starts at the beginning of a generated literal, whose bytes live as long as the process.
    init(_ text: StaticString) {
        bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// The next byte, or `nil` at the end.
    mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    /// The next byte, left where it is.
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The number that starts here, in lower-case base 36.
    mutating func number() -> Int {
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
}
