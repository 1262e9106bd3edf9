import CDataWallVector

/// The words of a text as near-duplicate detection compares them: method `w5`, frozen.
///
/// An object owns the memory that it writes to, and only one thread may use it. The rules
/// (Sources/CorpusAudit/CorpusAudit.docc/Guides/NormalizeTexts.md) never change under this name:
/// 1. Each code point is decomposed canonically (form D of Unicode 16.0) and lower-cased (full mapping without
///    conditions; ς becomes σ).
/// 2. Marks and format characters are dropped: general categories Mn, Me and Cf, and every code point with a combining
///    class.
/// 3. Letters and the remaining marks (L, Mc) make words. Decimal digits (Nd) make numbers; a full stop or comma
///    between two digits is part of the number. Each number becomes the single digit 0. Anything else is a blank.
/// 4. A word is a longest sequence without blanks. In scripts that are written without blanks (``unspacedBlocks``) each
///    code point is a word.
public final class NormalizedWords {
    /// The end of a word.
    @frozen
    public struct End: BitwiseCopyable, Sendable, Hashable {
        /// The offset, doubled; odd for a character of a script without blanks.
        @usableFromInline let raw: Int64

        /// The offset of the blank after the word.
        @inlinable public var offset: Int { Int(truncatingIfNeeded: raw >> 1) }
        /// Whether the word is one character of a script without blanks.
        @inlinable public var isCharacter: Bool { raw & 1 != 0 }

        init(_ offset: Int, isCharacter: Bool) { raw = Int64(offset) << 1 | (isCharacter ? 1 : 0) }
    }

    /// Blocks of scripts without blanks, whose letters are words: Thai, Lao, Myanmar (with its extensions), Khmer, Tai
    /// Le, New Tai Lue, Tai Tham, Tai Viet; Chinese characters, Kana, Bopomofo.
    ///
    /// Blocks never change, which the property Script may.
    public static let unspacedBlocks: [ClosedRange<Int>] = [
        0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF, 0x3000...0x312F,
        0x31A0...0x31BF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA9E0...0xA9FF, 0xAA60...0xAADF,
        0xF900...0xFAFF, 0xFF65...0xFF9F, 0x116D0...0x116FF, 0x1AFF0...0x1B16F, 0x20000...0x3FFFF,
    ]

    private var mended: [UInt8] = []
    private var buffers: WordBuffers

    /// Creates an object without words.
    public convenience init() { self.init(usesBlocks: true) }

    init(usesBlocks: Bool, usesWideBlocks: Bool = TextFolder.hasWideBlocks) {
        buffers = WordBuffers(usesBlocks: usesBlocks, usesWideBlocks: usesWideBlocks)
    }

    /// The words, each followed by one U+0020; valid until the next ``read(_:)``.
    public var bytes: UnsafeBufferPointer<UInt8> { buffers.text.written }

    /// The ends of the words in ``bytes``; valid until the next ``read(_:)``.
    ///
    /// A word begins after the blank of the previous word.
    public var ends: UnsafeBufferPointer<End> { buffers.wordEnds.written }

    /// Reads the words of a text; each invalid UTF-8 sequence first becomes U+FFFD, which is a blank.
    ///
    /// - Complexity: O(*n*), whatever the text.
    public func read(_ source: UnsafeBufferPointer<UInt8>) {
        guard UTF8Check.firstFault(source) != nil else { return read(valid: source) }
        _ = UTF8Check.mend(source, into: &mended)
        let taken = mended
        mended = []
        taken.withUnsafeBufferPointer { read(valid: $0) }
        mended = taken
    }

    /// Reads the words of a text that is known to be UTF-8; for any other text, memory after it may be read.
    package func read(valid source: UnsafeBufferPointer<UInt8>) { buffers.read(valid: source) }
}

/// The memory that words are written to.
///
/// It is a value of its own, so that an access to it is checked once for each text and not at each step.
private struct WordBuffers: ~Copyable {
    typealias End = NormalizedWords.End

    let usesBlocks: Bool
    let usesWideBlocks: Bool
    var text = TextBuffer<UInt8>()
    var wordEnds = TextBuffer<End>()

    init(usesBlocks: Bool, usesWideBlocks: Bool) {
        self.usesBlocks = usesBlocks
        self.usesWideBlocks = usesWideBlocks
    }

    /// The bytes of text that are read at a time.
    private static let stretch = 1 << 15
    /// Extra room after the end of a stretch: for the rest of a block, and for whole words of replacements.
    private static let slack = 2_048

