import CDataWallVector

/// Makes texts equal that differ only in Unicode's composition, case or white space.
///
/// A folder owns the memory that it writes to, and only one thread may use it. Its steps, in this order:
/// - `composes`: form C of Unicode 16.0 (``CanonicalComposition/formC``).
/// - `lowercases`: Unicode's full lower case, whatever the language. A capital sigma becomes ς at the end of a word and
///   σ elsewhere, by the standard's condition Final_Sigma, as in Python's `str.lower`.
/// - `collapsesSpace`: each run of White_Space becomes one U+0020; none is left at the ends.
public final class TextFolder {
    private let composes: Bool
    private let lowercases: Bool
    private let collapsesSpace: Bool
    /// Whether ASCII is folded in blocks; code point by code point, for tests, it becomes the same.
    private let usesBlocks: Bool
    /// Whether blocks are folded with AVX-512, which the processor must have.
    private let usesWideBlocks: Bool
    /// The code points that change, except a single space.
    private let filter: SequenceFilter
    private var composed: [UInt8] = []
    private var mended: [UInt8] = []
    private var folded = TextBuffer<UInt8>()

    /// The action for each code point, with the number of its lower case in the low bits.
    private static let actions = CodePointTable<UInt16> { actions in
        for code in GeneralCategory.whiteSpace.joined() { actions[code] = isSpace }
        var number: UInt16 = 0
        LetterCase.forEachLowercase { code, _ in
            number += 1
            actions[code] = number
        }
        actions[LetterCase.capitalSigma] = isSigma
    }
    private static let isSpace: UInt16 = 1 << 15
    private static let isSigma: UInt16 = 1 << 14
    /// Lower case by number, counted from 1.
    private static let lowercase: [ShortText] = {
        var lowercase = [ShortText([])]
        LetterCase.forEachLowercase { _, lower in lowercase.append(ShortText(lower)) }
        return lowercase
    }()
    private static let sigma = ShortText([0x3C3])
    private static let finalSigma = ShortText([0x3C2])

    /// Creates a folder.
    public convenience init(composes: Bool, lowercases: Bool, collapsesSpace: Bool) {
        self.init(composes: composes, lowercases: lowercases, collapsesSpace: collapsesSpace, usesBlocks: true)
    }

    /// Whether the processor has AVX-512 VBMI2.
    static let hasWideBlocks = datawall_widest_vectors() == DATAWALL_VECTORS_AVX512

    init(
        composes: Bool, lowercases: Bool, collapsesSpace: Bool, usesBlocks: Bool,
        usesWideBlocks: Bool = TextFolder.hasWideBlocks
    ) {
        self.composes = composes
        self.lowercases = lowercases
        self.collapsesSpace = collapsesSpace
        self.usesBlocks = usesBlocks
        self.usesWideBlocks = usesWideBlocks
        var changed: [Int] = collapsesSpace ? GeneralCategory.whiteSpace.joined().filter { $0 != 0x20 } : []
        if lowercases { LetterCase.forEachLowercase { code, _ in changed.append(code) } }
        filter = SequenceFilter(changed)
    }

    /// Calls `body` with the folded bytes of a text; each invalid UTF-8 sequence first becomes U+FFFD.
    ///
    /// - Complexity: O(*n*), whatever the text.
    public func withFolded<Result>(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        if UTF8Check.firstFault(text) == nil { return withFolded(valid: text, body) }
        _ = UTF8Check.mend(text, into: &mended)
        // Out of this object for as long as it is read.
        let taken = mended
        mended = []
        defer { mended = taken }
        return taken.withUnsafeBufferPointer { withFolded(valid: $0, body) }
    }

    /// The same for a text that is known to be valid UTF-8; another would be read past its end.
    package func withFolded<Result>(
        valid text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let form = CanonicalComposition.formC
        guard composes, form.mayChange(text) else { return withCaseAndSpace(text, body) }
        form.normalize(text, into: &composed)
        let taken = composed
        composed = []
        defer { composed = taken }
        return taken.withUnsafeBufferPointer { withCaseAndSpace($0, body) }
    }

