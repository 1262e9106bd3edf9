import Testing

@testable import Charts

@Suite struct MarkupTextTests {
    @Test(
        "what would be markup, hide or reorder text is shown instead",
        arguments: [
            ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"), ("\"'", "&quot;&#39;"),
            ("a\u{0}b\u{1B}[31m", "a\u{FFFD}b\u{FFFD}[31m"), ("exe\u{202E}gnp", "exe\u{FFFD}gnp"),
            ("two\nlines", "two lines"), ("日本語", "日本語"), ("\u{1FFFE}", "\u{FFFD}"),
        ])
    func escaping(text: String, expected: String) {
        #expect(MarkupText.escaped(text) == expected)
    }

    @Test("a name too long ends in an ellipsis and fits")
    func cut() {
        let cut = TextWidth.cut("a very long name of a source", to: 60)
        #expect(cut.hasSuffix("…"))
        #expect(TextWidth.of(cut) <= 60)
        #expect(TextWidth.cut("short", to: 60) == "short")
    }

    @Test(
        "coordinates are short and rounded",
        arguments: [(1.0, "1"), (1.005, "1"), (1.239, "1.2"), (-0.001, "0"), (-3.5, "-3.5"), (1_234.5, "1234.5")])
    func coordinates(value: Double, expected: String) {
        #expect(Coordinate.text(value) == expected)
    }

    @Test("an identifier stays fit for markup whatever it was made of")
    func identifiers() {
        #expect(ChartFrame("a\"><b>", title: "", description: "").identifier == "ab")
        #expect(ChartFrame("7é", title: "", description: "").identifier == "c7")
    }
}
