import Testing

@testable import TokenCounting

@Suite struct CombinedCounterTests {
    private func counter(_ name: String, _ pattern: PretokenPattern, _ tokens: [String]) -> VocabularyCounter {
        VocabularyCounter(name: name, sha256: "", model: .pretokens(VocabularyCounterTests.model(pattern, tokens)))
    }

    @Test("Each tokenizer's counts are those that it gives alone, shared scan or not")
    func alone() {
        let counters = [
            counter("a", .o200k, ["th", "the", " the", "HT", "TML"]), counter("b", .r50k, ["  ", "aa", "aaaa"]),
            counter("c", .o200k, ["in", "\n\n", "aaaaaaaaaaaaaaaaaaaa", "日"]), counter("d", .o200k, []),
        ]
        let combined = CombinedCounter(counters)
        #expect(combined.groups == [[0, 2, 3], [1]])
        #expect(combined.identities.map(\.name) == ["a", "b", "c", "d"])
        let session = combined.makeSession()
        let alone = counters.map { $0.makeSession() }
        let seed = UInt64.random(in: 0 ... .max)
        var fuzzer = TextFuzzer(seed: seed)
        for _ in 0..<150 {
            let texts = [fuzzer.text(), [], fuzzer.text() + [0xFF]]
            let text = texts.flatMap { $0 }
            let ends = [texts[0].count, texts[0].count, text.count]
            var counts = [UInt32](repeating: 0, count: ends.count * counters.count)
            var span = counts.mutableSpan
            session.count(text.span, unitEnds: ends.span, into: &span)
            let expected = alone.flatMap { VocabularyCounterTests.counts($0, text, ends: ends) }
            #expect(counts == expected, "seed \(seed)")
        }
        #expect(session.replacedSequences == 150)
    }
}
