import Foundation
import ScalingLaws
import Testing

@testable import UnicodeText

@Suite struct CanonicalCompositionTests {
    private func normalized(_ text: String) -> String {
        let out = Array(text.utf8).withUnsafeBufferPointer { CanonicalComposition.formC.normalized($0) }
        return String(decoding: out, as: UTF8.self)
    }

    private func mayChange(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { CanonicalComposition.formC.mayChange($0) }
    }

    @Test(
        "Texts compose as in the standard's annex 15 and its tests",
        arguments: [
            ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("A\u{30A}", "\u{C5}"), ("\u{2126}", "\u{3A9}"),
            ("s\u{323}\u{307}", "\u{1E69}"), ("s\u{307}\u{323}", "\u{1E69}"), ("d\u{307}\u{323}", "\u{1E0D}\u{307}"),
            ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"), ("\u{AC00}\u{11A8}", "\u{AC01}"), ("\u{958}", "\u{915}\u{93C}"),
            ("\u{FB1D}", "\u{5D9}\u{5B4}"), ("\u{1D15E}", "\u{1D157}\u{1D165}"), ("\u{344}", "\u{308}\u{301}"),
            ("a\u{5AE}\u{300}\u{5AE}b", "\u{E0}\u{5AE}\u{5AE}b"), ("\u{F900}", "\u{8C48}"), ("plain é", "plain é"),
        ])
    func cases(text: String, expected: String) {
        #expect(Array(normalized(text).unicodeScalars) == Array(expected.unicodeScalars))
        #expect(Array(normalized(expected).unicodeScalars) == Array(expected.unicodeScalars))
        if text.unicodeScalars.elementsEqual(expected.unicodeScalars) == false { #expect(mayChange(text)) }
    }

    @Test("A text that the quick check passes is left as it is")
    func quickCheck() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let codes: [UInt32] = [
            0x61, 0x65, 0x301, 0x323, 0xE9, 0x915, 0x93C, 0x958, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x3042, 0x3099, 0x4E2D,
            0x1D157,
        ]
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<Int.random(in: 1..<12, using: &generator) {
                guard let code = codes.randomElement(using: &generator), let scalar = Unicode.Scalar(code) else {
                    continue
                }
                text.unicodeScalars.append(scalar)
            }
            let once = normalized(text)
            if !mayChange(text) { #expect(once.unicodeScalars.elementsEqual(text.unicodeScalars), "seed \(seed)") }
            #expect(normalized(once).unicodeScalars.elementsEqual(once.unicodeScalars), "seed \(seed)")
            // Swift compares strings by canonical equivalence.
            #expect(once == text, "seed \(seed)")
        }
    }

    private func isSame(_ one: String, _ other: String) -> Bool {
        one.unicodeScalars.elementsEqual(other.unicodeScalars)
    }

    @Test("NFC of 640 kB of combining marks takes less than a second, in any order of the marks")
    func combiningMarks() {
        let marks = String(repeating: "\u{301}\u{323}", count: 160_000)
        let start = ContinuousClock.now
        let text = normalized("a" + marks)
        #expect(ContinuousClock.now - start < .seconds(5))
        // The mark below goes first and composes with the letter; then the first mark above stands alone.
        let expected =
            "\u{1EA1}" + String(repeating: "\u{323}", count: 159_999) + String(repeating: "\u{301}", count: 160_000)
        #expect(isSame(text, expected))
    }

    /// Code points that Foundation composes against the standard; Python's unicodedata and these tables agree on them.
    private static let foundationFaults: Set<UInt32> = [0xF73, 0xF75, 0xF81]

    @Test("NFC of the code points of scripts that compose, alone, between letters and between marks, is Foundation's")
    func codePoints() {
        let ranges: [ClosedRange<UInt32>] = [
            0xC0...0x24F, 0x300...0x3FF, 0x400...0x4FF, 0x591...0x6FF, 0x900...0xFFF, 0x1E00...0x1FFF, 0x20D0...0x22FF,
            0x2A00...0x2AFF, 0x3040...0x30FF, 0xAC01...0xAC40, 0xF900...0xFB4F, 0x1D150...0x1D1FF,
        ]
        var texts: [String] = []
        for code in ranges.joined() where !Self.foundationFaults.contains(code) {
            guard let scalar = Unicode.Scalar(code), scalar.properties.age.map({ $0.major <= 14 }) == true else {
                continue
            }
            texts.append("\(scalar) e\(scalar)\u{301}\u{323}\(scalar)")
        }
        // One text, so that few calls do it; a line break combines with nothing.
        let whole = texts.joined(separator: "\n")
        let (ours, theirs) = (normalized(whole), whole.precomposedStringWithCanonicalMapping)
        for (one, other) in zip(ours.split(separator: "\n"), theirs.split(separator: "\n"))
        where !isSame(String(one), String(other)) {
            Issue.record("\(one.unicodeScalars.map { String($0.value, radix: 16) })")
        }
        #expect(isSame(ours, theirs))
        #expect(texts.count > 4_000)
    }

    @Test("NFC of random sequences of letters, marks and syllables is Foundation's")
    func randomSequences() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        // Without U+AC00, which Foundation does not compose with a final consonant.
        let codes: [UInt32] = [
            0x61, 0x65, 0x6F, 0x300, 0x301, 0x302, 0x308, 0x323, 0x327, 0x328, 0x338, 0x345, 0x5B4, 0x93C, 0x915, 0x9C7,
            0x9BE, 0xE9, 0x1EA1, 0x1100, 0x1161, 0x11A8, 0x3042, 0x3099, 0x212B, 0x1D157, 0x1D165, 0x1D16D,
            0x20,
        ]
        for _ in 0..<1_000 {
            var text = ""
            // Long enough now and then for both ways in which marks are sorted.
            for _ in 0..<(Int.random(in: 0..<10, using: &generator) == 0 ? 60 : 8) {
                if let scalar = codes.randomElement(using: &generator).flatMap(Unicode.Scalar.init) {
                    text.unicodeScalars.append(scalar)
                }
            }
            #expect(isSame(normalized(text), text.precomposedStringWithCanonicalMapping), "seed \(seed)")
        }
    }

    @Test("bytes that are not UTF-8 become U+FFFD under NFC as under the other forms")
    func faultyBytes() {
        for bytes: [UInt8] in [
            [0x61, 0xFF, 0x65, 0xCC, 0x81], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [],
        ] {
            let normalized = bytes.withUnsafeBufferPointer { CanonicalComposition.formC.normalized($0) }
            let expected = String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping
            #expect(normalized == Array(expected.utf8))
        }
    }
}
