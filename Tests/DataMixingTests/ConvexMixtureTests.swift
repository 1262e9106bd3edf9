import DataMixing
import Muennighoff
import ScalingLaws
import Testing

@Suite struct ConvexMixtureTests {
    static func random(_ seed: UInt64, count: Int, targets: Int) -> ([SourceSupply], [ConvexMixture.Target]) {
        var random = SeededGenerator(seed: seed)
        let sources = (0..<count).map { index in
            SourceSupply(
                name: "\(index)", uniqueTokens: 1e9 * Elementary.exp(random.uniform(0, 4)),
                maxEpochs: random.uniform(1.5, 8))
        }
        let targets = (0..<targets).map { _ in
            ConvexMixture.Target(
                law: MixingLaw(floor: 2, slopes: (0..<count).map { _ in random.uniform(-1.5, 1.5) }),
                importance: random.uniform(0.2, 1))
        }
        return (sources, targets)
    }

    @Test("no small exchange between two sources betters a solution, and its gap is small", arguments: 1...12)
    func optimum(seed: Int) throws {
        let (sources, targets) = Self.random(UInt64(seed), count: 2 + seed, targets: 1 + seed % 3)
        let tokens = 1.2 * sources.reduce(0) { $0 + $1.uniqueTokens }
        let pull = [0.05, 0.5, 0][seed % 3]
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        let solution = try ConvexMixture(sources: sources, tokens: tokens, targets: targets, pull: pull).solved()
        #expect(abs(solution.weights.reduce(0, +) - 1) < 1e-9)
        #expect(solution.gap < (pull > 0 ? 1e-8 : 1e-4), "\(solution)")
        func cost(_ weights: [Double]) -> Double {
            var cost = targets.reduce(0) { $0 + $1.importance * $1.law.loss(weights) }
            for (weight, source) in zip(weights, sources) where weight > 0 {
                cost += pull * weight * Elementary.log(weight * total / source.uniqueTokens)
            }
            return cost
        }
        let best = cost(solution.weights)
        for from in sources.indices {
            for to in sources.indices where to != from {
                var other = solution.weights
                let step = Swift.min(1e-3, other[from])
                other[from] -= step
                other[to] += step
                guard other[to] * tokens <= (sources[to].maxEpochs ?? 0) * sources[to].uniqueTokens else { continue }
                #expect(cost(other) >= best - solution.gap - 1e-12)
            }
        }
    }

    @Test("pilots and supply must name the same sources")
    func names() throws {
        let (sources, targets) = Self.random(3, count: 3, targets: 1)
        let question = try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: 1e9, curve: MuennighoffCurve().compiled())
        let method = MixingLawMixture(sources: ["0", "1", "2"], targets: targets)
        #expect(try method.weights(for: question).count == 3)
        for names in [["0", "1", "3"], ["0", "1"]] {
            #expect(throws: MixtureError.self) {
                try MixingLawMixture(sources: names, targets: targets).weights(for: question)
            }
        }
        // The order of the pilots' sources does not matter.
        let turned = MixingLawMixture(
            sources: ["2", "0", "1"],
            targets: targets.map { target in
                let slopes = target.law.slopes
                return ConvexMixture.Target(
                    law: MixingLaw(floor: target.law.floor, slopes: [slopes[2], slopes[0], slopes[1]]),
                    importance: target.importance)
            })
        for (a, b) in zip(try method.weights(for: question), try turned.weights(for: question)) {
            #expect(abs(a - b) < 1e-6)
        }
    }

    @Test("laws, tokens and importances that cannot be are refused")
    func refusals() throws {
        let (sources, targets) = Self.random(4, count: 3, targets: 1)
        let most = sources.reduce(0) { $0 + ($1.maxEpochs ?? 0) * $1.uniqueTokens }
        #expect(throws: MixtureError.self) {
            try ConvexMixture(sources: sources, tokens: 2 * most, targets: targets)
        }
        #expect(throws: MixtureError.self) {
            try ConvexMixture(sources: Array(sources.dropLast()), tokens: 1e9, targets: targets)
        }
        #expect(throws: MixtureError.self) { try ConvexMixture(sources: sources, tokens: 1e9, targets: []) }
        #expect(throws: MixtureError.self) {
            try ConvexMixture(sources: sources, tokens: 1e9, targets: targets, pull: -1)
        }
    }
}
