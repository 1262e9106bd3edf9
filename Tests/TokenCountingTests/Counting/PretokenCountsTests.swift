import Testing

@testable import TokenCounting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct PretokenCountsTests {
    /// A vocabulary with some tokens that cross characters, some that hold parts of them, some beyond any merge.
    private static func vocabulary(_ generator: inout SeededGenerator) -> [[UInt8]] {
        let pieces = "ab中文字日本語あア".map { Array($0.utf8) }
        var vocabulary = PlainMerging.vocabulary(&generator, pieces.flatMap { $0.map { [$0] } }, tokens: 60)
        for piece in pieces where piece.count > 1 { vocabulary += [Array(piece.prefix(2)), piece] }
        for token in PlainMerging.vocabulary(&generator, pieces, tokens: 30).dropFirst(256) { vocabulary.append(token) }
        var seen = Set<[UInt8]>()
        vocabulary = vocabulary.filter { seen.insert($0).inserted }
        return vocabulary.shuffled(using: &generator)
    }

    @Test("Batches, with the same pretoken again and parts that await their merging, count as the definition says")
    func batches() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let vocabulary = Self.vocabulary(&generator)
        let table = TokenTable(tokens: vocabulary, numbers: vocabulary.indices.map(UInt32.init))
        let ranks = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
        var counts = PretokenCounts(RankRules(ranks: table.lookup), seams: CharacterSeams(vocabulary))
        let pool = (0..<150).map { _ in
            let length = [1, 2, 3, 5, 8, 14, 40].randomElement(using: &generator) ?? 1
            return (0..<length).flatMap { _ in
                Array(String("aab中文字日本語あア".randomElement(using: &generator) ?? "a").utf8)
            }
        }
        for _ in 0..<12 {
            let pretokens = (0..<100).map { _ in pool.randomElement(using: &generator) ?? [0x61] }
            let text = pretokens.flatMap { $0 } + [UInt8](repeating: 0, count: 16)
            counts.total = 0
            text.withUnsafeBufferPointer { text in
                guard var start = text.baseAddress else { return }
                let batch = pretokens.map { pretoken in
                    defer { start += pretoken.count }
                    return NotedPretoken(start, pretoken.count)
                }
                for pretoken in batch { counts.expect(pretoken) }
                batch.withUnsafeBufferPointer { counts.take($0) }
                counts.finish()
            }
            let expected = pretokens.map { PlainMerging.count($0, ranks, whole: true) }.reduce(0, +)
            #expect(counts.total == expected, "seed \(seed)")
        }
        withExtendedLifetime(table) {}
    }

    @Test("No byte behind a text's end is read")
    func end() throws {
        let vocabulary = (UInt8.min...UInt8.max).map { [$0] }
        let table = TokenTable(tokens: vocabulary, numbers: vocabulary.indices.map(UInt32.init))
        var engine = PretokenEngine(
            Cl100kSplitter<Cl100kPattern>.self,
            PretokenCounts(RankRules(ranks: table.lookup), seams: CharacterSeams(vocabulary)))
        let page = 1 << 14
        let memory = try #require(mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        #expect(mprotect(memory + page, page, PROT_NONE) == 0)
        defer { munmap(memory, 2 * page) }
        for characters in 20...40 {
            for signs in 0...20 {
                // Long enough that the last pretoken but one starts where a whole block is readable.
                let text = Array(
                    (String(repeating: "中", count: characters) + String(repeating: "!", count: signs)).utf8)
                let start = memory + (page - text.count)
                start.copyMemory(from: text, byteCount: text.count)
                engine.tally.total = 0
                engine.count(UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), text.count)
                #expect(engine.tally.total == text.count)
            }
        }
        withExtendedLifetime(table) {}
    }
}
