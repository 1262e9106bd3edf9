import DataWallReports
import Testing

@Suite struct TerminalStyleTests {
    private var table: TextTable {
        var table = TextTable(columns: ["source": .left, "tokens": .right, "unique": .right, "a note": .left])
        table.add(["a-source-with-a-long-name", "93.17M", "84.44M", "read to the end"])
        table.add(["man", "26.04M", "23.60M", ""])
        return table
    }

    @Test("a table that fits is set as it is, one that does not has its text cut first", arguments: [nil, 100, 60, 45])
    func widths(width: Int?) {
        let lines = TerminalStyle.$current.withValue(TerminalStyle(width: width)) { table.lines }
        #expect(lines.count == 4)
        if let width { #expect(lines.allSatisfy { $0.count <= width }) }
        #expect(lines[2].contains("93.17M  84.44M"))
        #expect(lines[2].contains("…") == (width == 45))
    }

    @Test("a table too wide even so goes on below, with the same first column, and loses nothing")
    func parts() {
        var table = TextTable(columns: [
            "source": .left, "documents": .right, "tokens": .right, "unique": .right, "exclusive": .right,
        ])
        table.add(["kernel-code", "31,765", "93.17M", "84.44M", "78.82M"])
        let lines = TerminalStyle.$current.withValue(TerminalStyle(width: 32)) { table.lines }
        #expect(lines.allSatisfy { $0.count <= 32 })
        #expect(lines.contains(""))
        #expect(lines.filter { $0.hasPrefix("source") }.count == 2)
        for cell in ["31,765", "93.17M", "84.44M", "78.82M"] { #expect(lines.contains { $0.contains(cell) }) }
    }

    @Test("sentences break between words, and what follows is indented as the line was")
    func wrapping() {
        let style = TerminalStyle(width: 40)
        let line = "! Law 'muennighoff': its ensemble is refit here, from a hundred resamples of its runs"
        let lines = style.set([line])
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
        #expect(lines.joined(separator: " ").split(separator: " ") == line.split(separator: " "))
        #expect(TerminalStyle.plain.set([line]) == [line])
    }

    @Test("colour stands only where it was asked for, and never for itself")
    func colour() {
        let plain = TerminalStyle.$current.withValue(.plain) { table.lines }
        let coloured = TerminalStyle.$current.withValue(TerminalStyle(isColoured: true)) { table.lines }
        #expect(!plain.joined().contains("\u{1B}"))
        #expect(coloured.joined().contains("\u{1B}[1m"))
        let bare = coloured.map { line in
            line.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[2m", with: "").replacing("\u{1B}[0m", with: "")
        }
        #expect(bare == plain)
        #expect(TerminalStyle(isColoured: true).set(["! beware"]) == ["\u{1B}[33m! beware\u{1B}[0m"])
    }
}
