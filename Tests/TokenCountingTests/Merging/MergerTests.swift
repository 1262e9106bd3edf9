import Testing

@testable import TokenCounting

@Suite struct MergerTests {
    @Test("Few symbols, many and windows of them merge as the definition says", arguments: [3, 30, 200, 700])
    func definition(length: Int) {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<(length > 100 ? 3 : 60) {
            let alphabet: [UInt8] = Array("abc".utf8)
            var vocabulary = PlainMerging.vocabulary(&generator, alphabet.map { [$0] }, tokens: 60)
            // Ranks in any order: some tokens become unreachable, some merges follow later ones.
            vocabulary.shuffle(using: &generator)
            let table = TokenTable(tokens: vocabulary, numbers: vocabulary.indices.map(UInt32.init))
            let ranks = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
            var merger = Merger(RankRules(ranks: table.lookup))
            let count = Int.random(in: 1...length, using: &generator)
            let text = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let found = Self.readable(text).withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { merger.count($0, text.count) } ?? 0
            }
            #expect(found == PlainMerging.count(text, ranks, whole: true), "seed \(seed)")
            withExtendedLifetime(table) {}
        }
    }

    /// A pretoken with as many readable bytes after it as a merger asks for.
    private static func readable(_ pretoken: [UInt8]) -> [UInt8] { pretoken + repeatElement(0, count: 16) }

    @Test("A pretoken of many windows has the tokens of the whole")
    func windows() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = Array("ab".utf8)
        var vocabulary = PlainMerging.vocabulary(&generator, alphabet.map { [$0] }, tokens: 80)
        vocabulary.shuffle(using: &generator)
        let table = TokenTable(tokens: vocabulary, numbers: vocabulary.indices.map(UInt32.init))
        let text = (0..<20_000).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
        let lengths = Self.readable(text).withUnsafeBufferPointer { buffer -> [Int] in
            guard let start = buffer.baseAddress else { return [] }
            return [512, 4_096, 40_000].map { window in
                var merger = Merger(RankRules(ranks: table.lookup), window: window)
                return merger.count(start, text.count)
            }
        }
        #expect(Set(lengths).count == 1, "seed \(seed)")
        withExtendedLifetime(table) {}
    }
}
