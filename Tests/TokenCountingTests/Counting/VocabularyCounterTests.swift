import Testing

@testable import TokenCounting

@Suite struct VocabularyCounterTests {
    static func model(_ pattern: PretokenPattern, _ tokens: [String]) -> TokenizerModel {
        let all = (UInt8.min...UInt8.max).map { [$0] } + tokens.map { Array($0.utf8) }
        return TokenizerModel(
            pattern: pattern, merging: .ranks(TokenTable(tokens: all, numbers: all.indices.map(UInt32.init))),
            tokens: all, vocabularySize: all.count)
    }

    static func counts(_ session: any TokenCountingSession, _ text: [UInt8], ends: [Int]? = nil) -> [UInt32] {
        let ends = ends ?? [text.count]
        var counts = [UInt32](repeating: 0, count: ends.count)
        var span = counts.mutableSpan
        session.count(text.span, unitEnds: ends.span, into: &span)
        return counts
    }

    @Test("A pretoken that is a token counts once, others by their merges")
    func merges() {
        let session = Self.model(.cl100k, ["he", "ll", "hello", " w", "or", " wor"]).makeSession()
        #expect(Self.counts(session, Array("hello".utf8)) == [1])
        #expect(Self.counts(session, Array("hello world".utf8)) == [4])
        #expect(Self.counts(session, Array("hello world".utf8)) == [4])
        #expect(Self.counts(session, []) == [0])
    }

    @Test("Units are counted alone")
    func units() {
        let session = Self.model(.cl100k, ["ab", "abc"]).makeSession()
        #expect(Self.counts(session, Array("abcabc".utf8), ends: [2, 2, 3, 6]) == [1, 0, 1, 1])
    }

    @Test("What is not UTF-8 counts as U+FFFD and is reported")
    func invalid() {
        let session = Self.model(.cl100k, ["\u{FFFD}", "a\u{FFFD}"]).makeSession()
        #expect(Self.counts(session, [0x61, 0xFF, 0xC3]) == Self.counts(session, Array("a\u{FFFD}\u{FFFD}".utf8)))
        #expect(session.replacedSequences == 2)
    }

    @Test("A count does not depend on what was counted before", arguments: PretokenPattern.allCases)
    func independence(pattern: PretokenPattern) {
        let seed = UInt64.random(in: 0 ... .max)
        var fuzzer = TextFuzzer(seed: seed)
        let model = Self.model(pattern, ["th", "the", " the", "in", "  ", "\n\n", "aa", "aaaa", "日", "русс"])
        let warm = model.makeSession()
        for _ in 0..<150 {
            let text = fuzzer.text()
            #expect(Self.counts(warm, text) == Self.counts(model.makeSession(), text), "seed \(seed)")
        }
    }

    @Test(
        "A token that merges do not reach counts one where it is a pretoken, and its merges where it is a part of one")
    func unreachable() {
        // The bytes of 日本 never merge to the token they are; 本語 has none, so that 日本語 is cut into 日本 and 語.
        let tokens = ["日", "本", "語", "日本"].map { Array($0.utf8) }
        let steps = tokens.prefix(3).map { Array($0.prefix(2)) }
        let all = (UInt8.min...UInt8.max).map { [$0] } + steps + tokens.prefix(3)
        // 日本's pair of characters may not merge: a token that takes the middle bytes comes first and leads astray.
        let astray: [UInt8] = Array("日".utf8.suffix(1)) + Array("本".utf8.prefix(1))
        let ordered = [astray] + all + [tokens[3]]
        let model = TokenizerModel(
            pattern: .cl100k,
            merging: .ranks(TokenTable(tokens: ordered, numbers: ordered.indices.map(UInt32.init))),
            tokens: ordered, vocabularySize: ordered.count)
        func alone(_ text: String) -> UInt32 { Self.counts(model.makeSession(), Array(text.utf8))[0] }
        let (pretoken, part) = (alone("日本"), alone("日本語"))
        #expect(pretoken == 1)
        #expect(part > 2)
        for texts in [["日本", "日本語", "日本"], ["日本語", "日本", "日本語"]] {
            let session = model.makeSession()
            for text in texts {
                #expect(Self.counts(session, Array(text.utf8)) == [text == "日本" ? pretoken : part], "\(text)")
            }
        }
    }
}
