import UnicodeText

/// The class of each code point for a pretokenizer, by the general categories of Unicode 16.0.
///
/// Tokenizers' patterns use letters, marks, numbers and white space. The results must be those of the Unicode version
/// in the reference implementations, whatever the Swift runtime's version, so the table is our own. One byte of flags
/// represents each code point; text in one script touches a few pages of it.
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
    /// The flags that `[^\s\p{L}\p{N}]` excludes.
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
        let classes: [(String, UInt8)] = [
            ("Lu", upper), ("Lt", upper), ("Ll", lower), ("Lm", uncased), ("Lo", uncased), ("M", mark), ("N", number),
            ("P", sign), ("S", sign),
        ]
        let masks = classes.map { (mask: GeneralCategory.mask($0.0), flag: $0.1) }
        GeneralCategory.forEachRun { category, codes in
            let flag = masks.first { $0.mask & category != 0 }?.flag ?? 0
            (flags + codes.lowerBound).initialize(repeating: flag, count: codes.count)
        }
        for code in GeneralCategory.whiteSpace.joined() { flags[code] = space }
        return Unfolded(start: UnsafePointer(flags))
    }()
}
