import Foundation

/// Generates records that try a JSON scanner's patience: escapes of every kind, surrogate pairs, keys in any order,
/// decoys, blanks, empty texts, very long lines, repeats inside and across sources.
struct HostileCorpus {
    private var random: SeededGenerator
    private var pool: [String] = []

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let alphabet: [String] = [
        "a", "b", "c", " ", " ", " ", "e", "the ", "data ", "wall ", "\n", "\t", "\"", "\\", "/", "{", "}", "[", "]",
        ":",
        ",", "é", "ß", "漢", "字", "🎉", "👩‍👩‍👧", "\u{0}", "\u{1F}", "\u{7F}", "\u{2028}", "\u{FFFD}", "\\u0041",
        "\"text\": \"x\"",
        "\r\n",
    ]

    private mutating func text() -> String {
        let length = [0, 1, 3, 15, 16, 17, 31, 63, 64, 65, 130, 400].randomElement(using: &random) ?? 1
        var text = ""
        for _ in 0..<length { text += Self.alphabet.randomElement(using: &random) ?? "" }
        return text
    }

    /// A text: new, or one that was given out before.
    mutating func nextText() -> String {
        if !pool.isEmpty, Bool.random(using: &random), Bool.random(using: &random) {
            return pool.randomElement(using: &random) ?? ""
        }
        let text = text()
        pool.append(text)
        return text
    }

    mutating func score() -> Int { Int.random(in: 0...5, using: &random) }

    /// A record with a text, spelt in one of the many ways JSON allows.
    mutating func record(text: String, score: Int, source: String) -> String {
        var members = [
            "\"text\"\(blank()):\(blank())\(spell(text))",
            "\"id\":\(Int.random(in: 0...1_000_000, using: &random))",
            "\"meta\": {\"text\": \(spell(self.text())), \"score\": \(score), \"tags\": [1, -2.5e-3, null, true, [\"]\"]]}",
            "\"source\": \(spell(source))",
            "\"t\\u0065xt2\": \(spell("decoy"))",
            "\"url\": \(spell("https://example.org/?q=\"text\""))",
        ]
        members.shuffle(using: &random)
        return "\(blank()){\(blank())" + members.joined(separator: "\(blank()),\(blank())") + "\(blank())}\(blank())"
    }

    private mutating func blank() -> String { ["", "", " ", "\t", "  "].randomElement(using: &random) ?? "" }

    /// Writes a string with escapes where they must be, and at random where they may be.
    private mutating func spell(_ text: String) -> String {
        var spelt = "\""
        for unit in text.unicodeScalars {
            let roll = Int.random(in: 0..<8, using: &random)
            switch unit {
            case "\"": spelt += roll == 0 ? "\\u0022" : "\\\""
            case "\\": spelt += roll == 0 ? "\\u005C" : "\\\\"
            case "/" where roll < 4: spelt += "\\/"
            case "\n": spelt += roll == 0 ? "\\u000a" : "\\n"
            case "\t": spelt += "\\t"
            case "\r": spelt += "\\r"
            case _ where unit.value < 0x20 || roll == 0:
                for code in String(unit).utf16 { spelt += String(format: roll == 1 ? "\\u%04X" : "\\u%04x", code) }
            default: spelt.unicodeScalars.append(unit)
            }
        }
        return spelt + "\""
    }
}