    private func withCaseAndSpace<Result>(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard lowercases || collapsesSpace else { return body(text) }
        foldCaseAndSpace(text)
        return body(folded.written)
    }

    /// Lower case makes a text longer by half at most (U+023A, two bytes, becomes U+2C65, three); blocks and whole words
    /// of replacements are written past the end by fewer than 128 bytes.
    private func foldCaseAndSpace(_ text: UnsafeBufferPointer<UInt8>) {
        folded.count = 0
        guard let bytes = text.baseAddress else { return }
        folded.reserve(text.count + text.count / 2 + 128)
        let start = folded.start
        var target = start
        let actions = Self.actions.values
        let wanted: UInt16 = (lowercases ? Self.isSpace - 1 : 0) | (collapsesSpace ? Self.isSpace : 0)
        let (lowers, spaces): (Int32, Int32) = (lowercases ? 1 : 0, collapsesSpace ? 1 : 0)
        // Whether the last output is a space that represents white space, or nothing was written.
        var isAfterSpace = collapsesSpace
        var offset = 0
        filter.withTables { filter in
            Self.lowercase.withUnsafeBufferPointer { lowercase in
                while offset < text.count {
                    if usesBlocks, Self.isASCII(bytes, offset, text.count) {
                        let stretch = datawall_fold_ascii(
                            bytes + offset, text.count - offset, target, lowers, spaces, isAfterSpace ? 1 : 0,
                            usesWideBlocks ? 1 : 0)
                        offset += stretch.read
                        target += stretch.written
                        isAfterSpace = stretch.after != 0
                        continue
                    }
                    // Eight bytes that do not change; a space may be among them, if it is the only one of its run.
                    while usesBlocks, offset + 9 <= text.count, !filter.mayBegin(in: bytes + offset) {
                        let word = UInt64(
                            littleEndian: UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt64.self))
                        let found = collapsesSpace ? Self.spaces(in: word) : 0
                        if found & (found << 8 | (isAfterSpace ? 0x80 : 0)) != 0 { break }
                        UnsafeMutableRawPointer(target).storeBytes(of: word.littleEndian, as: UInt64.self)
                        isAfterSpace = found >> 63 != 0
                        target += 8
                        offset += 8
                    }
                    let end = min(offset + 16, text.count)
                    // The end of a sequence whose beginning was in the step of eight.
                    while offset < end, bytes[offset] & 0xC0 == 0x80 {
                        target[0] = bytes[offset]
                        target += 1
                        offset += 1
                        isAfterSpace = false
                    }
                    while offset < end {
                        let (code, length) = CodePoint.read(bytes, offset)
                        let action = actions[code] & wanted
                        let next = offset + length
                        if action == 0 {
                            CodePoint.copy(bytes + offset, length, to: target, isInside: offset + 4 <= text.count)
                            target += length
                            isAfterSpace = false
                        } else if action == Self.isSpace {
                            target[0] = 0x20
                            target += isAfterSpace ? 0 : 1
                            isAfterSpace = true
                        } else if action == Self.isSigma {
                            let lower = LetterCase.isFinal(text, offset, next: next) ? Self.finalSigma : Self.sigma
                            target += lower.write(to: target)
                            isAfterSpace = false
                        } else {
                            target += lowercase[Int(action)].write(to: target)
                            isAfterSpace = false
                        }
                        offset = next
                    }
                }
            }
        }
        if isAfterSpace, target > start { target -= 1 }
        folded.count = target - start
    }

    /// The highest bit of each byte that is a space.
    @inline(__always)
    private static func spaces(in word: UInt64) -> UInt64 {
        let others = word ^ 0x2020_2020_2020_2020
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((others & low) + low) | others | low)
    }

    /// Whether the sixteen bytes at an offset are ASCII, or all bytes that are left.
    @inline(__always)
    static func isASCII(_ bytes: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> Bool {
        guard offset + 16 <= count else { return offset == 0 && (0..<count).allSatisfy { bytes[$0] < 0x80 } }
        let words = UnsafeRawPointer(bytes + offset).loadUnaligned(as: SIMD2<UInt64>.self)
        return (words[0] | words[1]) & 0x8080_8080_8080_8080 == 0
    }
}
