/// GPT-2's pattern: `'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
enum R50kSplitter: Splitter {
    @inline(__always)
    static func pretokenEnd(_ text: TextScan, _ start: Int) -> Int {
        let contraction = text.contraction(at: start, anyCase: false)
        if contraction > 0 { return start + contraction }
        var offset = start
        var (flags, next) = text.next(start)
        if text.bytes[start] == 0x20, next < text.end {
            let after = text.next(next)
            if after.flags & UnicodeClasses.space == 0 {
                offset = next
                (flags, next) = after
            }
        }
        if flags & UnicodeClasses.letter != 0 { return text.end(of: UnicodeClasses.letter, from: next) }
        if flags & UnicodeClasses.number != 0 { return text.end(of: UnicodeClasses.number, from: next) }
        if flags & UnicodeClasses.space == 0 { return text.end(without: UnicodeClasses.wordOrSpace, from: offset) }
        return text.endOfSpace(from: start, lineBreaks: false, takesTrailing: false)
    }

    static var blockLetters: UInt8 { UnicodeClasses.letter }
    static var stopsAtControls: Bool { false }

    @inline(__always)
    static func boundaries(_ block: ByteBlock) -> BlockBoundaries {
        let space = block.spaces
        let solid = block.valid & ~space
        let glued = block.blanks << 1
        var starts = space & ~(space << 1)
        starts |= space & (space << 1) & (solid >> 1)
        starts |= block.letters & ~(block.letters << 1) & ~glued
        starts |= block.numbers & ~(block.numbers << 1) & ~glued
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
