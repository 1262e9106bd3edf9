/// The class of a code point for ``NormalizedWords``: a kind in the lowest bits, and the number of a replacement.
enum WordKind {
    /// Bits that hold the kind; those above hold the number.
    static let bits: UInt16 = 3
    static let mask: UInt16 = 7
    /// Ends a word.
    static let blank: UInt16 = 0
    /// Part of a word, as it is.
    static let letter: UInt16 = 1
    /// A word by itself, unchanged.
    static let character: UInt16 = 2
    static let dropped: UInt16 = 3
    static let digit: UInt16 = 4
    /// A Hangul syllable, which is written as its jamo.
    static let syllable: UInt16 = 5
    static let replacedLetter: UInt16 = 6
    static let replacedCharacter: UInt16 = 7

    static var table: CodePointTable<UInt16> { unfolded.table }
    static var replacements: [ShortText] { unfolded.replacements }

    private static let unfolded: (table: CodePointTable<UInt16>, replacements: [ShortText]) = {
        var replacements: [ShortText] = []
        let form = CanonicalComposition.formD
        let words = ["L", "Mc"].reduce(0) { $0 | GeneralCategory.mask($1) }
        let omitted = ["Mn", "Me", "Cf"].reduce(0) { $0 | GeneralCategory.mask($1) }
        let table = CodePointTable<UInt16> { kinds in
            GeneralCategory.forEachRun { category, codes in
                let kind: UInt16 =
                    if category & words != 0 {
                        letter
                    } else if category & omitted != 0 {
                        WordKind.dropped
                    } else {
                        category & GeneralCategory.mask("Nd") != 0 ? digit : blank
                    }
                if kind != blank { (kinds + codes.lowerBound).update(repeating: kind, count: codes.count) }
            }
            CanonicalComposition.forEachMark { code, _ in kinds[code] = WordKind.dropped }
            for code in NormalizedWords.unspacedBlocks.joined() where kinds[code] == letter { kinds[code] = character }
            var lowercase: [Int: [Int]] = [0x3C2: [0x3C3]]
            LetterCase.forEachLowercase { lowercase[$0] = $1 }
            // Other code points have the kind of their decomposition, which does not change further.
            var changed = Set(lowercase.keys)
            CanonicalComposition.forEachDecomposition { code, _, _ in changed.insert(code) }
            var found: [(code: Int, kind: UInt16)] = []
            for code in changed.sorted() {
                let parts = form.decomposition(of: code).flatMap { lowercase[$0] ?? [$0] }.filter {
                    kinds[$0] != WordKind.dropped
                }
                guard let first = parts.first else {
                    found.append((code, WordKind.dropped))
                    continue
                }
                guard kinds[first] == letter || kinds[first] == character else {
                    found.append((code, kinds[first]))
                    continue
                }
                let isCharacter = kinds[first] == character
                found.append(
                    (code, UInt16(replacements.count) << bits | (isCharacter ? replacedCharacter : replacedLetter)))
                replacements.append(ShortText(parts))
            }
            for (code, kind) in found { kinds[code] = kind }
            (kinds + 0xAC00).update(repeating: syllable, count: 11172)
        }
        return (table, replacements)
    }()

    /// Writes the jamo of a Hangul syllable, three bytes each; returns their length.
    @inline(__always)
    static func writeSyllable(_ code: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
        let index = code - 0xAC00
        writeJamo(0x1100 + index / 588, target)
        writeJamo(0x1161 + index % 588 / 28, target + 3)
        if index % 28 == 0 { return 6 }
        writeJamo(0x11A7 + index % 28, target + 6)
        return 9
    }

    @inline(__always)
    private static func writeJamo(_ code: Int, _ target: UnsafeMutablePointer<UInt8>) {
        target[0] = 0xE1
        target[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
        target[2] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
    }
}
