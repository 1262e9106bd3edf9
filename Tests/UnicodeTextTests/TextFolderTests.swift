import ScalingLaws
import TestSupport
import Testing

@testable import UnicodeText

@Suite struct TextFolderTests {
    private func folded(
        _ text: String, composes: Bool = false, lowercases: Bool = false, collapsesSpace: Bool = false
    ) -> [UInt32] {
        folded(text, TextFolder(composes: composes, lowercases: lowercases, collapsesSpace: collapsesSpace))
    }

    private func folded(_ text: String, _ folder: TextFolder) -> [UInt32] {
        let out = Array(text.utf8).withUnsafeBufferPointer { folder.withFolded($0) { Array($0) } }
        return String(decoding: out, as: UTF8.self).unicodeScalars.map(\.value)
    }

    private func codes(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test("Lower case and white space come after NFC")
    func order() {
        let text = "  \u{212B}  E\u{301}\t"
        #expect(folded(text, composes: true, lowercases: true, collapsesSpace: true) == codes("\u{E5} \u{E9}"))
        #expect(folded("\u{212B}  X", lowercases: true, collapsesSpace: true) == codes("\u{E5} x"))
    }

    @Test(
        "A capital sigma is final behind a letter and before none, past what case ignores, as in Python's str.lower",
        arguments: [
            ("ΟΔΟΣ", "οδος"), ("ΟΔΟΣ ΟΔΟΣ", "οδος οδος"), ("Σ", "σ"), ("ΣΑΣ", "σας"), ("ΑΣΣΑ", "ασσα"), ("ΑΣΣ", "ασς"),
            // U+00AD, U+0301 and the apostrophe are ignored; U+02B0 is cased and ignored; the hyphen is neither.
            ("ΑΣ\u{AD}Α", "ασ\u{AD}α"), ("ΑΣ\u{301}", "ας\u{301}"), ("Α\u{301}Σ", "α\u{301}ς"), ("ΑΣ'Α", "ασ'α"),
            ("ΑΣ' Α", "ας' α"), ("ΑΣ-Α", "ας-α"), ("\u{2B0}Σ", "\u{2B0}σ"), ("ΑΣ\u{2B0}", "ας\u{2B0}"), ("9Σ", "9σ"),
        ])
    func finalSigma(text: String, expected: String) {
        #expect(folded(text, lowercases: true) == codes(expected))
    }

    @Test("The text of one letter whose lower case has two is as SpecialCasing.txt has it")
    func dottedI() {
        #expect(folded("\u{130}I", lowercases: true) == [0x69, 0x307, 0x69])
    }

    @Test("Runs of the 25 code points of White_Space become one space, and none is left at the ends")
    func whiteSpace() {
        let spaces = "\t\n\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{2000}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"
        #expect(folded("\(spaces)a\(spaces)b\u{3000}\u{E9}\(spaces)", collapsesSpace: true) == codes("a b \u{E9}"))
        #expect(folded(spaces, collapsesSpace: true) == [])
        // Not white space: U+001C, U+180E, U+200B.
        #expect(folded(" \u{1C}\u{180E}\u{200B} ", collapsesSpace: true) == [0x1C, 0x180E, 0x200B])
    }

    @Test("Every code point up to Unicode 16 has the lower case and the white space of the Swift runtime")
    func everyCodePoint() {
        let lowercase = TextFolder(composes: false, lowercases: true, collapsesSpace: false)
        let space = TextFolder(composes: false, lowercases: false, collapsesSpace: true)
        var mapped = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), value != 0x3A3,
                value < 0x80 || scalar.properties.changesWhenLowercased || scalar.properties.isWhitespace
                    || value % 251 == 0
            else { continue }
            let properties = scalar.properties
            let all = [scalar] + Array(properties.lowercaseMapping.unicodeScalars)
            guard all.allSatisfy({ $0.properties.age.map { $0.major <= 16 } ?? true }) else { continue }
            mapped += properties.changesWhenLowercased ? 1 : 0
            if folded(String(scalar), lowercase) != codes(properties.lowercaseMapping) {
                Issue.record("U+\(String(value, radix: 16)) in lower case")
            }
            if folded("a\(scalar)b", space) != codes(properties.isWhitespace ? "a b" : "a\(scalar)b") {
                Issue.record("U+\(String(value, radix: 16)) as white space")
            }
        }
        #expect(mapped > 1_400)
    }

    @Test("What is not UTF-8 becomes U+FFFD")
    func faults() {
        let bytes: [UInt8] = [0x41, 0xFF, 0x20, 0x20, 0xE2, 0x82]
        let folder = TextFolder(composes: true, lowercases: true, collapsesSpace: true)
        let out = bytes.withUnsafeBufferPointer { folder.withFolded($0) { Array($0) } }
        #expect(String(decoding: out, as: UTF8.self) == "a\u{FFFD} \u{FFFD}")
    }

    @Test("Blocks and single code points give the same bytes on random texts")
    func paths() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        // AVX-512 if the processor has it, SSE2 or plain loops, and code point by code point.
        let paths = [(true, TextFolder.hasWideBlocks), (true, false), (false, false)]
        let folders = (1..<8).map { set in
            paths.map { usesBlocks, usesWideBlocks in
                TextFolder(
                    composes: set & 1 != 0, lowercases: set & 2 != 0, collapsesSpace: set & 4 != 0,
                    usesBlocks: usesBlocks, usesWideBlocks: usesWideBlocks)
            }
        }
        for number in 0..<(isSoak ? 1_000_000 : 100_000) {
            let text = RandomText.next(using: &generator)
            text.withUnsafeBufferPointer { text in
                let folded = folders[number % 7].map { $0.withFolded(valid: text) { Array($0) } }
                if folded[0] != folded[2] || folded[1] != folded[2] {
                    Issue.record("seed \(seed), text \(number)")
                }
            }
        }
    }

    @Test("Text that is hard to fold takes time in proportion to its length")
    func hostile() {
        let count = 300_000
        for text in [
            String(repeating: "Σ", count: count), "Α" + String(repeating: "Σ\u{301}", count: count),
            String(repeating: "ΑΣ'", count: count), "Σ" + String(repeating: "'", count: count),
            String(repeating: " \u{3000}", count: count), "a" + String(repeating: "\u{301}\u{323}", count: count),
        ] {
            let start = ContinuousClock.now
            _ = folded(text, composes: true, lowercases: true, collapsesSpace: true)
            // Seconds in a debug build under load; with the square of the length it would be hours.
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }
}
