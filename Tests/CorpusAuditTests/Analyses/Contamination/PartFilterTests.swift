import Testing

@testable import CorpusAudit

@Suite struct PartFilterTests {
    @Test(
        "A filter passes all hashes that it took and few others, however many were expected",
        arguments: [(1_000, 0), (1_000, 1_400), (1_000, 40_000), (300_000, 310_000), (300_000, 500_000)])
    func passes(sequences: Int, expected: Int) {
        var random = SeededGenerator(seed: UInt64(expected))
        let hashes = (0..<sequences).map { _ in random.next() }
        var filter = PartFilter(sequences: expected)
        filter.insert(Array(hashes[..<(sequences / 2)]))
        filter.insert(Array(hashes[(sequences / 2)...]))
        filter.fit(sequences: sequences)
        #expect(hashes.allSatisfy { filter.mayContain($0) })
        let others = (0..<20_000).count { _ in filter.mayContain(random.next()) }
        #expect(others < 1_000, "\(others) of 20,000")
        // At most 16 bits for each, a third more, and what costs nothing.
        #expect(filter.words.count <= max(sequences / 3 + 1, 1_680))
    }
}
