import DataMixing
import EffectiveData
import Muennighoff
import Sampling
import ScalingLaws
import Testing
import UniMax

/// The pull to natural shares, and what it leaves of quality.
@Suite struct PullTests {
    static func comparison(
        _ sources: [SourceSupply] = SixSources.sources, tokens: Double, pull: NaturalPull = .standard,
        cap: Double? = nil
    ) throws -> MixtureComparison {
        let question = try MixtureQuestion(
            supply: DataSupply(sources: sources), tokens: tokens, curve: MuennighoffCurve().compiled(), pull: pull,
            cap: cap)
        return try MixtureComparison(
            question, following: EffectiveDataMixture(),
            beside: EffectiveDataMixture.all + [ProportionalMixture(), UniMaxMixture(), TemperatureMixture()])
    }

    // Figures of SciPy (SLSQP on the same problem), to the digits kept there; caps of 4 as a person sets them.
    @Test(
        "six sources at 1T and 15T tokens are mixed as an independent optimiser mixes them",
        arguments: [
            (1e12, 0.5, [0.61, nil, nil, nil, nil, nil], [nil, nil, nil, 0.84, 1.6, nil]),
            (1e12, 1.0, [0.71, nil, nil, nil, nil, nil], [nil, nil, nil, 0.32, 0.49, nil]),
            (15e12, 0.5, [0.67, nil, nil, nil, nil, nil], [nil, 2.7, 1.9, 4, 4, nil]),
            (15e12, 1.0, [0.73, nil, nil, nil, nil, nil], [nil, 2.1, 1.7, 3.7, 4, nil]),
        ] as [(Double, Double, [Double?], [Double?])])
    func sixSources(tokens: Double, strength: Double, weights: [Double?], epochs: [Double?]) throws {
        let chosen = try Self.comparison(tokens: tokens, pull: NaturalPull(strength), cap: 4).chosen
        for (item, expected) in zip(chosen.sources, zip(weights, epochs)) {
            if let weight = expected.0 { #expect(abs(item.weight - weight) < 0.005, "\(item)") }
            // Two digits were kept.
            if let epochs = expected.1 { #expect(abs(item.epochs - epochs) <= (epochs < 1 ? 0.005 : 0.05), "\(item)") }
        }
        #expect(try #require(chosen.gap) < 1e-11)
    }

    @Test("quality decides as much at 1T tokens as the pull leaves, and the share that it removes grows with it")
    func removedShare() throws {
        for tokens in [1e11, 1e12, 15e12] {
            var last = 0.0
            for strength in [0.01, 0.1, 0.5, 1, 10, 1000] {
                let removed = try #require(
                    try Self.comparison(tokens: tokens, pull: NaturalPull(strength)).removedQualityEffect)
                #expect(removed >= last - 1e-9 && removed <= 1)
                last = removed
            }
            #expect(last > 0.999)
        }
        #expect(try Self.comparison(tokens: 1e12, pull: .none).removedQualityEffect == nil)
        let wiki = try Self.comparison(tokens: 1e12).chosen.sources[4]
        // Ten times the epochs of natural shares.
        #expect(wiki.epochs > 10 * 1e12 / 10.035e12)
    }

    // Table 2.2 of Brown et al. 2020 (arXiv:2005.14165); the qualities are those that Datasets/mixtures/pull.py finds.
    @Test("with plausible qualities the mixture of GPT-3 comes back, and not proportional sampling")
    func published() throws {
        let pools = [410e9, 19e9, 12e9, 55e9, 3e9]
        let qualities = [1, 2.56, 1.99, 1.00, 2.38]
        let weights = [0.60, 0.22, 0.08, 0.08, 0.03]
        let sources = pools.indices.map {
            SourceSupply(name: "\($0)", uniqueTokens: pools[$0], quality: qualities[$0])
        }
        let chosen = try Self.comparison(sources, tokens: 303e9).chosen
        for (weight, expected) in zip(chosen.weights, weights) { #expect(abs(weight - expected / 1.01) < 0.003) }
    }

    @Test("a source of quality 0 gets no weight but for its floor, or where the caps of the others need it")
    func worthless() throws {
        var sources = SixSources.sources
        sources[3].quality = 0
        let chosen = try Self.comparison(sources, tokens: 1e12).chosen
        #expect(chosen.weights[3] == 0 && chosen.sources[3].epochs == 0)
        #expect(abs(chosen.weights.reduce(0, +) - 1) < 1e-12)
        #expect(try #require(chosen.gap) < 1e-11)
        // The others are mixed as if it were not there.
        var others = sources
        others.remove(at: 3)
        var alone = try Self.comparison(others, tokens: 1e12).chosen.weights
        alone.insert(0, at: 3)
        for (a, b) in zip(chosen.weights, alone) { #expect(abs(a - b) < 1e-9) }
        sources[3].floor = 0.02
        #expect(try Self.comparison(sources, tokens: 1e12).chosen.weights[3] >= 0.02 - 1e-12)
        let all = [
            SourceSupply(name: "good", uniqueTokens: 1e9, maxEpochs: 2),
            SourceSupply(name: "worthless", uniqueTokens: 9e9, quality: 0),
        ]
        let needed = try Self.comparison(all, tokens: 5e9).chosen
        #expect(needed.weights[1] > 0.5 && needed.keepsLimits)
    }

    @Test("where qualities are equal the pull removes nothing, and weights are natural at any strength")
    func equalQualities() throws {
        var sources = SixSources.sources
        for index in sources.indices { sources[index].quality = 2 }
        for strength in [0, 0.5, 3] {
            for tokens in [1e12, 60e12] {
                let comparison = try Self.comparison(sources, tokens: tokens, pull: NaturalPull(strength))
                #expect(comparison.removedQualityEffect == nil && comparison.question.hasEqualQualities)
                #expect(comparison.chosen.divergence < 1e-9)
                #expect(comparison.question.meanQuality == 2)
            }
        }
    }

    @Test("no method that keeps the limits has more effective tokens after the pull than the one that maximises them")
    func objectives() throws {
        for seed in 1...60 {
            var random = SeededGenerator(seed: UInt64(seed))
            var sources = MixtureProblemTests.random(UInt64(seed), count: 2 + seed % 9, capped: seed % 2 == 0)
            sources[0].floor = 0.02 * random.unit()
            let total = sources.reduce(0) { $0 + $1.uniqueTokens }
            let comparison = try Self.comparison(
                sources, tokens: (0.05 + 0.9 * random.unit()) * total, pull: NaturalPull(2 * random.unit()))
            let best = comparison.chosen.effectiveTokensAfterPull
            #expect(comparison.chosen.objective?.value == comparison.chosen.effectiveTokensAfterPull)
            for answer in comparison.answers {
                guard case .success(let allocation) = answer.result, allocation.keepsLimits else { continue }
                #expect(allocation.effectiveTokensAfterPull <= best * (1 + 1e-11), "\(answer.method)")
            }
        }
    }

    @Test("every cap and floor is kept on 1,000 random problems, or refused with what would be kept")
    func limits() throws {
        let curve = try MuennighoffCurve().compiled()
        var (kept, refused) = (0, 0)
        for seed in 1...1000 {
            var random = SeededGenerator(seed: UInt64(seed))
            let count = 1 + Int(random.unit() * 12)
            let sources = (0..<count).map { index in
                SourceSupply(
                    name: "\(index)", uniqueTokens: 1e6 * Elementary.exp(18 * random.unit()),
                    quality: random.unit() < 0.2 ? 1 : Elementary.exp(3 * (random.unit() - 0.5)),
                    maxEpochs: random.unit() < 0.5 ? 0.2 + 20 * random.unit() : nil,
                    floor: random.unit() < 0.2 ? random.unit() / Double(count) : 0)
            }
            let total = sources.reduce(0) { $0 + $1.uniqueTokens }
            let tokens = total * Elementary.exp(6 * (random.unit() - 0.5))
            do {
                let question = try MixtureQuestion(
                    supply: DataSupply(sources: sources), tokens: tokens, curve: curve,
                    pull: NaturalPull(seed % 3 == 0 ? 0 : 2 * random.unit()))
                let allocation = try EffectiveDataMixture().allocation(for: question)
                kept += 1
                #expect(allocation.keepsLimits, "seed \(seed)")
                #expect(abs(allocation.weights.reduce(0, +) - 1) < 1e-12, "seed \(seed)")
                #expect(try #require(allocation.gap) < 1e-9, "seed \(seed)")
                for item in allocation.sources {
                    #expect(item.epochs <= (item.source.maxEpochs ?? .infinity) * (1 + 1e-9), "seed \(seed)")
                    #expect(item.weight >= item.source.floor * (1 - 1e-9), "seed \(seed)")
                }
            } catch let error as MixtureError {
                refused += 1
                // More tokens than caps allow, or a floor above its cap: with the value that can be kept.
                let hasWayOut = ["at most that many", "lower the floor to"].contains { "\(error)".contains($0) }
                #expect(hasWayOut, "\(error)")
            }
        }
        #expect(kept > 600 && refused > 50, "\(kept) kept, \(refused) refused")
    }
}
