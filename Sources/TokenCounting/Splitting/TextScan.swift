/// A piece of valid UTF-8 for a scanner, with the class table.
///
/// Unsafe pointers, because a scan reads every byte of a corpus: `end` and the validity of the text guarantee the
/// bounds. The maker of a `TextScan` has checked the text (``UTF8Check``), cut it between code points, and keeps it in
/// place as long as the scan is used. Every function here gets an offset below `end` or checks it first, and a lead
/// byte's continuation bytes are below `end` because the text is valid.
struct TextScan {
    let bytes: UnsafePointer<UInt8>
    let end: Int
    let classes: UnsafePointer<UInt8>

    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, end: Int, classes: UnsafePointer<UInt8>) {
        self.bytes = bytes
        self.end = end
        self.classes = classes
    }

    /// The class of the code point at an offset below `end`, and where the next one starts.
    @inline(__always)
    func next(_ offset: Int) -> (flags: UInt8, next: Int) {
        let lead = bytes[offset]
        if lead < 0x80 { return (classes[Int(lead)], offset + 1) }
        let (code, length) = decode(offset)
        return (classes[code], offset + length)
    }

    /// The code point of a multi-byte sequence, and its length.
    @inline(__always)
    func decode(_ offset: Int) -> (code: Int, length: Int) {
        let lead = Int(bytes[offset])
        let second = Int(bytes[offset + 1]) & 0x3F
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
        let third = Int(bytes[offset + 2]) & 0x3F
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
        let fourth = Int(bytes[offset + 3]) & 0x3F
        return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
    }

    /// Whether the code point at an offset has one of the flags; false at the end.
    @inline(__always)
    func has(_ flags: UInt8, at offset: Int) -> Bool {
        offset < end && next(offset).flags & flags != 0
    }

    /// The end of the run of code points that have one of the flags.
    @inline(__always)
    func end(of flags: UInt8, from offset: Int) -> Int {
        var offset = offset
        while offset < end {
            let (found, next) = next(offset)
            if found & flags == 0 { break }
            offset = next
        }
        return offset
    }

    /// The end of the run of code points that have none of the flags.
    @inline(__always)
    func end(without flags: UInt8, from offset: Int) -> Int {
        var offset = offset
        while offset < end {
            let (found, next) = next(offset)
            if found & flags != 0 { break }
            offset = next
        }
        return offset
    }

    /// The end of the run of carriage returns and line feeds.
    @inline(__always)
    func endOfLineBreaks(from offset: Int) -> Int {
        var offset = offset
        while offset < end, bytes[offset] == 0x0A || bytes[offset] == 0x0D { offset += 1 }
        return offset
    }

    /// The end of a run of at most three numbers.
    @inline(__always)
    func endOfThreeNumbers(from offset: Int) -> Int {
        var offset = offset
        for _ in 0..<3 {
            guard offset < end else { break }
            let (flags, next) = next(offset)
            if flags & UnicodeClasses.number == 0 { break }
            offset = next
        }
        return offset
    }

    /// The length of an English contraction (`'s`, `'t`, `'re`, `'ve`, `'m`, `'ll`, `'d`) at an offset, or 0.
    ///
    /// Without regard to case, `s` is also U+017F, the long s, which folds to it.
    @inline(__always)
    func contraction(at offset: Int, anyCase: Bool) -> Int {
        guard offset + 1 < end, bytes[offset] == 0x27 else { return 0 }
        return Self.contractionLength(
            first: bytes[offset + 1], second: offset + 2 < end ? bytes[offset + 2] : 0, anyCase: anyCase)
    }

    /// The length of a contraction whose apostrophe is followed by these two bytes, or 0.
    @inline(__always)
    static func contractionLength(first: UInt8, second: UInt8, anyCase: Bool) -> Int {
        let fold: UInt8 = anyCase ? 0x20 : 0
        switch first | fold {
        case UInt8(ascii: "s"), UInt8(ascii: "d"), UInt8(ascii: "m"), UInt8(ascii: "t"): return 2
        case UInt8(ascii: "l"): return second | fold == UInt8(ascii: "l") ? 3 : 0
        case UInt8(ascii: "v"), UInt8(ascii: "r"): return second | fold == UInt8(ascii: "e") ? 3 : 0
        default: return anyCase && first == 0xC5 && second == 0xBF ? 3 : 0
        }
    }

    /// The end of a token of white space that starts at an offset, by `\s*[\r\n]+|\s+(?!\S)|\s+`.
    ///
    /// A run with a line break ends after its last one. Else a run at the end of the text is taken whole. Else the run
    /// ends before its last code point, which joins the text after it or is a pretoken by itself.
    ///
    /// With `takesTrailing` the end of the text comes before line breaks: `\s++$|\s*[\r\n]|…`.
    @inline(__always)
    func endOfSpace(from start: Int, lineBreaks: Bool, takesTrailing: Bool) -> Int {
        var offset = start
        var last = start
        var afterBreak = 0
        while offset < end {
            let (flags, next) = next(offset)
            if flags & UnicodeClasses.space == 0 { break }
            if bytes[offset] == 0x0A || bytes[offset] == 0x0D { afterBreak = next }
            last = offset
            offset = next
        }
        if takesTrailing && offset == end { return offset }
        if lineBreaks && afterBreak > 0 { return afterBreak }
        if offset == end || last == start { return offset }
        return last
    }
}
