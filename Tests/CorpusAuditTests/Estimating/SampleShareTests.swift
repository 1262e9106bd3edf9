import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct SampleShareTests {
    @Test("the units below the bound are those whose hash the sample includes", arguments: [1e-9, 0.01, 0.3, 0.999999])
    func bound(share: Double) {
        let sample = SampleShare(share)
        var random = SeededGenerator(seed: 41)
        let near = (0..<4_000).map { sample.bound &+ UInt64($0) &- 2_000 }
        for high in near + (0..<2_000).map({ _ in random.next() }) {
            let isIncluded = TokenRatioSample.includes(high, share: share)
            #expect(sample.holds(Fingerprint(high: high, low: 0)) == isIncluded)
        }
    }
}
