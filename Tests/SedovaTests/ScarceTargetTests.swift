import Sedova
import Testing

@Suite struct ScarceTargetTests {
    // Closed form and an independent minimisation: D = 1e10, U = 5e7, A = 400, α = 0.28.
    @Test(
        "the best number of passes", arguments: [(5.0, 8.0, 0.0, 13.8755), (20, 5, 0, 15.9787), (20, 5, 0.05, 14.051)])
    func passes(value: Double, decay: Double, shareCost: Double, expected: Double) throws {
        let target = try #require(
            ScarceTarget(
                tokens: 1e10, uniqueTokens: 5e7, value: value, decay: decay, shareCost: shareCost, scale: 400,
                exponent: 0.28))
        #expect(abs(target.bestEpochs - expected) < 6e-4)
        #expect(abs(target.bestShare - target.bestEpochs / 200) < 1e-12)
    }

    @Test("no more than all training tokens, and none of a target that is worth no more than the rest")
    func limits() throws {
        let all = try #require(ScarceTarget(tokens: 1e9, uniqueTokens: 5e8, value: 20, decay: 5))
        #expect(all.bestEpochs == 2)
        let worthless = try #require(ScarceTarget(tokens: 1e9, uniqueTokens: 5e7, value: 1, decay: 5))
        #expect(worthless.bestEpochs == 0)
        let costly = try #require(
            ScarceTarget(
                tokens: 1e10, uniqueTokens: 5e7, value: 2, decay: 5, shareCost: 1e3, scale: 400, exponent: 0.28))
        #expect(costly.bestEpochs == 0)
    }

    @Test("quantities that cannot be give no question", arguments: [0, -1, .nan, .infinity])
    func refusals(value: Double) {
        #expect(ScarceTarget(tokens: value, uniqueTokens: 1, value: 2, decay: 1) == nil)
        #expect(ScarceTarget(tokens: 2, uniqueTokens: 1, value: value, decay: 1) == nil)
        #expect(ScarceTarget(tokens: 2, uniqueTokens: 1, value: 2, decay: value) == nil)
    }
}
