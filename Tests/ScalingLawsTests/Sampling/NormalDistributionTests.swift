import ScalingLaws
import Testing

@Suite struct NormalDistributionTests {
    /// Abramowitz and Stegun 1964, tables 26.1 and 26.7.
    @Test(
        "probabilities and quantiles are those of the tables",
        arguments: [(0.0, 0.5), (1.0, 0.841_344_7), (1.959_964, 0.975), (-2.0, 0.022_750_1)])
    func normal(x: Double, probability: Double) {
        #expect(abs(NormalDistribution.probability(below: x) - probability) < 2e-7)
        #expect(abs(NormalDistribution.quantile(probability) - x) < 5e-6)
    }

    @Test(
        "tails of chi-square are those of the tables",
        arguments: [(3.841_459, 1), (5.991_465, 2), (7.814_728, 3), (9.487_729, 4), (11.070_5, 5)])
    func chiSquare(x: Double, degrees: Int) {
        #expect(abs(NormalDistribution.chiSquareTail(x, degrees: degrees) - 0.05) < 1e-6)
    }
}
