import Testing

@testable import DataWallReports

@Suite struct VisibleTextTests {
    @Test(
        "what would steer a terminal, break a line or hide is written out",
        arguments: [
            ("\u{1B}[31mred", #"\u{1B}[31mred"#), ("a\u{7}b", #"a\u{7}b"#), ("a\nb\r\tc", #"a\u{A}b\u{D}\u{9}c"#),
            ("\u{9B}31m", #"\u{9B}31m"#), ("\u{7F}", #"\u{7F}"#), ("exe\u{202E}gnp", #"exe\u{202E}gnp"#),
            ("\u{2066}a\u{2069}", #"\u{2066}a\u{2069}"#), ("a\u{200B}b", #"a\u{200B}b"#),
            ("a\u{200D}b\u{FEFF}", #"a\u{200D}b\u{FEFF}"#), ("a\u{2028}b", #"a\u{2028}b"#), ("\u{0}", #"\u{0}"#),
            ("a\r\nb", #"a\u{D}\u{A}b"#), ("\u{AD}", #"\u{AD}"#), ("\u{E0041}", #"\u{E0041}"#),
            ("wiki é 维基 e\u{301} 🖥\u{FE0F}", "wiki é 维基 e\u{301} 🖥\u{FE0F}"), ("", ""), (#"C:\u"#, #"C:\u"#),
        ])
    func written(text: String, shown: String) {
        #expect(text.visible.unicodeScalars.elementsEqual(shown.unicodeScalars))
        #expect(text.visible.visible == text.visible)
    }

    @Test("cells of a table are as wide as what is shown of them")
    func cells() {
        var table = TextTable(columns: ["source\n": .left, "tokens": .right])
        table.add(["a\u{1B}[2J", "12"])
        #expect(
            table.lines == [
                #"source\u{A}  tokens"#,
                "───────────  ──────",
                #"a\u{1B}[2J       12"#,
            ])
    }

    @Test("of codes in lines only those of a table's own head and rule reach a terminal")
    func lines() {
        let style = TerminalStyle(width: 80, isColoured: true)
        var table = TextTable(columns: ["a \u{1B}[1m name": .left])
        table.add(["\u{1B}[1m forged \u{1B}[0m"])
        let lines = TerminalStyle.$current.withValue(style) { table.lines }
        #expect(style.set(lines) == lines)
        #expect(lines[0] == "\u{1B}[1m" + #"a \u{1B}[1m name"# + "\u{1B}[0m")
        #expect(lines[2] == #"\u{1B}[1m forged \u{1B}[0m"#)
        #expect(style.set(["source \u{1B}[1mx\u{1B}[0m"]) == [#"source \u{1B}[1mx\u{1B}[0m"#])
        #expect(style.set(["\u{1B}[1mx\u{1B}[0my\u{1B}[0m"]) == [#"\u{1B}[1mx\u{1B}[0my\u{1B}[0m"#])
        #expect(style.set(["! source \n2 999"]) == ["\u{1B}[33m" + #"! source \u{A}2 999"# + "\u{1B}[0m"])
        #expect(TerminalStyle.plain.set(["\u{1B}[1mx\u{1B}[0m"]) == [#"\u{1B}[1mx\u{1B}[0m"#])
    }
}
