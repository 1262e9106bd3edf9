#if arch(x86_64)
    import _Builtin_intrinsics.intel.sse2
#endif

/// Up to 64 bytes of text that begin at a pretoken's start, as one bit per byte for each class.
///
/// Pretokens of English or code have four bytes, too few to branch on every byte. So a block is classified with vector
/// comparisons. Shifts and masks of these bits then find the starts of its pretokens for all bytes at once, and only
/// then does a loop walk over the starts. Bit *i* represents byte *i*.
///
/// A block covers ASCII and those two-byte code points that the splitter calls letters. It ends before anything else,
/// as if the text were unknown from there; the scalar scan takes over for that one pretoken.
struct ByteBlock {
    /// The most bytes that a block covers; this many must be readable, whatever the text's length.
    static let width = 64

    let bytes: UnsafePointer<UInt8>
    /// How many bytes are covered.
    let count: Int
    /// Whether the text ends with the block.
    let endsText: Bool
    /// The bits below ``count``.
    let valid: UInt64
    /// All bytes of letters.
    let letters: UInt64
    /// All bytes of small letters.
    let smallLetters: UInt64
    /// Bytes beyond ASCII, all of them of letters.
    let beyondASCII: UInt64
    /// ASCII digits.
    let numbers: UInt64
    /// White space.
    let spaces: UInt64
    /// U+0020.
    let blanks: UInt64
    /// Carriage returns and line feeds.
    let breaks: UInt64
    /// Whatever is neither letter, number nor white space.
    let signs: UInt64
    /// Apostrophes; signs, too.
    let apostrophes: UInt64
    /// Line breaks that directly follow signs.
    let signBreaks: UInt64
    /// Signs that begin a pretoken: first of their run, no blank before them.
    let signStarts: UInt64

    /// Classifies the bytes at an address.
    ///
    /// - Parameters:
    ///   - bytes: 64 readable bytes.
    ///   - length: The bytes of text there, at least 1; more than 64 means that the text continues.
    ///   - classes: ``UnicodeClasses/table``.
    ///   - blockLetters: The flags of two-byte code points that are letters to the splitter.
    ///   - stopsAtControls: Whether to stop before ASCII control characters that are not white space.
    @inline(__always)
    init(
        _ bytes: UnsafePointer<UInt8>, length: Int, classes: UnsafePointer<UInt8>, blockLetters: UInt8,
        stopsAtControls: Bool
    ) {
        var upper: UInt64 = 0
        var lower: UInt64 = 0
        var numbers: UInt64 = 0
        var blanks: UInt64 = 0
        var controls: UInt64 = 0
        var breaks: UInt64 = 0
        var apostrophes: UInt64 = 0
        var beyond: UInt64 = 0
        var stops: UInt64 = 0
        let raw = UnsafeRawPointer(bytes)
        for part in 0..<4 {
            let vector = raw.loadUnaligned(fromByteOffset: part * 16, as: SIMD16<UInt8>.self)
            let shift = UInt64(part * 16)
            upper |= Self.bits(vector &- SIMD16(repeating: 0x41) .< SIMD16(repeating: 26)) &<< shift
            lower |= Self.bits(vector &- SIMD16(repeating: 0x61) .< SIMD16(repeating: 26)) &<< shift
            numbers |= Self.bits(vector &- SIMD16(repeating: 0x30) .< SIMD16(repeating: 10)) &<< shift
            blanks |= Self.bits(vector .== SIMD16(repeating: 0x20)) &<< shift
            controls |= Self.bits(vector &- SIMD16(repeating: 0x09) .< SIMD16(repeating: 5)) &<< shift
            breaks |= Self.bits((vector .== SIMD16(repeating: 0x0A)) .| (vector .== SIMD16(repeating: 0x0D))) &<< shift
            apostrophes |= Self.bits(vector .== SIMD16(repeating: 0x27)) &<< shift
            beyond |= Self.signBits(vector) &<< shift
            if stopsAtControls {
                stops |=
                    Self.bits((vector .< SIMD16(repeating: 0x20)) .| (vector .== SIMD16(repeating: 0x7F))) &<< shift
            }
        }
        var count = min(length, Self.width)
        var endsText = length <= Self.width
        var valid: UInt64 = count == 64 ? ~0 : (1 &<< UInt64(count)) &- 1
        if stopsAtControls {
            stops &= ~controls & valid
            if stops != 0 {
                count = stops.trailingZeroBitCount
                valid = (1 &<< UInt64(count)) &- 1
                endsText = false
            }
        }
        beyond &= valid
        var pending = beyond
        while pending != 0 {
            let at = pending.trailingZeroBitCount
            let lead = bytes[at]
            if lead < 0xE0, at + 1 < count {
                let flags = classes[Int(lead & 0x1F) &<< 6 | Int(bytes[at + 1] & 0x3F)]
                if flags & blockLetters != 0 {
                    let both: UInt64 = 3 &<< UInt64(at)
                    if flags & UnicodeClasses.upper != 0 { upper |= both } else { lower |= both }
                    pending &= ~both
                    continue
                }
            }
            count = at
            valid = (1 &<< UInt64(at)) &- 1
            endsText = false
            break
        }
        self.bytes = bytes
        self.count = count
        self.endsText = endsText
        self.valid = valid
        beyondASCII = beyond & valid
        smallLetters = lower & valid
        letters = (upper | lower) & valid
        self.numbers = numbers & valid
        spaces = (blanks | controls) & valid
        self.blanks = blanks & valid
        self.breaks = breaks & valid
        signs = valid & ~(letters | self.numbers | spaces)
        self.apostrophes = apostrophes & valid
        // A carry runs through each run of line breaks that starts after a sign, and clears its bits.
        let behindSigns = (signs << 1) & self.breaks
        signBreaks = self.breaks & ~(self.breaks &+ behindSigns)
        signStarts = signs & ~(signs << 1) & ~(self.blanks << 1)
    }

