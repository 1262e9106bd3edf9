import Testing

@testable import TokenCounting

@Suite struct SpelledMergesTests {
    /// The letters a and b, what they merge to, and a token for each byte.
    private func merges(_ unknown: (InlineArray<256, UInt32>) -> SpelledMerges.Unknown) -> SpelledMerges {
        let tokens = ["a", "b", "ab", "aba", "?"].map { Array($0.utf8) }
        var bytes = InlineArray<256, UInt32>(repeating: 0)
        for byte in 0..<256 { bytes[byte] = UInt32(100 + byte) }
        return SpelledMerges(
            pairs: PairTable([(0, 1, 2), (2, 0, 3)]), tokens: TokenTable(tokens: tokens, numbers: [0, 1, 2, 3, 4]),
            places: [], unknown: unknown(bytes), keepsWholeTokens: false)
    }

    private func count(_ merges: SpelledMerges, _ text: String, window: Int) -> Int {
        var merger = Merger(merges.rules, window: window)
        let bytes = Array(text.utf8)
        return withExtendedLifetime(merges) {
            bytes.withUnsafeBufferPointer { text in text.baseAddress.map { merger.merge($0, text.count) } ?? 0 }
        }
    }

    @Test("Unknown characters become bytes, one token, one token together, or nothing")
    func unknown() {
        let text = "abé\u{E8}a\u{E9}b"
        #expect(count(merges { .bytes($0) }, text, window: 1_024) == 1 + 4 + 1 + 2 + 1)
        #expect(count(merges { _ in .token(4, fuses: false) }, text, window: 1_024) == 6)
        #expect(count(merges { _ in .token(4, fuses: true) }, text, window: 1_024) == 5)
        // What is dropped makes neighbours of the second a and b.
        #expect(count(merges { _ in .dropped }, text, window: 1_024) == 2)
    }

    @Test("A long word counts alike whole and in windows, which may begin within a character")
    func windows() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let letters = Array("aabbé\u{13000}\u{1F980}")
        for _ in 0..<60 {
            let text = String((0..<300).map { _ in letters.randomElement(using: &generator) ?? "a" })
            for merges in [merges { .bytes($0) }, merges { _ in .token(4, fuses: true) }, merges { _ in .dropped }] {
                #expect(count(merges, text, window: 64) == count(merges, text, window: 1 << 14), "seed \(seed)")
            }
        }
    }
}
