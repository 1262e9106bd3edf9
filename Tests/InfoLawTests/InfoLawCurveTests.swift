import InfoLaw
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct InfoLawCurveTests {
    @Test("the curve keeps the promises of curves")
    func conformance() {
        #expect(LawConformance().violations(of: InfoLawCurve()).isEmpty)
    }

    @Test(
        "values computed independently with 30 digits, at 300 billion tokens",
        arguments: [
            (7e9, 2.0, 1.88623475222), (7e9, 4, 3.36770622943), (7e9, 8, 5.44515013009), (7e9, 20, 8.00485652617),
            (1e9, 2, 1.89541789541), (1e9, 8, 5.61048548104), (1e9, 20, 8.51218268295),
        ])
    func values(parameters: Double, epochs: Double, expected: Double) throws {
        let value = try InfoLawCurve().compiled().value(epochs: epochs, parameters: parameters, tokens: 300e9)
        #expect(abs(value / expected - 1) < 1e-11)
    }

    /// The best weights of the three best buckets, none below the next, by trying all in steps of 1/400.
    static func bestWeights(tokens: Double, pool: Double) throws -> [Double] {
        let curve = try InfoLawCurve().compiled()
        let steps = 400
        let worth: [[Double]] = try (0..<3).map { bucket in
            let supply = InfoLawCurve.bucketShares[bucket] * pool
            return try (0...steps).map { step in
                let epochs = Double(step) / Double(steps) * tokens / supply
                let value = try curve.value(epochs: epochs, parameters: 7e9, tokens: tokens)
                return InfoLawCurve.quality(bucket: bucket) * supply * value
            }
        }
        var best = (worth: 0.0, weights: [0.0])
        for first in 0...steps {
            for second in 0...min(first, steps - first) {
                let third = steps - first - second
                guard third <= second else { continue }
                let total = worth[0][first] + worth[1][second] + worth[2][third]
                if total > best.worth { best = (total, [first, second, third].map { Double($0) / Double(steps) }) }
            }
        }
        return best.weights
    }

    @Test(
        "its published allocations follow",
        arguments: [
            // arXiv:2605.02364, 7B parameters: 300B and 1,000B tokens; the pool of 320B tokens is what reproduces them.
            (300e9, [0.548, 0.444, 0.008]), (1000e9, [0.395, 0.395, 0.214]),
        ])
    func allocations(tokens: Double, published: [Double]) throws {
        let weights = try Self.bestWeights(tokens: tokens, pool: 320e9)
        for (weight, expected) in zip(weights, published) {
            #expect(abs(weight - expected) < 0.02, "\(weights)")
        }
    }
}
