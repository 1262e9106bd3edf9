/// How the first JSON value of a text is laid out: whether it ends, and on which line.
enum JSONOutline: Equatable {
    /// The value is whole: its length in bytes, and the line feeds inside it.
    case whole(length: Int, lineFeeds: Int)
    /// The text ends inside the value, and is JSON up to there.
    case unfinished(lineFeeds: Int)
    /// The text is not JSON.
    case malformed

    /// Examines the object or array that a text starts with.
    ///
    /// It is strict about structure, so that a damaged record followed by others is not read as one long value; and
    /// lenient about numbers and literals.
    ///
    /// - Complexity: O(*n*) in the text, in memory of its nesting.
    init(_ text: ArraySlice<UInt8>) {
        enum Expected { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd }
        var expected = Expected.value
        var closers: [UInt8] = []
        var lineFeeds = 0
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            switch (byte, expected) {
            case (0x0A, _): lineFeeds += 1
            case (0x20, _), (0x09, _), (0x0D, _): break
            case (UInt8(ascii: "{"), .value), (UInt8(ascii: "{"), .valueOrEnd):
                closers.append(UInt8(ascii: "}"))
                expected = .keyOrEnd
            case (UInt8(ascii: "["), .value), (UInt8(ascii: "["), .valueOrEnd):
                closers.append(UInt8(ascii: "]"))
                expected = .valueOrEnd
            case (UInt8(ascii: "}"), .keyOrEnd), (UInt8(ascii: "]"), .valueOrEnd), (UInt8(ascii: "}"), .commaOrEnd),
                (UInt8(ascii: "]"), .commaOrEnd):
                guard closers.popLast() == byte else {
                    self = .malformed
                    return
                }
                guard !closers.isEmpty else {
                    self = .whole(length: index - text.startIndex, lineFeeds: lineFeeds)
                    return
                }
                expected = .commaOrEnd
            case (UInt8(ascii: ","), .commaOrEnd):
                expected = closers.last == UInt8(ascii: "}") ? .key : .value
            case (UInt8(ascii: ":"), .colon): expected = .value
            case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .keyOrEnd), (UInt8(ascii: "\""), .value),
                (UInt8(ascii: "\""), .valueOrEnd):
                guard let end = Self.endOfString(text, from: index) else {
                    self = .malformed
                    return
                }
                index = end
                expected = expected == .key || expected == .keyOrEnd ? .colon : .commaOrEnd
            case (_, .value) where Self.isLiteral(byte), (_, .valueOrEnd) where Self.isLiteral(byte):
                while index < text.endIndex, Self.isLiteral(text[index]) { index += 1 }
                expected = .commaOrEnd
            default:
                self = .malformed
                return
            }
        }
        self = .unfinished(lineFeeds: lineFeeds)
    }

    /// The index after the closing quote, or after the text if it ends inside the string; `nil` if a control character,
    /// such as a line end, breaks the string.
    private static func endOfString(_ text: ArraySlice<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "\""): return index + 1
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: return nil
            default: index += 1
            }
        }
        return text.endIndex
    }

    /// Whether a byte may be part of a number, `true`, `false`, `null` or `NaN`.
    private static func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
