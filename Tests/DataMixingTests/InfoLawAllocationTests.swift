import DataMixing
import InfoLaw
import ScalingLaws
import Testing

/// The published optima of InfoLaw, solved for.
///
/// They are a reconstruction and no proof: neither the size of the pool nor the units of N and K are printed. A pool of
/// 320 billion tokens, with parameters, tokens and natural logarithms, is what was found to lead to both.
///
/// Source: arXiv:2605.02364, the allocations of 7B parameters.
@Suite struct InfoLawAllocationTests {
    static let pool = 320e9

    /// What the buckets of a pool are worth when read equally often by weight: their weights are one weight, shared.
    ///
    /// Up to one pass of the smallest bucket the sum is straight, so that bucket's size times their number is the unit.
    private struct Shared: RepetitionCurve {
        let buckets: [(size: Double, quality: Double)]
        let curve = InfoLawCurve()

        var card: ModelCard { curve.card }
        var least: Double { buckets.map(\.size).min() ?? 1 }
        var unit: Double { least * Double(buckets.count) }
        var quality: Double { buckets.reduce(0) { $0 + $1.quality } / Double(buckets.count) }

        func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
            let parts = buckets.map { bucket in
                Formula.constant(bucket.quality * bucket.size / (unit * quality))
                    * curve.value(epochs: epochs * .constant(least / bucket.size), in: run, c)
            }
            return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
        }
    }

    /// The best weights of all six buckets, none below the next: where a better bucket would get less than a worse one,
    /// the two share their weight and are solved for as one, the exact way of such an order where the sum separates.
    static func solved(tokens: Double) throws -> [Double] {
        let sizes = InfoLawCurve.bucketShares.map { $0 * pool }
        var groups = sizes.indices.map { [$0] }
        while true {
            let curves = groups.map { group in
                Shared(buckets: group.map { (sizes[$0], InfoLawCurve.quality(bucket: $0)) })
            }
            let solution = try MixtureProblem(
                sources: curves.enumerated().map { index, curve in
                    SourceSupply(name: "\(index)", uniqueTokens: curve.unit, quality: curve.quality)
                },
                tokens: tokens, curves: curves.map { try $0.compiled() }, parameters: 7e9
            ).solved()
            #expect(solution.gap < 1e-11)
            let weights = zip(solution.weights, groups).map { $0 / Double($1.count) }
            guard let place = weights.indices.dropLast().first(where: { weights[$0] < weights[$0 + 1] - 1e-12 }) else {
                return zip(weights, groups).flatMap { weight, group in group.map { _ in weight } }
            }
            groups[place] += groups.remove(at: place + 1)
        }
    }

    @Test(
        "the solver reconstructs the published optima",
        arguments: [(300e9, [0.548, 0.444, 0.008]), (1000e9, [0.395, 0.391, 0.214])])
    func published(tokens: Double, weights: [Double]) throws {
        let solved = try Self.solved(tokens: tokens)
        for (weight, expected) in zip(solved, weights + [0, 0, 0]) {
            #expect(abs(weight - expected) < 0.02, "\(solved)")
        }
    }

    @Test("no mixture in the same order is worth more", arguments: [300e9, 1000e9])
    func optimal(tokens: Double) throws {
        let curve = try InfoLawCurve().compiled()
        func worth(_ weights: [Double]) throws -> Double {
            var sum = 0.0
            for (bucket, weight) in weights.enumerated() where weight > 0 {
                let size = InfoLawCurve.bucketShares[bucket] * Self.pool
                sum +=
                    InfoLawCurve.quality(bucket: bucket) * size
                    * (try curve.value(epochs: weight * tokens / size, parameters: 7e9, tokens: tokens))
            }
            return sum
        }
        let best = try worth(Self.solved(tokens: tokens))
        let steps = 100
        for first in 0...steps {
            for second in 0...min(first, steps - first) where steps - first - second <= second {
                let shares = [first, second, steps - first - second].map { Double($0) / Double(steps) }
                #expect(try worth(shares) <= best)
            }
        }
    }
}
