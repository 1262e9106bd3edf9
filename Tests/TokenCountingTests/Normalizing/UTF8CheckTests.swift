import Testing

@testable import TokenCounting

@Suite struct UTF8CheckTests {
    private func mend(_ bytes: [UInt8]) -> (text: [UInt8], faults: Int) {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return ([], 0) }
            var text: [UInt8] = []
            let faults = UTF8Check.mend(start, bytes.count, into: &text)
            return (text, faults)
        }
    }

    @Test("Faults are replaced as The Unicode Standard's table 3-8 shows")
    func maximalSubparts() {
        // 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64 becomes a, three U+FFFD, b, one, c, two, d.
        let (text, faults) = mend([0x61, 0xF1, 0x80, 0x80, 0xE1, 0x80, 0xC2, 0x62, 0x80, 0x63, 0x80, 0xBF, 0x64])
        #expect(String(decoding: text, as: UTF8.self) == "a\u{FFFD}\u{FFFD}\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}d")
        #expect(faults == 6)
    }

    @Test("Mending does what the Swift runtime does, byte for byte")
    func oracle() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let bytes: [UInt8] = [
            0x41, 0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
            0xF1, 0xF4, 0xF5, 0xFF,
        ]
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 1..<40, using: &generator)).map { _ in
                bytes.randomElement(using: &generator) ?? 0
            }
            let expected = Array(String(decoding: text, as: UTF8.self).utf8)
            let isValid = text.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { UTF8Check.firstFault($0, buffer.count) == nil } ?? true
            }
            #expect(mend(text).text == expected, "seed \(seed)")
            #expect(isValid == (text == expected), "seed \(seed)")
        }
    }
}
