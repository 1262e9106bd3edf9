import Testing

@testable import TokenCounting

@Suite struct UnicodeClassesTests {
    @Test(
        "Code points have the classes of their general categories",
        arguments: [
            (0x41, UnicodeClasses.upper), (0x61, UnicodeClasses.lower), (0x1C5, UnicodeClasses.upper),
            (0x2B0, UnicodeClasses.uncased), (0x4E2D, UnicodeClasses.uncased), (0x301, UnicodeClasses.mark),
            (0x903, UnicodeClasses.mark), (0x31, UnicodeClasses.number), (0xBD, UnicodeClasses.number),
            (0x2167, UnicodeClasses.number), (0x21, UnicodeClasses.sign), (0x20AC, UnicodeClasses.sign),
            (0x20, UnicodeClasses.space), (0x85, UnicodeClasses.space), (0x3000, UnicodeClasses.space),
            (0x200B, 0), (0xFEFF, 0), (0x1C, 0), (0x378, 0), (0x10FFFF, 0),
        ])
    func classes(code: Int, flags: UInt8) {
        #expect(UnicodeClasses.table[code] == flags)
    }

    @Test("Letters that came with Unicode 16 are letters, those of Unicode 17 are not yet")
    func version() {
        // U+10D50 GARAY CAPITAL LETTER A came with 16.0; U+A7CE LATIN CAPITAL LETTER PHARYNGEAL VOICED FRICATIVE
        // with 17.0.
        #expect(UnicodeClasses.table[0x10D50] == UnicodeClasses.upper)
        #expect(UnicodeClasses.table[0xA7CE] == 0)
    }

    @Test("White space is the 25 code points of White_Space")
    func whiteSpace() {
        let spaces = (0..<0x110000).filter { UnicodeClasses.table[$0] & UnicodeClasses.space != 0 }
        #expect(spaces.count == 25)
        #expect(spaces.allSatisfy { Unicode.Scalar(UInt32($0))?.properties.isWhitespace == true })
    }
}
