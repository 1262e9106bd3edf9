import DataWallReports
import Testing

@Suite struct TextTableTests {
    @Test("names stand left, numbers right, and no line ends in blanks")
    func layout() {
        var table = TextTable(columns: ["source": .left, "tokens": .right, "note": .left])
        table.add(["web", "12", "a"])
        table.add(["wikipédia", "1,234"])
        #expect(
            table.lines == [
                "source     tokens  note",
                "─────────  ──────  ────",
                "web            12  a",
                "wikipédia   1,234",
            ])
    }

    @Test("a name of wide characters takes two columns for each")
    func wideNames() {
        var table = TextTable(columns: ["source": .left, "tokens": .right])
        table.add(["维基百科", "12"])
        table.add(["🧱 wall", "3"])
        table.add(["ウィキ\u{301}", "4"])
        #expect(
            table.lines == [
                "source    tokens",
                "────────  ──────",
                "维基百科      12",
                "🧱 wall        3",
                "ウィキ\u{301}         4",
            ])
    }

    @Test("a wide name gives way by whole characters")
    func cutNames() {
        var table = TextTable(columns: ["source": .left, "tokens": .right])
        table.add(["维基百科全书中文版本文章", "1,234,567,890,123,456"])
        let lines = TerminalStyle.$current.withValue(TerminalStyle(width: 34)) { table.lines }
        #expect(
            lines == [
                "source                      tokens",
                "───────────  ─────────────────────",
                "维基百科全…  1,234,567,890,123,456",
            ])
    }
}
