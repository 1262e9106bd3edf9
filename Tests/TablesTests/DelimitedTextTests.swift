import Tables
import Testing

@Suite struct DelimitedTextTests {
    @Test(
        "no cell of text is a formula, and quotes go around what needs them",
        arguments: [
            ("web", "web"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("", ""), ("a=b", "a=b"),
            ("=cmd|' /C calc'!A1", "'=cmd|' /C calc'!A1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"), ("\r=1", "\"'\r=1\""), ("=1,2", "\"'=1,2\""), ("\n=1", "\"'\n=1\""),
            ("\u{FF1D}1", "'\u{FF1D}1"), ("\r\n=1", "\"'\r\n=1\""),
        ])
    func cells(text: String, cell: String) {
        #expect(DelimitedText.cell(text) == cell)
    }

    @Test("what is written as a table is read again as it was")
    func lines() throws {
        let rows = [["law", "loss"], ["a,b", "2.5"], ["say \"x\"", ""]]
        let text = DelimitedText.lines(rows.map { $0.map(DelimitedText.cell) })
        let table = try DelimitedTable(text, called: "table")
        #expect(text.hasPrefix("law,loss\n"))
        #expect([table.header] + table.rows.map(\.cells) == rows)
    }
}