    mutating func read(valid source: UnsafeBufferPointer<UInt8>) {
        text.count = 0
        wordEnds.count = 0
        guard let bytes = source.baseAddress else { return }
        let kinds = WordKind.table.values
        var offset = 0
        // Bytes that are looked at one by one before a block is tried again; a wide block pays for fewer bytes of ASCII.
        let step = usesWideBlocks ? 8 : 16
        // The state of the text before: nothing or a blank, a digit, or neither.
        var isAfterBlank = true
        var isAfterDigit = false
        WordKind.replacements.withUnsafeBufferPointer { replacements in
            while offset < source.count {
                let limit = min(offset + Self.stretch, source.count)
                // Three bytes become at most nine, with a blank before and after them.
                text.reserve(4 * (limit - offset) + Self.slack)
                wordEnds.reserve(limit - offset + Self.slack)
                let start = text.start
                var target = start + text.count
                var ends = wordEnds.start + wordEnds.count
                while offset < limit {
                    if usesBlocks,
                        usesWideBlocks
                            ? Self.isASCII(bytes, offset, source.count)
                            : TextFolder.isASCII(bytes, offset, source.count)
                    {
                        var words = 0
                        let stretch = UnsafeMutableRawPointer(ends).withMemoryRebound(
                            to: Int64.self, capacity: limit - offset + 64
                        ) { ends in
                            datawall_words_ascii(
                                bytes + offset, source.count - offset, limit - offset, target, target - start,
                                (isAfterBlank ? 1 : 0) | (isAfterDigit ? 2 : 0), ends, &words,
                                usesWideBlocks ? 1 : 0)
                        }
                        offset += stretch.read
                        target += stretch.written
                        ends += words
                        isAfterBlank = stretch.after & 1 != 0
                        isAfterDigit = stretch.after & 2 != 0
                        if stretch.read > 0 { continue }
                    }
                    let stop = min(offset + step, limit)
                    while offset < stop {
                        let (code, length) = CodePoint.read(bytes, offset)
                        let kind = kinds[code]
                        let next = offset + length
                        switch kind & WordKind.mask {
                        case WordKind.letter:
                            CodePoint.copy(bytes + offset, length, to: target, isInside: offset + 4 <= source.count)
                            target += length
                            isAfterBlank = false
                            isAfterDigit = false
                        case WordKind.replacedLetter:
                            target += replacements[Int(kind >> WordKind.bits)].write(to: target)
                            isAfterBlank = false
                            isAfterDigit = false
                        case WordKind.syllable:
                            target += WordKind.writeSyllable(code, to: target)
                            isAfterBlank = false
                            isAfterDigit = false
                        case WordKind.character, WordKind.replacedCharacter:
                            if !isAfterBlank { Self.end(false, &target, &ends, from: start) }
                            if kind & WordKind.mask == WordKind.character {
                                CodePoint.copy(
                                    bytes + offset, length, to: target, isInside: offset + 4 <= source.count)
                                target += length
                            } else {
                                target += replacements[Int(kind >> WordKind.bits)].write(to: target)
                            }
                            Self.end(true, &target, &ends, from: start)
                            isAfterBlank = true
                            isAfterDigit = false
                        case WordKind.digit:
                            target[0] = 0x30
                            target += isAfterDigit ? 0 : 1
                            isAfterBlank = false
                            isAfterDigit = true
                        case WordKind.dropped: break
                        default:
                            let isPoint = code == 0x2E || code == 0x2C
                            if isPoint, isAfterDigit, Self.hasDigit(source, next, kinds) { break }
                            if !isAfterBlank { Self.end(false, &target, &ends, from: start) }
                            isAfterBlank = true
                            isAfterDigit = false
                        }
                        offset = next
                    }
                }
                if offset >= source.count, !isAfterBlank { Self.end(false, &target, &ends, from: start) }
                text.count = target - start
                wordEnds.count = ends - wordEnds.start
            }
        }
    }

    /// Whether the eight bytes at an offset are ASCII, or all bytes that are left.
    @inline(__always)
    private static func isASCII(_ bytes: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> Bool {
        guard offset + 8 <= count else { return (offset..<count).allSatisfy { bytes[$0] < 0x80 } }
        return UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    }

    /// Ends a word with a blank.
    @inline(__always)
    private static func end(
        _ isCharacter: Bool, _ target: inout UnsafeMutablePointer<UInt8>, _ ends: inout UnsafeMutablePointer<End>,
        from start: UnsafeMutablePointer<UInt8>
    ) {
        ends[0] = End(target - start, isCharacter: isCharacter)
        ends += 1
        target[0] = 0x20
        target += 1
    }

    /// Whether a digit comes next, after dropped code points; each of these is visited at most once, since a point
    /// comes before it.
    private static func hasDigit(
        _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ kinds: UnsafePointer<UInt16>
    ) -> Bool {
        guard let bytes = source.baseAddress else { return false }
        var offset = start
        while offset < source.count {
            let (code, length) = CodePoint.read(bytes, offset)
            let kind = kinds[code] & WordKind.mask
            if kind != WordKind.dropped { return kind == WordKind.digit }
            offset += length
        }
        return false
    }
}
