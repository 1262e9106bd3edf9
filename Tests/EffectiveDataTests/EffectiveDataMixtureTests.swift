import DataMixing
import EffectiveData
import Muennighoff
import ScalingLaws
import Testing

@Suite struct EffectiveDataMixtureTests {
    static let sources = [
        SourceSupply(name: "web", uniqueTokens: 1000e9, quality: 1),
        SourceSupply(name: "curated", uniqueTokens: 100e9, quality: 1.5),
        SourceSupply(name: "reference", uniqueTokens: 10e9, quality: 2.5),
    ]

    static func question(_ tokens: Double, pull: NaturalPull, cap: Double?) throws -> MixtureQuestion {
        let curve = try CompiledCurve(MuennighoffCurve(), coefficients: [15.387756])
        return try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: tokens, curve: curve, pull: pull, cap: cap)
    }

    @Test("every variant keeps the promises of methods", arguments: EffectiveDataMixture.all)
    func conformance(_ method: EffectiveDataMixture) throws {
        #expect(try MixtureConformance(curve: MuennighoffCurve().compiled()).violations(of: method).isEmpty)
    }

    // Weights of three sources found by a second, independent optimiser; R* = 15.387756.
    @Test(
        "three sources are shared out as an independent optimiser shares them",
        arguments: [
            (1200e9, 0.0, nil, [0.270903, 0.603267, 0.125830]), (1200e9, 0.05, nil, [0.460425, 0.436303, 0.103272]),
            (1200e9, 0.05, 4.0, [0.633333, 0.333333, 0.033333]), (500e9, 0, nil, [0, 0.766173, 0.233827]),
            (500e9, 0.05, nil, [0.130680, 0.664795, 0.204525]), (3000e9, 0, nil, [0.671196, 0.275093, 0.053711]),
            (3000e9, 0.05, nil, [0.708291, 0.243099, 0.048609]), (3000e9, 0, 4, [0.853333, 0.133333, 0.013333]),
        ] as [(Double, Double, Double?, [Double])])
    func weights(tokens: Double, lambda: Double, cap: Double?, expected: [Double]) throws {
        let question = try Self.question(tokens, pull: lambda > 0 ? NaturalPull(lambda) : .none, cap: cap)
        let allocation = try EffectiveDataMixture().allocation(for: question)
        for (weight, expected) in zip(allocation.weights, expected) { #expect(abs(weight - expected) < 1e-6) }
        #expect(try #require(allocation.gap) < 1e-11)
        #expect(allocation.keepsLimits)
    }

    @Test("a binding cap says what another pass would bring, and it does")
    func capPrice() throws {
        let question = try Self.question(1200e9, pull: .none, cap: 4)
        let capped = try EffectiveDataMixture().allocation(for: question)
        #expect(capped.sources.map(\.isBinding) == [false, true, true])
        var lifted = question
        lifted.sources[1].maxEpochs = 4.001
        let gain = try EffectiveDataMixture().allocation(for: lifted).effectiveTokens - capped.effectiveTokens
        let price = try #require(capped.sources[1].capPrice)
        #expect(abs(gain / (0.001 * price) - 1) < 1e-3)
    }

    @Test("the price of a unique token is what another one brings", arguments: [nil, 4.0] as [Double?])
    func uniqueTokenPrice(cap: Double?) throws {
        let question = try Self.question(1200e9, pull: .none, cap: cap)
        let solved = try EffectiveDataMixture().allocation(for: question)
        for index in 0..<3 {
            var more = question
            more.sources[index].uniqueTokens *= 1.0001
            let gain = try EffectiveDataMixture().allocation(for: more).effectiveTokens - solved.effectiveTokens
            let price = solved.sources[index].uniqueTokenPrice * 0.0001 * question.sources[index].uniqueTokens
            #expect(abs(gain - price) < 1e-3 * abs(price) + 1e-7 * solved.effectiveTokens)
        }
    }

    @Test("the square moves weight to the best source, and the root away from it")
    func powers() throws {
        let question = try Self.question(1200e9, pull: NaturalPull(0.05), cap: nil)
        let best = try EffectiveDataMixture.all.map { try $0.weights(for: question)[2] }
        #expect(best[1] < best[0])
        #expect(best[0] < best[2])
    }
}
