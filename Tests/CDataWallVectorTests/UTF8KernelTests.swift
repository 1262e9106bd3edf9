import CDataWallVector
import Testing

@Suite struct UTF8KernelTests {
    /// The kinds of instructions that this processor has.
    private let kinds = [DATAWALL_VECTORS_BASIC, DATAWALL_VECTORS_AVX2, DATAWALL_VECTORS_AVX512]
        .filter { $0.rawValue <= datawall_widest_vectors().rawValue }

    @Test("Texts and faulty texts are judged as the standard library judges them, up to the end of memory")
    func texts() {
        var random = RandomBytes()
        let memory = GuardedBytes(capacity: 1_024)
        let letters = [
            "a", "é", "ж", "\u{7FF}", "\u{800}", "語", "\u{D7FF}", "\u{E000}", "🎉", "\u{10000}", "\u{10FFFF}",
        ]
        // The lowest and the highest of each kind that is not allowed.
        let faults: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF, 0xBF, 0xBF, 0xBF],
        ]
        for round in 0..<RandomBytes.rounds {
            var text: [UInt8] = []
            let (length, share) = (random.number(0..<200), random.number(1..<letters.count + 1))
            while text.count < length { text += Array(letters[random.number(0..<share)].utf8) }
            // Three in four are spoiled: a faulty sequence put in, a byte changed, an end cut off.
            let place = random.number(0..<text.count + 1)
            switch round % 4 {
            case 1: text.insert(contentsOf: faults[random.number(0..<faults.count)], at: place)
            case 2 where place < text.count: text[place] = random.next()
            case 3: text.removeLast(min(text.count, random.number(0..<4)))
            default: break
            }
            let isValid = String(validating: text, as: UTF8.self) != nil
            let bytes = memory.place(text)
            for kind in kinds where (datawall_is_utf8(kind, bytes, text.count) != 0) != isValid {
                Issue.record("seed \(random.seed), round \(round), kind \(kind.rawValue): \(text)")
            }
        }
    }
}
