import CDataWallVector
import ScalingLaws
import TestSupport
import Testing

@testable import UnicodeText

@Suite struct UTF8CheckTests {
    private func mend(_ bytes: [UInt8]) -> (text: [UInt8], faults: Int) {
        var text: [UInt8] = []
        let faults = bytes.withUnsafeBufferPointer { UTF8Check.mend($0, into: &text) }
        return (text, faults)
    }

    /// The first fault by the widest instructions of this processor, which must be that by all others.
    private func firstFault(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            let fault = UTF8Check.firstFault(bytes)
            #expect(UTF8Check.firstFault(bytes, vectors: DATAWALL_VECTORS_BASIC) == fault)
            return fault
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
        for _ in 0..<(isSoak ? 1_000_000 : 5_000) {
            let text = (0..<Int.random(in: 1..<40, using: &generator)).map { _ in
                bytes.randomElement(using: &generator) ?? 0
            }
            let expected = Array(String(decoding: text, as: UTF8.self).utf8)
            #expect(mend(text).text == expected, "seed \(seed)")
            #expect((firstFault(text) == nil) == (text == expected), "seed \(seed)")
        }
    }

    @Test("Every scalar value is valid, at every place of a block")
    func scalars() {
        for value in stride(from: 0, through: 0x10FFFF, by: 61) {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let bytes = [UInt8](repeating: 0x61, count: value % 37) + Array(String(Character(scalar)).utf8)
            #expect(firstFault(bytes) == nil)
        }
    }

    @Test("All pairs and triples of interesting bytes are judged as the standard library judges them")
    func exhaustive() {
        let bytes: [UInt8] = [
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for a in bytes {
            for b in bytes {
                for c in bytes {
                    for tail in [[0x61], [0x80], [0xBF, 0x61]] as [[UInt8]] {
                        let text = [a, b, c] + tail
                        let isValid = String(validating: text, as: UTF8.self) != nil
                        #expect((firstFault(text) == nil) == isValid, "\(text)")
                    }
                }
            }
        }
    }

    @Test("One changed byte of a long text is judged as the standard library judges it, wherever it is")
    func changedByte() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let letters = ["a", "é", "ж", "語", "\u{800}", "\u{D7FF}", "\u{E000}", "🎉", "\u{10000}", "\u{10FFFF}"]
        for length in 0..<400 {
            var text: [UInt8] = []
            let share = Int.random(in: 1...letters.count, using: &generator)
            while text.count < length { text += Array((letters[..<share].randomElement(using: &generator) ?? "").utf8) }
            #expect(firstFault(text) == nil, "seed \(seed)")
            for _ in 0..<40 where !text.isEmpty {
                var changed = text
                let place = Int.random(in: 0..<text.count, using: &generator)
                changed[place] = UInt8.random(in: 0...255, using: &generator)
                changed.removeLast(Int.random(in: 0...min(3, text.count), using: &generator))
                let isValid = String(validating: changed, as: UTF8.self) != nil
                #expect((firstFault(changed) == nil) == isValid, "seed \(seed): \(changed)")
            }
        }
    }
}
