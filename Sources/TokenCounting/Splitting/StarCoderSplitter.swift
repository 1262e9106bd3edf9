/// Splits off each digit, then applies GPT-2's pattern to the text between digits, each piece as if it were a separate
/// text.
///
/// `Digits` before `ByteLevel` in a `tokenizer.json`: StarCoder, SmolLM. White space before a number is the end of a
/// piece, and so is one pretoken.
enum StarCoderSplitter: Splitter {
    @inline(__always)
    static func pretokenEnd(_ text: TextScan, _ start: Int) -> Int {
        if isNumber(text, start) { return text.next(start).next }
        let contraction = text.contraction(at: start, anyCase: false)
        if contraction > 0 { return start + contraction }
        var offset = start
        var (flags, next) = text.next(start)
        if text.bytes[start] == 0x20, next < text.end, !isNumber(text, next) {
            let after = text.next(next)
            if after.flags & UnicodeClasses.space == 0 {
                offset = next
                (flags, next) = after
            }
        }
        if flags & UnicodeClasses.letter != 0 { return text.end(of: UnicodeClasses.letter, from: next) }
        if flags & UnicodeClasses.space == 0 {
            while offset < text.end {
                let (flags, next) = text.next(offset)
                if flags & UnicodeClasses.wordOrSpace != 0 || isNumber(text, offset) { break }
                offset = next
            }
            return offset
        }
        let run = text.end(of: UnicodeClasses.space, from: start)
        return run < text.end && isNumber(text, run)
            ? run : text.endOfSpace(from: start, lineBreaks: false, takesTrailing: false)
    }

    /// Whether a number is at an offset below the end, also by versions of Unicode after 16, which Digits follows.
    @inline(__always)
    private static func isNumber(_ text: TextScan, _ offset: Int) -> Bool {
        if text.bytes[offset] < 0xF0 { return text.next(offset).flags & UnicodeClasses.number != 0 }
        return ReferenceSet.numeric.contains(text.decode(offset).code)
    }

    static var blockLetters: UInt8 { UnicodeClasses.letter }
    static var stopsAtControls: Bool { false }

    @inline(__always)
    static func boundaries(_ block: ByteBlock) -> BlockBoundaries {
        let space = block.spaces
        let solid = block.valid & ~space & ~block.numbers
        let glued = block.blanks << 1
        var starts = space & ~(space << 1)
        starts |= space & (space << 1) & (solid >> 1)
        starts |= block.letters & ~(block.letters << 1) & ~glued
        starts |= block.numbers
        let signStarts = block.signs & ~(block.signs << 1) & ~glued
        starts |= signStarts
        var suspects = block.apostrophes & signStarts & (block.letters >> 1)
        while suspects != 0 {
            let at = suspects.trailingZeroBitCount
            suspects &= suspects &- 1
            let length = block.contraction(at: at, anyCase: false)
            if length > 0 {
                starts &= ~block.bit(at + 1)
                starts |= block.bit(at + length)
            }
        }
        return BlockBoundaries(starts: starts, settled: block.settled)
    }
}
