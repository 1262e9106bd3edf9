/// The differences between the patterns that derive from cl100k's.
protocol Cl100kVariant {
    /// Whether numbers come in threes (`\p{N}{1,3}`) or singly.
    static var threeNumbers: Bool { get }
    /// Whether white space at the end of the text is one pretoken, line breaks or not (`\s++$` before `\s*[\r\n]`).
    static var takesTrailingSpace: Bool { get }
    /// Whether marks are letters (`[\p{L}\p{M}]+`).
    static var marksAreLetters: Bool { get }
}

/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
/// and its variants.
enum Cl100kSplitter<Variant: Cl100kVariant>: Splitter {
    @inline(__always)
    static var letters: UInt8 {
        Variant.marksAreLetters ? UnicodeClasses.letter | UnicodeClasses.mark : UnicodeClasses.letter
    }

    @inline(__always)
    static func pretokenEnd(_ text: TextScan, _ start: Int) -> Int {
        let contraction = text.contraction(at: start, anyCase: true)
        if contraction > 0 { return start + contraction }
        let (flags, next) = text.next(start)
        if flags & letters != 0 { return text.end(of: letters, from: next) }
        let byte = text.bytes[start]
        if flags & UnicodeClasses.number != 0 {
            return Variant.threeNumbers ? text.endOfThreeNumbers(from: start) : next
        }
        if byte != 0x0A, byte != 0x0D, text.has(letters, at: next) { return text.end(of: letters, from: next) }
        let signs = byte == 0x20 ? next : start
        if signs < text.end {
            let past = text.end(without: letters | UnicodeClasses.number | UnicodeClasses.space, from: signs)
            if past > signs { return text.endOfLineBreaks(from: past) }
        }
        return text.endOfSpace(from: start, lineBreaks: true, takesTrailing: Variant.takesTrailingSpace)
    }

    static var blockLetters: UInt8 { letters }
    static var stopsAtControls: Bool { false }

    @inline(__always)
    static func boundaries(_ block: ByteBlock) -> BlockBoundaries {
        var starts = block.wordBoundaries(numbers: Variant.threeNumbers ? .inThrees : .single)
        var suspects = block.apostrophes & block.signStarts & (block.letters >> 1)
        while suspects != 0 {
            let at = suspects.trailingZeroBitCount
            suspects &= suspects &- 1
            starts |= block.bit(at + block.contraction(at: at, anyCase: true))
        }
        if Variant.takesTrailingSpace { starts &= ~block.insideTrailingSpace }
        return BlockBoundaries(starts: starts, settled: block.settled)
    }
}

/// cl100k as its authors ship it today (GPT-4).
enum Cl100kPattern: Cl100kVariant {
    static var threeNumbers: Bool { true }
    static var takesTrailingSpace: Bool { true }
    static var marksAreLetters: Bool { false }
}

/// cl100k's first form, which Llama 3 and OLMo 2 took over.
enum Llama3Pattern: Cl100kVariant {
    static var threeNumbers: Bool { true }
    static var takesTrailingSpace: Bool { false }
    static var marksAreLetters: Bool { false }
}

/// Qwen 1 to 3: numbers singly.
enum Qwen2Pattern: Cl100kVariant {
    static var threeNumbers: Bool { false }
    static var takesTrailingSpace: Bool { false }
    static var marksAreLetters: Bool { false }
}

/// Qwen 3.5 and later: marks belong to words.
enum Qwen35Pattern: Cl100kVariant {
    static var threeNumbers: Bool { false }
    static var takesTrailingSpace: Bool { false }
    static var marksAreLetters: Bool { true }
}
