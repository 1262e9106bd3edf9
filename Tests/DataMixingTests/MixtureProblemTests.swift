import Chinchilla
import DataMixing
import InfoLaw
import Lovelace
import Muennighoff
import ScalingLaws
import Testing

@Suite struct MixtureProblemTests {
    static let curve = Result { try CompiledCurve(MuennighoffCurve(), coefficients: [15.387756]) }

    static func random(_ seed: UInt64, count: Int, capped: Bool) -> [SourceSupply] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            SourceSupply(
                name: "\(index)", uniqueTokens: 1e9 * Elementary.exp(6 * random.uniform(0, 1)),
                quality: 0.3 + 2 * random.uniform(0, 1), maxEpochs: capped ? 1 + 8 * random.uniform(0, 1) : nil)
        }
    }

    @Test(
        "without a pull, repeated sources differ in epochs by R* times the logarithm of their qualities' ratio",
        arguments: [1, 2, 3, 4, 5] as [UInt64])
    func epochsDiffer(seed: UInt64) throws {
        let sources = Self.random(seed, count: 12, capped: false)
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        let solution = try MixtureProblem(sources: sources, tokens: 3 * total, curve: Self.curve.get()).solved()
        let repeated = sources.indices.filter { solution.epochs[$0] > 1 + 1e-9 }
        for j in repeated {
            for k in repeated {
                let expected = 15.387756 * Elementary.log(sources[k].quality / sources[j].quality)
                #expect(abs(solution.epochs[k] - solution.epochs[j] - expected) < 1e-6)
            }
        }
    }

    @Test("a better quality never loses weight, nor more unique tokens effective ones", arguments: 1...6)
    func monotone(seed: Int) throws {
        let sources = Self.random(UInt64(seed), count: 8, capped: seed.isMultiple(of: 2))
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        let pull: NaturalPull = seed.isMultiple(of: 3) ? NaturalPull(0.05) : .none
        let before = try MixtureProblem(
            sources: sources, tokens: 1.3 * total, curve: Self.curve.get(), pull: pull
        ).solved()
        for index in sources.indices {
            var better = sources
            better[index].quality *= 1.05
            let after = try MixtureProblem(
                sources: better, tokens: 1.3 * total, curve: Self.curve.get(), pull: pull
            ).solved()
            #expect(after.weights[index] >= before.weights[index] - 1e-9)
            guard case .none = pull else { continue }
            var more = sources
            more[index].uniqueTokens *= 1.05
            let richer = try MixtureProblem(sources: more, tokens: 1.3 * total, curve: Self.curve.get()).solved()
            #expect(richer.effectiveTokens >= before.effectiveTokens * (1 - 1e-12))
        }
        #expect(before.capPrices.allSatisfy { $0 >= 0 })
        #expect(before.uniqueTokenPrices.allSatisfy { $0 >= -1e-12 })
    }

    @Test("equal qualities give natural shares, with a pull and without", arguments: [0, 0.01, 0.05, 1])
    func equalQualities(lambda: Double) throws {
        var sources = Self.random(9, count: 20, capped: false)
        for index in sources.indices { sources[index].quality = 1.7 }
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        for share in [0.2, 0.9, 1.1, 6] {
            let solution = try MixtureProblem(
                sources: sources, tokens: share * total, curve: Self.curve.get(), pull: NaturalPull(lambda)
            ).solved()
            for (weight, source) in zip(solution.weights, sources) {
                #expect(abs(weight - source.uniqueTokens / total) < 1e-6)
            }
        }
    }

    @Test("a nat of divergence weighs the strength times a law's slope in ln D_eff")
    func relativeToSlope() throws {
        let sources = Self.random(11, count: 9, capped: true)
        let tokens = sources.reduce(0) { $0 + $1.uniqueTokens }
        let law = try MixtureForecast(try ChinchillaLaw.all[0].compiled(), parameters: 7e9)
        let solution = try MixtureProblem(
            sources: sources, tokens: tokens, curve: Self.curve.get(), pull: NaturalPull(0.5)
        ).solved()
        let weight = 0.5 * -(try law.slope(effectiveTokens: solution.effectiveTokens))
        // No other mixture does better under the law with so many nats of loss a nat: a step towards any source costs.
        func cost(_ weights: [Double]) throws -> Double {
            var (effective, divergence) = (0.0, 0.0)
            for (weight, source) in zip(weights, sources) {
                let epochs = weight * tokens / source.uniqueTokens
                effective += source.quality * source.uniqueTokens * (try Self.curve.get().value(epochs: epochs))
                divergence += weight > 0 ? weight * Elementary.log(weight * tokens / source.uniqueTokens) : 0
            }
            let worth = MixtureWorth(
                tokens: tokens, effectiveTokens: effective, freshTokens: effective, uniqueTokensRead: effective,
                repeats: 0)
            return try law.loss(worth: worth) + weight * divergence
        }
        let best = try cost(solution.weights)
        for index in sources.indices where solution.epochs[index] < (sources[index].maxEpochs ?? 0) - 0.1 {
            var other = solution.weights.map { $0 * 0.999 }
            other[index] += 0.001
            let kept = zip(other, sources).allSatisfy { $0 * tokens <= ($1.maxEpochs ?? 0) * $1.uniqueTokens }
            if kept { #expect(try cost(other) >= best) }
        }
    }

    @Test("more tokens than the caps allow are an error with the most that they do")
    func infeasible() throws {
        let sources = [
            SourceSupply(name: "a", uniqueTokens: 10e9, maxEpochs: 4),
            SourceSupply(name: "b", uniqueTokens: 30e9, maxEpochs: 2),
        ]
        let error = try #require(throws: MixtureError.self) {
            try MixtureProblem(sources: sources, tokens: 101e9, curve: Self.curve.get())
        }
        guard case .infeasible(let message, let nearest) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(nearest == 100e9)
        #expect(message.contains("100,000,000,000"), "\(message)")
        let all = try MixtureProblem(sources: sources, tokens: 100e9, curve: Self.curve.get()).solved()
        #expect(all.weights == [0.4, 0.6])
    }

    @Test("sources and limits that cannot be are refused by name")
    func refusals() throws {
        let a = SourceSupply(name: "a", uniqueTokens: 1e9)
        func refuse(_ sources: [SourceSupply], _ word: String, tokens: Double = 1e9, line: Int = #line) {
            do {
                _ = try MixtureProblem(sources: sources, tokens: tokens, curve: try Self.curve.get())
                Issue.record("line \(line): accepted")
            } catch { #expect("\(error)".contains(word), "line \(line): \(error)") }
        }
        refuse([], "source")
        refuse([a, a], "'a' occurs twice")
        refuse([a], "training tokens", tokens: 0)
        refuse([a], "training tokens", tokens: .nan)
        refuse([a, SourceSupply(name: "b", uniqueTokens: 0)], "source 'b'")
        refuse([a, SourceSupply(name: "b", uniqueTokens: 1e9, quality: -1)], "quality of source 'b'")
        refuse([a, SourceSupply(name: "b", uniqueTokens: 1e9, quality: .nan)], "quality of source 'b'")
        refuse([SourceSupply(name: "b", uniqueTokens: 1e9, quality: 0)], "quality 0")
        refuse([a, SourceSupply(name: "b", uniqueTokens: 1e9, maxEpochs: 0)], "epochs of source 'b'")
        refuse([a, SourceSupply(name: "b", uniqueTokens: 1e9, floor: 1.1)], "floor of source 'b'")
        refuse(
            [
                SourceSupply(name: "b", uniqueTokens: 1e9, floor: 0.6),
                SourceSupply(name: "c", uniqueTokens: 1e9, floor: 0.6),
            ], "add up to 1.2")
        refuse([a, SourceSupply(name: "b", uniqueTokens: 1e6, maxEpochs: 1, floor: 0.5)], "floor 0.5 of source 'b'")
        #expect(throws: MixtureError.self, "a curve that needs N") {
            try MixtureProblem(sources: [a], tokens: 1e9, curve: InfoLawCurve().compiled())
        }
    }

    @Test("hard cases have finite weights that keep every limit", arguments: 1...40)
    func hard(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = 1 + Int(random.uniform(0, 1) * 30)
        var sources = Self.random(UInt64(seed) + 100, count: count, capped: true)
        for index in sources.indices {
            sources[index].uniqueTokens *= Elementary.exp(20 * (random.uniform(0, 1) - 0.5))
            if random.uniform(0, 1) < 0.3 { sources[index].quality = random.uniform(0, 1) < 0.5 ? 0 : 1e-6 }
            if random.uniform(0, 1) < 0.3 { sources[index].maxEpochs = 1 }
        }
        sources[0].quality = 1
        let most = sources.reduce(0) { $0 + ($1.maxEpochs ?? 0) * $1.uniqueTokens }
        for share in [1e-6, 0.1, 0.999999, 1] {
            for pull in [NaturalPull.none, NaturalPull(1e-4), NaturalPull(0.05), NaturalPull(1e4)] {
                let solution = try MixtureProblem(
                    sources: sources, tokens: share * most, curve: Self.curve.get(), pull: pull
                ).solved()
                #expect(abs(solution.weights.reduce(0, +) - 1) < 1e-9, "\(seed) \(share)")
                #expect(solution.gap < 1e-9, "seed \(seed), share \(share), \(pull): \(solution.gap)")
                for (source, epochs) in zip(sources, solution.epochs) {
                    #expect(epochs.isFinite && epochs >= 0 && epochs <= (source.maxEpochs ?? 0) * (1 + 1e-9))
                }
            }
        }
    }

    @Test("thousands of sources are solved with a gap near rounding")
    func thousands() throws {
        let sources = Self.random(77, count: 3000, capped: true)
        let tokens = 2 * sources.reduce(0) { $0 + $1.uniqueTokens }
        let solution = try MixtureProblem(
            sources: sources, tokens: tokens, curve: Self.curve.get(), pull: NaturalPull(0.05)
        ).solved()
        #expect(solution.gap < 1e-11)
        #expect(abs(solution.weights.reduce(0, +) - 1) < 1e-12)
    }
}
