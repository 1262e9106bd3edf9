import ScalingLaws
import TestSupport
import Testing

@testable import UnicodeText

@Suite struct NormalizedWordsTests {
    /// The words of a text; those that are characters of scripts without blanks in brackets.
    private func words(_ text: String) -> [String] {
        let words = NormalizedWords()
        Array(text.utf8).withUnsafeBufferPointer { words.read($0) }
        var start = 0
        var found: [String] = []
        for end in words.ends {
            let word = String(decoding: words.bytes[start..<end.offset], as: UTF8.self)
            found.append(end.isCharacter ? "[\(word)]" : word)
            #expect(words.bytes[end.offset] == 0x20)
            start = end.offset + 1
        }
        #expect(start == words.bytes.count)
        return found
    }

    // What Sources/CorpusAudit/CorpusAudit.docc/Guides/NormalizeTexts.md lists; Benchmarks/checks/restatement.py gives the same for each.
    @Test(
        "Texts have the words that the frozen rules give them",
        arguments: [
            ("", []), (" \n\t.,;", []), ("The quick-brown FOX's", ["the", "quick", "brown", "fox", "s"]),
            ("a_b c", ["a", "b", "c"]), ("1,234,567.89 in 2024.", ["0", "in", "0"]),
            ("3..4 5., 6", ["0", "0", "0", "0"]),
            ("v1.2b .5 7.", ["v0b", "0", "0"]), ("abc123def", ["abc0def"]), ("\u{663}\u{665}.\u{FF11}", ["0"]),
            ("1\u{301}.\u{301}2", ["0"]), ("Été ÅNGSTRÖM", ["ete", "angstrom"]), ("E\u{301}te\u{301}", ["ete"]),
            ("İI ΟΔΟΣ οδος", ["ii", "οδοσ", "οδοσ"]), ("so\u{AD}ft \u{FEFF}x\u{200D}y", ["soft", "xy"]),
            ("\u{301}", []), ("½ Ⅷ ² €5", ["0"]), ("\u{212B} \u{2126} \u{1E9E}", ["a", "ω", "ß"]),
            ("中文，测试", ["[中]", "[文]", "[测]", "[试]"]), ("iPhone手机5月", ["iphone", "[手]", "[机]", "0", "[月]"]),
            ("がガ\u{FF76}\u{FF9E}", ["[か]", "[カ]", "[ｶ]", "[ﾞ]"]),
            ("ภาษาไทย", ["[ภ]", "[า]", "[ษ]", "[า]", "[ไ]", "[ท]", "[ย]"]),
            ("\u{F900}", ["[豈]"]), ("한국", ["\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"]),
            ("\u{915}\u{93F}\u{958}", ["\u{915}\u{93F}\u{915}"]), ("\u{9CB}", ["\u{9C7}\u{9BE}"]),
            ("😀a👍", ["a"]),
        ] as [(String, [String])])
    func cases(text: String, expected: [String]) {
        let found = words(text)
        #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }

    @Test("What is not UTF-8 is a blank")
    func faults() {
        let words = NormalizedWords()
        ([0x61, 0xFF, 0x62, 0xC3] as [UInt8]).withUnsafeBufferPointer { words.read($0) }
        #expect(String(decoding: words.bytes, as: UTF8.self) == "a b ")
        #expect(words.ends.map(\.offset) == [1, 3])
    }

    @Test("Blocks and single code points give the same words on random texts")
    func paths() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        // Code point by code point; with AVX-512 if the processor has it; with SSE2 or plain loops.
        let singles = NormalizedWords(usesBlocks: false)
        let paths = [NormalizedWords(), NormalizedWords(usesBlocks: true, usesWideBlocks: false)]
        for number in 0..<(isSoak ? 1_000_000 : 100_000) {
            // Some are joined, so that they have blocks of ASCII one after the other.
            let texts = (0..<(number % 4 == 0 ? 8 : 1)).map { _ in RandomText.next(using: &generator) }
            Array(texts.joined()).withUnsafeBufferPointer {
                for path in paths + [singles] { path.read($0) }
            }
            for path in paths
            where !path.bytes.elementsEqual(singles.bytes) || !path.ends.elementsEqual(singles.ends) {
                Issue.record("seed \(seed), text \(number)")
            }
        }
    }

    @Test("A long text of many kinds has the words of its parts, and one long word is one")
    func long() {
        let part = "Lorem 1.5 ipsum 中文 é\u{301} "
        let whole = words(String(repeating: part, count: 20_000))
        #expect(whole.count == 20_000 * 6)
        #expect(whole.prefix(6).elementsEqual(words(part)))
        #expect(whole.suffix(6).elementsEqual(words(part)))
        #expect(words(String(repeating: "aB", count: 200_000)) == [String(repeating: "ab", count: 200_000)])
        #expect(words(String(repeating: "5.", count: 200_000)) == ["0"])
    }
}
