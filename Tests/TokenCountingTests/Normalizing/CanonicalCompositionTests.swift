import Testing

@testable import TokenCounting

@Suite struct CanonicalCompositionTests {
    private func normalized(_ text: String) -> String {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return "" }
            var out: [UInt8] = []
            CanonicalComposition.shared.normalize(start, bytes.count, into: &out)
            return String(decoding: out, as: UTF8.self)
        }
    }

    private func mayChange(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { CanonicalComposition.shared.mayChange($0, bytes.count) } ?? false
        }
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
}
