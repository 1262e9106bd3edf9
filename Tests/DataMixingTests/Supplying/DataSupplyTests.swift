import DataMixing
import ScalingLaws
import Testing

@Suite struct DataSupplyTests {
    @Test("only ratios of qualities matter: a common factor changes nothing", arguments: 1...8)
    func ratios(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sources = (0..<5).map { index in
            SourceSupply(
                name: "source \(index)", uniqueTokens: random.uniform(1e9, 1e11), quality: random.uniform(0, 3))
        }
        let factor = Elementary.exp(random.uniform(-20, 20))
        let scaled = sources.map { source in
            var source = source
            source.quality *= factor
            return source
        }
        let (first, second) = (try DataSupply(sources: sources), try DataSupply(sources: scaled))
        #expect(first.uniqueTokens == second.uniqueTokens)
        for (a, b) in zip(first.sources, second.sources) {
            #expect(abs(a.quality - b.quality) <= 1e-12 * a.quality, "seed \(seed), factor \(factor)")
        }
        let mean = first.sources.reduce(0) { $0 + $1.quality * $1.uniqueTokens } / first.uniqueTokens
        #expect(abs(mean - 1) < 1e-12)
    }

    @Test("equal qualities are exactly 1, and none at all is refused")
    func extremes() throws {
        for quality in [1, 0.3, 7e9] {
            let sources = [("a", 1e9), ("b", 3.7e10), ("c", 1.1e8)].map {
                SourceSupply(name: $0.0, uniqueTokens: $0.1, quality: quality)
            }
            #expect(try DataSupply(sources: sources).sources.allSatisfy { $0.quality == 1 })
        }
        #expect(throws: MixtureError.self) {
            try DataSupply(sources: [SourceSupply(name: "a", uniqueTokens: 1e9, quality: 0)])
        }
        // More text than there is.
        for tokens in [2e18, 1e300] {
            #expect(throws: MixtureError.self) { try DataSupply(uniqueTokens: tokens) }
            #expect(throws: MixtureError.self) {
                try DataSupply(sources: [SourceSupply(name: "a", uniqueTokens: tokens)])
            }
        }
    }

    @Test(
        "unique tokens that are zero, negative or not numbers are refused by name", arguments: [0, -1, .nan, .infinity])
    func unusable(value: Double) throws {
        let error = #expect(throws: MixtureError.self) { try DataSupply(uniqueTokens: value) }
        #expect(error?.description.contains("unique tokens") == true)
    }
}
