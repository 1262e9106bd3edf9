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
}
