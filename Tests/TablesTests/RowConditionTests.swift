import Tables
import Testing

@Suite struct RowConditionTests {
    private struct Refusal: Error, Equatable {
        var column = ""
        var cell: String?
    }

    private static let row = [
        "size": "1,000,000,000", "corpus": "c4", "note": "", "score": "NaN", "limit": "inf", "train/loss": "2.4",
        "a b": "x<y", "flag": "true",
    ]

    private static func holds(_ text: String) throws -> Bool {
        try RowCondition(text).holds(
            { name throws(Refusal) in
                guard let cell = row[name] else { throw Refusal(column: name) }
                return RowCondition.Content(cell)
            }, mismatch: { Refusal(column: $0.column, cell: $0.cell) })
    }

    @Test(
        "numbers compare as numbers however they are written, and words as words",
        arguments: [
            ("size=1e9", true), ("size == 1B", true), ("size!=1G", false), ("size>999.9M", true), ("size<=1e9", true),
            ("corpus=c4", true), ("corpus=C4", false), ("corpus!='c4'", false), ("size=big", false),
            ("size!=big", true),
            ("corpus=4", false), ("corpus!=4", true), ("flag=true", true), ("\"a b\"='x<y'", true),
            ("train/loss<2.5", true),
        ])
    func values(text: String, expected: Bool) throws { #expect(try Self.holds(text) == expected) }

    @Test(
        "a missing value is equal to nothing but another, and has no order",
        arguments: [
            ("note=''", true), ("note=NaN", true), ("score=null", true), ("limit=na", true), ("score!=NaN", false),
            ("corpus!=NaN", true), ("score>0", false), ("score<=0", false), ("limit>0", false), ("note!=x", true),
        ])
    func missing(text: String, expected: Bool) throws { #expect(try Self.holds(text) == expected) }

    @Test(
        "&& binds more tightly than ||, and what does not decide is not asked for",
        arguments: [
            ("size>1 && corpus=pile || note=''", true), ("note='' || size>1 && corpus=pile", true),
            ("size<1 && unknown>3", false), ("size>1 || unknown>3", true),
        ])
    func joined(text: String, expected: Bool) throws { #expect(try Self.holds(text) == expected) }

    @Test("an order asked of words names the column and the cell, if the cell is to blame")
    func orders() {
        #expect(throws: Refusal(column: "corpus", cell: "c4")) { try Self.holds("corpus>3") }
        #expect(throws: Refusal(column: "corpus", cell: "c4")) { try Self.holds("corpus>c3") }
        #expect(throws: Refusal(column: "size")) { try Self.holds("size<big") }
        #expect(throws: Refusal(column: "unknown")) { try Self.holds("unknown=1") }
    }

    @Test(
        "what is no condition is refused with the reason",
        arguments: [
            ("", "a comparison is missing"), ("size", "'size' is compared with nothing"),
            (">1", "a column is missing"), ("size>", "'size' is compared with nothing"),
            ("corpus='c4", "a quote does not end"), ("size>NaN", "'NaN' has no order"),
            ("size>1 & note=x", "does not join two conditions"),
            ("note='x' xor size>1", "does not join two conditions"),
            ("size>1 and", "a comparison is missing"), ("size>1 &&", "a comparison is missing"),
            ("(size>1)", "begins with a parenthesis"), ("not size>1", "write != for not"),
        ])
    func malformed(text: String, reason: String) {
        let error = #expect(throws: RowCondition.SyntaxError.self) { try RowCondition(text) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }
}
