/// Texts made of pieces that patterns treat differently, and whose neighbourhoods decide where pretokens end.
struct TextFuzzer {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    static let pieces: [String] = [
        "'", "'s", "'S", "'t", "'re", "'VE", "'ll", "'lL", "'d", "'\u{17F}", "\u{2019}s", " ", "  ", "   ", "\t", "\n",
        "\r\n", "\r", "\n\n", " \n", "\n ", "/", "//", "\u{A0}", "\u{3000}", "\u{85}", "\u{200B}", "\0", "\u{1C}",
        "\u{7F}",
        "a", "the", " the", "The", "HTML", "iPhone", "é", "É", "e\u{301}", "ß", "ǅ", "ʰ", "\u{301}", "1", "12",
        "1234567",
        "½", "٣", "！", "。", "—", "€", "+", "_", "-", ".", ",", "!!", "({[", "中", "文字", "日本語", "カタカナ", "・", "한국어",
        "각", "русский", "РУС", "العربية", "हिन्दी", "👍", "𝒜", "𐐀", "\u{FEFF}", "\u{2581}", ">", "</",
        "                ", "aaaaaaaaaaaaaaaaaaaa", "======================", "\n\n\n\n\n\n",
    ]

    mutating func text() -> [UInt8] {
        let length = [1, 2, 3, 5, 8, 20, 60].randomElement(using: &generator) ?? 1
        var text = ""
        for _ in 0..<length {
            if Int.random(in: 0..<8, using: &generator) == 0 {
                text.unicodeScalars.append(Unicode.Scalar(UInt8.random(in: 0..<128, using: &generator)))
            } else {
                text += Self.pieces.randomElement(using: &generator) ?? ""
            }
        }
        return Array(text.utf8)
    }
}
