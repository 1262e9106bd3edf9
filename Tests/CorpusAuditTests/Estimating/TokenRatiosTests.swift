import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct TokenRatiosTests {
    private func sample(_ documents: Int, bytes: Int, tokens: Int) -> TokenRatioSample {
        var sample = TokenRatioSample()
        for _ in 0..<documents { sample.add(bytes: bytes, tokens: tokens) }
        return sample
    }

    @Test("a source with a sample of its own has its own ratio, small ones share theirs, tiny ones borrow that of all")
    func strata() {
        let share = SampleShare(0.5)
        let large = sample(30, bytes: 40, tokens: 10)
        let shared = TokenRatios(
            [large, sample(20, bytes: 20, tokens: 10), sample(10, bytes: 80, tokens: 10)], share: share)
        #expect(shared.strata.map(\.sources) == [[0], [1, 2]])
        #expect(shared.strata.map(\.ratio) == [0.25, 0.25])
        let borrowed = TokenRatios([large, sample(5, bytes: 80, tokens: 40), TokenRatioSample()], share: share)
        #expect(borrowed.strata.map(\.sources) == [[0], [1, 2]])
        #expect(borrowed.strata.map(\.isBorrowed) == [false, true])
        #expect(borrowed.strata[1].ratio == 500.0 / 1_600)
        let alone = TokenRatios([sample(3, bytes: 10, tokens: 5)], share: share)
        #expect(alone.strata.map(\.isBorrowed) == [false])
        #expect(alone.bytesPerToken(tokens: 50, bytes: [100], units: [10]) == nil)
        #expect(TokenRatios([TokenRatioSample()], share: share).isEmpty)
    }

    @Test("a unit outside the sample counts by its source's ratio, in parts of a token")
    func tokens() {
        let ratios = TokenRatios(
            [sample(30, bytes: 40, tokens: 10), sample(30, bytes: 40, tokens: 20)], share: SampleShare(0.5))
        func record(_ high: UInt64, _ bytes: UInt32) -> UnitRecord {
            UnitRecord(
                Fingerprint(high: high, low: 0), tokens: 7, bytes: bytes, origin: 0, position: 0)
        }
        #expect(ratios.amount(of: record(.max, 100), counted: 7, source: 0) == 25 * 1_024)
        #expect(ratios.amount(of: record(.max, 100), counted: 7, source: 1) == 50 * 1_024)
        #expect(ratios.amount(of: record(.max, 1), counted: 7, source: 0) == 256)
        #expect(ratios.amount(of: record(0, 100), counted: 7, source: 0) == 7 * 1_024)
    }

    @Test("intervals hold the true ratio about as often as they say", arguments: [1, 2] as [UInt64])
    func coverage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var held = 0
        let trials = 400
        for _ in 0..<trials {
            // Two sources of unlike language, of which a tenth is drawn.
            var samples = [TokenRatioSample(), TokenRatioSample()]
            var (bytes, units, tokens) = ([0, 0], [0, 0], 0)
            for index in 0..<3_000 {
                let source = index % 3 == 0 ? 1 : 0
                let size = Int.random(in: 50...1_500, using: &random)
                let count = max(
                    1, Int(Double(size) / ([4.0, 1.6][source] * Double.random(in: 0.7...1.3, using: &random))))
                bytes[source] += size
                units[source] += 1
                tokens += count
                if random.next() % 10 == 0 { samples[source].add(bytes: size, tokens: count) }
            }
            let ratios = TokenRatios(samples, share: SampleShare(0.1))
            let estimated = ratios.strata.reduce(0.0) { $0 + $1.ratio * Double(bytes[$1.sources[0]]) }
            let interval = ratios.bytesPerToken(tokens: Int(estimated), bytes: bytes, units: units)
            let truth = Double(bytes[0] + bytes[1]) / Double(tokens)
            if interval?.contains(truth) == true { held += 1 }
        }
        // 95 % of 400 is 380; below 360 has a chance of one in ten thousand.
        #expect(held >= 360 && held <= 398, "seed \(seed): \(held) of \(trials)")
    }
}
