/// DeepSeek V3's three splits, one after the other.
///
/// The first splits off numbers in threes; the second runs of Chinese and kana; the third the words, within each piece
/// between those, as if it were a separate text. Text that the last pattern does not match stays as pieces.
///
/// ```
/// \p{N}{1,3}
/// [一-龥぀-ゟ゠-ヿ]+
/// [ASCII sign][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
enum DeepSeekSplitter: Splitter {
    private static let word: UInt8 = UnicodeClasses.letter | UnicodeClasses.mark

    @inline(__always)
    private static func isEastAsian(_ code: Int) -> Bool {
        (0x4E00...0x9FA5).contains(code) || (0x3040...0x30FF).contains(code)
    }

    @inline(__always)
    private static func isEastAsian(_ text: TextScan, _ offset: Int) -> Bool {
        text.bytes[offset] >= 0xE3 && isEastAsian(text.decode(offset).code)
    }

    @inline(__always)
    static func pretokenEnd(_ text: TextScan, _ start: Int) -> Int {
        if text.has(UnicodeClasses.number, at: start) { return text.endOfThreeNumbers(from: start) }
        if isEastAsian(text, start) {
            var offset = start
            while offset < text.end, isEastAsian(text, offset) { offset = text.next(offset).next }
            return offset
        }
        var offset = start
        while true {
            let matched = matchEnd(text, offset)
            if matched > offset { return offset > start ? offset : matched }
            // Without a match, the piece continues to the next match, number or Chinese.
            offset = text.next(offset).next
            if offset >= text.end || ends(text, offset) { return offset }
        }
    }

    /// Whether a piece of the first two splits ends before the code point at an offset below the end.
    @inline(__always)
    private static func ends(_ text: TextScan, _ offset: Int) -> Bool {
        let byte = text.bytes[offset]
        if byte < 0x80 { return byte &- 0x30 < 10 }
        let code = text.decode(offset).code
        return text.classes[code] & UnicodeClasses.number != 0 || isEastAsian(code)
    }

    /// The end of the third pattern's match at an offset, or the offset itself if there is none.
    @inline(__always)
    private static func matchEnd(_ text: TextScan, _ start: Int) -> Int {
        let (flags, next) = text.next(start)
        let byte = text.bytes[start]
        if flags & word != 0 { return endOfWord(text, next) }
        let isSign = flags & UnicodeClasses.sign != 0
        if isSign, byte < 0x80 {
            var offset = next
            while offset < text.end, (text.bytes[offset] | 0x20) &- 0x61 < 26 { offset += 1 }
            if offset > next { return offset }
        }
        if !isSign, byte != 0x0A, byte != 0x0D, text.has(word, at: next), !ends(text, next) {
            return endOfWord(text, next)
        }
        var signs = byte == 0x20 ? next : start
        let first = signs
        while signs < text.end, text.has(UnicodeClasses.sign, at: signs), !ends(text, signs) {
            signs = text.next(signs).next
        }
        if signs > first { return text.endOfLineBreaks(from: signs) }
        guard flags & UnicodeClasses.space != 0 else { return start }
        // White space, as if the text ended with the piece.
        let run = text.end(of: UnicodeClasses.space, from: start)
        let piece = TextScan(
            text.bytes, end: run < text.end && ends(text, run) ? run : text.end, classes: text.classes)
        return piece.endOfSpace(from: start, lineBreaks: true, takesTrailing: false)
    }

    @inline(__always)
    private static func endOfWord(_ text: TextScan, _ start: Int) -> Int {
        var offset = start
        while offset < text.end {
            let (flags, next) = text.next(offset)
            if flags & word == 0 || isEastAsian(text, offset) { break }
            offset = next
        }
        return offset
    }

    static var blockLetters: UInt8 { word }
    static var stopsAtControls: Bool { true }

    @inline(__always)
    static func boundaries(_ block: ByteBlock) -> BlockBoundaries {
        var starts = block.wordBoundaries(numbers: .inThreesApart)
        // After a sign only ASCII letters follow in one pretoken.
        let foreign = block.letters & block.beyondASCII
        if foreign != 0 {
            var glued = (block.signStarts << 1) & block.letters
            while glued != 0 {
                let at = glued.trailingZeroBitCount
                glued &= glued &- 1
                let run = ~(block.letters & ~foreign) & ~(block.bit(at) &- 1)
                let end = run.trailingZeroBitCount
                if end < 64 { starts |= foreign & block.bit(end) }
            }
        }
        return BlockBoundaries(starts: starts, settled: block.settled)
    }
}
