/// The differences between the patterns that derive from o200k's.
protocol O200kVariant {
    /// Whether a word takes an English contraction along as its suffix.
    static var contractions: Bool { get }
    /// Whether numbers come in threes (`\p{N}{1,3}`) or singly.
    static var threeNumbers: Bool { get }
}

/// Words by case: capitals, then small letters; one of the two may be missing.
///
/// ```
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// \p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
enum O200kSplitter<Variant: O200kVariant>: Splitter {
    @inline(__always)
    private static var head: UInt8 { UnicodeClasses.upper | UnicodeClasses.uncased | UnicodeClasses.mark }
    @inline(__always)
    private static var tail: UInt8 { UnicodeClasses.lower | UnicodeClasses.uncased | UnicodeClasses.mark }

    @inline(__always)
    static func pretokenEnd(_ text: TextScan, _ start: Int) -> Int {
        let (flags, next) = text.next(start)
        let byte = text.bytes[start]
        if flags & (UnicodeClasses.letter | UnicodeClasses.mark) != 0 {
            // A mark may be the single leading code point that is no letter, or the word's first letter.
            if flags & UnicodeClasses.mark != 0, let end = wordWithTail(text, next) { return suffixed(text, end) }
            if let end = wordWithTail(text, start) { return suffixed(text, end) }
            if flags & UnicodeClasses.mark != 0, let end = wordOfHeads(text, next) { return suffixed(text, end) }
            if let end = wordOfHeads(text, start) { return suffixed(text, end) }
        }
        if flags & UnicodeClasses.number != 0 {
            return Variant.threeNumbers ? text.endOfThreeNumbers(from: start) : next
        }
        if byte != 0x0A, byte != 0x0D, text.has(UnicodeClasses.letter | UnicodeClasses.mark, at: next) {
            if let end = wordWithTail(text, next) { return suffixed(text, end) }
            if let end = wordOfHeads(text, next) { return suffixed(text, end) }
        }
        let signs = byte == 0x20 ? next : start
        if signs < text.end {
            var past = text.end(without: UnicodeClasses.wordOrSpace, from: signs)
            if past > signs {
                while past < text.end {
                    let byte = text.bytes[past]
                    guard byte == 0x0A || byte == 0x0D || byte == 0x2F else { break }
                    past += 1
                }
                return past
            }
        }
        return text.endOfSpace(from: start, lineBreaks: true, takesTrailing: false)
    }

    /// The end of `[head]*[tail]+` from an offset; the heads give back until one of them is a tail.
    @inline(__always)
    private static func wordWithTail(_ text: TextScan, _ start: Int) -> Int? {
        var offset = start
        var afterUncased = -1
        while offset < text.end {
            let (flags, next) = text.next(offset)
            if flags & head == 0 {
                if flags & UnicodeClasses.lower != 0 { return text.end(of: tail, from: next) }
                break
            }
            offset = next
            if flags & tail != 0 { afterUncased = next }
        }
        return afterUncased < 0 ? nil : afterUncased
    }

    /// `[head]+[tail]*` where ``wordWithTail(_:_:)`` found nothing: only heads.
    @inline(__always)
    private static func wordOfHeads(_ text: TextScan, _ start: Int) -> Int? {
        let end = text.end(of: head, from: start)
        return end > start ? end : nil
    }

    @inline(__always)
    private static func suffixed(_ text: TextScan, _ end: Int) -> Int {
        Variant.contractions ? end + text.contraction(at: end, anyCase: true) : end
    }

    static var blockLetters: UInt8 { UnicodeClasses.upper | UnicodeClasses.lower }
    static var stopsAtControls: Bool { false }

    @inline(__always)
    static func boundaries(_ block: ByteBlock) -> BlockBoundaries {
        var starts = block.wordBoundaries(numbers: Variant.threeNumbers ? .inThrees : .single)
        var settled = block.settled
        // A capital after a small letter starts a word.
        let capitals = block.letters & ~block.smallLetters
        starts |= capitals & (block.smallLetters << 1)
        if Variant.contractions {
            var suspects = block.apostrophes & (block.letters << 1) & (block.letters >> 1)
            var past = -1
            while suspects != 0 {
                let at = suspects.trailingZeroBitCount
                suspects &= suspects &- 1
                // After "don't", the apostrophe of "don't's" begins a new pretoken.
                if at == past { continue }
                let length = block.contraction(at: at, anyCase: true)
                if length > 0 {
                    past = at + length
                    starts &= ~(block.bit(at) | block.bit(at + 1) | (length == 3 ? block.bit(at + 2) : 0))
                    starts |= block.bit(past)
                }
            }
        }
        // A slash after line breaks that follow signs continues their pretoken; the scan handles it.
        var slashes = (block.signBreaks << 1) & block.signs
        while slashes != 0 {
            let at = slashes.trailingZeroBitCount
            slashes &= slashes &- 1
            if block.bytes[at] == 0x2F {
                let before = starts & (block.bit(at) &- 1)
                let token = before == 0 ? 0 : 63 - before.leadingZeroBitCount
                settled &= (2 << UInt64(token)) &- 1
                break
            }
        }
        return BlockBoundaries(starts: starts, settled: settled)
    }
}

/// o200k (GPT-4o, Llama 4).
enum O200kPattern: O200kVariant {
    static var contractions: Bool { true }
    static var threeNumbers: Bool { true }
}

/// Tekken (Mistral Nemo and later): no contractions, numbers singly.
enum TekkenPattern: O200kVariant {
    static var contractions: Bool { false }
    static var threeNumbers: Bool { false }
}
