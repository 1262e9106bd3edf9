import Testing

@testable import TokenCounting

@Suite struct MergeLanesTests {
    @Test("Texts that take turns merge as the definition says, each alone")
    func definition() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let alphabet: [UInt8] = Array("abc".utf8)
            var vocabulary = PlainMerging.vocabulary(&generator, alphabet.map { [$0] }, tokens: 60)
            // Ranks in any order: some tokens become unreachable, some merges follow later ones.
            vocabulary.shuffle(using: &generator)
            let table = TokenTable(tokens: vocabulary, numbers: vocabulary.indices.map(UInt32.init))
            let ranks = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
            typealias Lanes = MergeLanes<RankRules>
            var lanes = Lanes(RankRules(ranks: table.lookup))
            // Twice, since a lane keeps what the text before left in it.
            for _ in 0..<2 {
                let texts = (0..<Int.random(in: 1...Lanes.width, using: &generator)).map { _ in
                    (0..<Int.random(in: 1...Lanes.longest, using: &generator)).map { _ in
                        alphabet.randomElement(using: &generator) ?? 0
                    }
                }
                for text in texts {
                    (text + [UInt8](repeating: 0x61, count: 16)).withUnsafeBufferPointer { padded in
                        if let start = padded.baseAddress { lanes.add(start, text.count) }
                    }
                }
                lanes.run()
                for (lane, text) in texts.enumerated() {
                    #expect(lanes.tokens(lane) == PlainMerging.count(text, ranks, whole: false), "seed \(seed)")
                }
                lanes.removeAll()
            }
            withExtendedLifetime(table) {}
        }
    }

    @Test("Texts merge by a list of pairs, too")
    func pairs() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = Array("abc".utf8)
        let vocabulary = PlainMerging.vocabulary(&generator, alphabet.map { [$0] }, tokens: 80)
        let ranks = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
        // All pairs that make a token, so that the list means what ranks mean.
        let merges = vocabulary.enumerated().flatMap { number, token in
            (1..<max(1, token.count)).compactMap { place -> PairTable.Merge? in
                ranks[Array(token[..<place])].flatMap { left in
                    ranks[Array(token[place...])].map { (UInt32(left), UInt32($0), UInt32(number)) }
                }
            }
        }
        let pairs = PairTable(merges)
        let table = TokenTable(tokens: vocabulary, numbers: vocabulary.indices.map(UInt32.init))
        let rules = PairRules(
            pairs: pairs.lookup, tokens: table.lookup, keepsWholeTokens: false, cutsCharacters: false,
            byteTokens: InlineArray { UInt32($0) })
        var lanes = MergeLanes(rules)
        for _ in 0..<100 {
            let text = (0..<Int.random(in: 1...MergeLanes<PairRules>.longest, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            (text + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer { padded in
                if let start = padded.baseAddress { lanes.add(start, text.count) }
            }
            lanes.run()
            #expect(lanes.tokens(0) == PlainMerging.count(text, ranks, whole: false), "seed \(seed)")
            lanes.removeAll()
        }
        withExtendedLifetime((pairs, table)) {}
    }
}
