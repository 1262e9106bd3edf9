import DataMixing
import Muennighoff
import ScalingLaws
import Testing
import UniMax

@Suite struct UniMaxMixtureTests {
    @Test("the method keeps the promises of methods")
    func conformance() throws {
        #expect(try MixtureConformance(curve: MuennighoffCurve().compiled()).violations(of: UniMaxMixture()) == [])
    }

    // Pool of OLMo 3 (arXiv:2512.13961, 9T pool table), in tokens; the weights are algorithm 1 worked by hand.
    @Test(
        "the pool of OLMo 3 at 5,930B tokens",
        arguments: [
            (1.0, [0.803003, 0.163912, 0.023103, 0.005750, 0.003609, 0.000622]),
            (4.0, [0.433831, 0.433831, 0.092411, 0.023002, 0.014435, 0.002489]),
        ])
    func pool(epochs: Double, expected: [Double]) throws {
        let sizes = [8140e9, 972e9, 137e9, 34.1e9, 21.4e9, 3.69e9]
        let sources = sizes.enumerated().map { SourceSupply(name: "\($0.offset)", uniqueTokens: $0.element) }
        let question = try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: 5930e9, curve: MuennighoffCurve().compiled())
        let weights = try UniMaxMixture(epochs: epochs).weights(for: question)
        for (weight, expected) in zip(weights, expected) { #expect(abs(weight - expected) < 1e-6) }
    }

    @Test("tokens that no cap can take are an error with the most that can be")
    func infeasible() throws {
        let sources = [SourceSupply(name: "a", uniqueTokens: 1e9), SourceSupply(name: "b", uniqueTokens: 2e9)]
        let question = try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: 13e9, curve: MuennighoffCurve().compiled())
        #expect {
            try UniMaxMixture().weights(for: question)
        } throws: { error in
            guard case .infeasible(_, let nearest) = error as? MixtureError else { return false }
            return nearest == 12e9
        }
    }

    @Test("a cap that a person set wins over the method's own, and the objective is the distance from equal shares")
    func ownCaps() throws {
        let sources = [
            SourceSupply(name: "a", uniqueTokens: 1e9, maxEpochs: 2), SourceSupply(name: "b", uniqueTokens: 20e9),
        ]
        let question = try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: 20e9, curve: MuennighoffCurve().compiled())
        let allocation = try UniMaxMixture().allocation(for: question)
        #expect(abs(allocation.weights[0] - 0.1) < 1e-12)
        // 0.1·ln(0.1·2) + 0.9·ln(0.9·2), by hand.
        #expect(abs(try #require(allocation.objective).value - 0.368064) < 1e-6)
    }
}
