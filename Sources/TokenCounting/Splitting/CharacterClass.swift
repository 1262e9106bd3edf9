import UnicodeText

/// A class of code points in a regular expression, as `[^\s\p{L}]`.
struct CharacterClass: Sendable {
    /// General categories, a bit each (``GeneralCategory/mask(_:)``).
    var categories: UInt32 = 0
    var ranges: [ClosedRange<Int>] = []
    /// Negated classes inside this one.
    var inner: [CharacterClass] = []
    var isNegated = false

    /// Stored here, since a table that is read for every code point must be in its reader's module.
    private static let categories = GeneralCategory.table

    /// Membership of ASCII, worked out once all else is set.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The 25 code points of White_Space.
    static let space = CharacterClass(ranges: GeneralCategory.whiteSpace)

    /// The script Han, by Unicode 16.0's Scripts.txt.
    static let han = CharacterClass(ranges: [
        0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029,
        0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFA6D, 0xFA70...0xFAD9, 0x16FE2...0x16FE3,
        0x16FF0...0x16FF1, 0x20000...0x2A6DF, 0x2A700...0x2B739, 0x2B740...0x2B81D, 0x2B820...0x2CEA1,
        0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D, 0x2F800...0x2FA1D, 0x30000...0x3134A, 0x31350...0x323AF,
    ])

    /// The members of the library's `\w` besides letters, marks, decimal digits and connectors.
    private static let wordSymbols: [ClosedRange<Int>] = [
        0x16EE...0x16F0, 0x2160...0x2182, 0x2185...0x2188, 0x24B6...0x24E9,
        0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303A, 0xA6E6...0xA6EF, 0x10140...0x10174, 0x10341...0x10341,
        0x1034A...0x1034A, 0x103D1...0x103D5, 0x12400...0x1246E, 0x1F130...0x1F149, 0x1F150...0x1F169,
        0x1F170...0x1F189,
    ]

    /// `\w` inside brackets.
    static let bracketedWord = CharacterClass(
        categories: ["L", "M", "Nd", "Pc"].reduce(0) { $0 | GeneralCategory.mask($1) }, ranges: wordSymbols)

    /// `\w` outside brackets, which has more of Latin-1: the library looks such code points up in another table.
    static let word = CharacterClass(
        categories: bracketedWord.categories, ranges: wordSymbols + [0xB2...0xB3, 0xB9...0xB9, 0xBC...0xBE])

    /// `\d`.
    static let digit = CharacterClass(categories: GeneralCategory.mask("Nd"))

    init(categories: UInt32 = 0, ranges: [ClosedRange<Int>] = []) {
        self.categories = categories
        self.ranges = ranges
    }

    /// Adds the members of another class.
    mutating func add(_ other: CharacterClass) {
        if other.isNegated {
            inner.append(other.prepared())
        } else {
            categories |= other.categories
            ranges += other.ranges
            inner += other.inner
        }
    }

    /// Adds the other case of ASCII letters, and the code points that fold to one of them: U+017F to `s`, U+212A to
    /// `k`.
    mutating func foldCase() {
        for range in ranges {
            for letter in 0x41...0x5A where range.contains(letter) || range.contains(letter | 0x20) {
                ranges += [letter...letter, letter | 0x20...letter | 0x20]
                if letter == 0x53 { ranges.append(0x17F...0x17F) }
                if letter == 0x4B { ranges.append(0x212A...0x212A) }
            }
        }
    }

    /// The class prepared for fast tests.
    func prepared() -> CharacterClass {
        var ready = self
        for code in 0..<64 where search(code) { ready.low |= 1 << UInt64(code) }
        for code in 64..<128 where search(code) { ready.high |= 1 << UInt64(code - 64) }
        return ready
    }

    /// Whether a code point is a member.
    @inline(__always)
    func contains(_ code: Int) -> Bool {
        if code < 64 { return low >> UInt64(code) & 1 != 0 }
        if code < 128 { return high >> UInt64(code - 64) & 1 != 0 }
        return search(code)
    }

    private func search(_ code: Int) -> Bool {
        var found = categories != 0 && categories >> UInt32(Self.categories[code]) & 1 != 0
        for range in ranges where !found { found = range.contains(code) }
        for other in inner where !found { found = other.search(code) }
        return found != isNegated
    }
}