    /// One bit a lane of a comparison.
    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
        signBits(unsafeBitCast(mask, to: SIMD16<UInt8>.self))
    }

    /// The top bit of each lane.
    @inline(__always)
    private static func signBits(_ vector: SIMD16<UInt8>) -> UInt64 {
        #if arch(x86_64)
            return UInt64(UInt32(truncatingIfNeeded: _mm_movemask_epi8(unsafeBitCast(vector, to: SIMD2<Int64>.self))))
        #else
            // A multiplication gathers the top bits of eight bytes in the topmost one.
            let halves = unsafeBitCast(vector, to: SIMD2<UInt64>.self) & SIMD2(repeating: 0x8080_8080_8080_8080)
            let gathered = (halves &>> SIMD2(repeating: 7)) &* SIMD2(repeating: 0x0102_0408_1020_4080)
            let bytes = gathered &>> SIMD2(repeating: 56)
            return bytes[0] | bytes[1] &<< 8
        #endif
    }

    /// The bit of a byte; 0 after the block.
    @inline(__always)
    func bit(_ offset: Int) -> UInt64 {
        offset < 64 ? 1 &<< UInt64(offset) : 0
    }

    /// The bits whose meaning no later byte can change: all if the text ends in the block.
    ///
    /// Otherwise, the bits before the start of white space that may continue after the block, and before an apostrophe
    /// whose contraction may continue after it.
    @inline(__always)
    var settled: UInt64 {
        if endsText { return valid }
        var settled = valid
        if count > 0, spaces & bit(count - 1) != 0 { settled &= (2 &<< UInt64(trailingSpaceStart)) &- 1 }
        let late = apostrophes & ~(bit(max(count - 3, 0)) &- 1)
        if late != 0 { settled &= (late & (0 &- late)) &- 1 }
        return settled
    }

    /// The start of the white space that the block ends with.
    @inline(__always)
    private var trailingSpaceStart: Int {
        let top = spaces &<< UInt64(64 - count)
        return count - (~top).leadingZeroBitCount
    }

    /// Bits inside the white space that the text ends with, line breaks that belong to signs apart.
    @inline(__always)
    var insideTrailingSpace: UInt64 {
        guard endsText, spaces & ~signBreaks & bit(count - 1) != 0 else { return 0 }
        let top = (spaces & ~signBreaks) &<< UInt64(64 - count)
        let start = count - (~top).leadingZeroBitCount
        return ~((2 &<< UInt64(start)) &- 1)
    }

    /// The length of the contraction whose apostrophe is at an offset, or 0.
    @inline(__always)
    func contraction(at offset: Int, anyCase: Bool) -> Int {
        guard offset + 1 < count else { return 0 }
        return TextScan.contractionLength(
            first: bytes[offset + 1], second: offset + 2 < count ? bytes[offset + 2] : 0, anyCase: anyCase)
    }

    /// How digits form pretokens.
    enum Numbers {
        case single, inThrees
        /// In threes, and white space before them is a text's end.
        case inThreesApart
    }

    /// The starts that the patterns since cl100k share, contractions and letters' case apart.
    @inline(__always)
    func wordBoundaries(numbers how: Numbers) -> UInt64 {
        let spaces = self.spaces & ~signBreaks
        let breaks = self.breaks & ~signBreaks
        let gaps = spaces & ~breaks
        var starts = spaces & ~(spaces << 1)

        // White space after a line break starts a pretoken unless another line break follows it.
        var indents = (breaks << 1) & gaps
        while indents != 0 {
            let at = indents.trailingZeroBitCount
            indents &= indents &- 1
            let length = (~(gaps &>> UInt64(at))).trailingZeroBitCount
            if breaks & bit(at + length) == 0 { starts |= bit(at) }
        }
        // The last of several gaps before a solid character joins that character, or is a pretoken by itself.
        var solid = valid & ~spaces
        if case .inThreesApart = how { solid &= ~numbers }
        starts |= gaps & (gaps << 1) & (solid >> 1)

        starts |= signs & ~(signs << 1) & ~(blanks << 1)
        // One sign or gap before letters leads their pretoken.
        starts |= letters & ~(letters << 1) & ~(gaps << 1) & ~(signStarts << 1)

        if case .single = how {
            starts |= numbers
        } else {
            var threes = numbers & ~(numbers << 1)
            let inside = numbers & (numbers << 1) & (numbers << 2) & (numbers << 3)
            while threes != 0 {
                starts |= threes
                threes = (threes << 3) & inside
            }
        }
        return starts
    }
}
