/// The rules by which one family of tokenizers cuts text into pretokens, which are then merged one by one.
///
/// A pattern matches from the end of the last match, so the end of a pretoken depends on the text from its start
/// onwards and on nothing before it. All scans rely on that: they may resume at the start of any pretoken.
protocol Splitter {
    /// The end of the pretoken that starts at an offset below the text's end.
    static func pretokenEnd(_ text: TextScan, _ start: Int) -> Int

    /// The flags of two-byte code points that ``boundaries(_:)`` treats as letters.
    ///
    /// A block stops short of any other code point beyond ASCII.
    static var blockLetters: UInt8 { get }

    /// Whether a block stops short of ASCII control characters too.
    static var stopsAtControls: Bool { get }

    /// The pretokens' starts within a block that itself starts at one.
    static func boundaries(_ block: ByteBlock) -> BlockBoundaries
}

/// The starts of pretokens in a block: one bit per byte.
struct BlockBoundaries {
    /// Bits at which a pretoken starts; bit 0 may be set or not.
    var starts: UInt64
    /// The bits that later bytes cannot change.
    var settled: UInt64
}
