import ScalingLaws
import Testing

@Suite struct PredictiveIntervalTests {
    static let error = ForecastError(
        scatter: [
            ForecastError.Scatter(logLoss: 0.8, quantile: 0.01), ForecastError.Scatter(logLoss: 1.0, quantile: 0.03),
        ], growth: 0.05, compute: 1e20)

    @Test("scatter is linear between its points, constant beyond, and grows with what repetition costs")
    func scatter() {
        #expect(abs(Self.error.scatter(logLoss: 0.9, repetitionShare: 0) - 0.02) < 1e-15)
        #expect(Self.error.scatter(logLoss: 0.1, repetitionShare: 0) == 0.01)
        #expect(Self.error.scatter(logLoss: 2, repetitionShare: 0) == 0.03)
        #expect(abs(Self.error.scatter(logLoss: 0.8, repetitionShare: 0.1) - 0.03) < 1e-15)
    }

    @Test("distance counts from the fitted compute on, and never less than the floor")
    func growth() {
        #expect(Self.error.growth(at: 1e19) == 0)
        #expect(abs(Self.error.growth(at: 1e22) - 0.1) < 1e-12)
        let small = ForecastError(scatter: [], growth: 0.001, compute: 1e20)
        #expect(abs(small.growth(at: 1e21) - ForecastError.leastGrowth) < 1e-12)
    }

    @Test("the parts add in squares around the loss")
    func parts() throws {
        let draws = (0..<200).map { 2.5 * Elementary.exp(0.01 * Double($0 % 2 == 0 ? 1 : -1)) }
        let interval = try #require(
            PredictiveInterval(around: 2.5, draws: draws, freshLoss: 2.5, compute: 1e21, error: Self.error))
        let (a, b, c) = (interval.fromCoefficients, interval.fromScatter ?? 0, interval.fromDistance ?? 0)
        #expect(abs(a - 1.645 * 0.01) < 2e-4)
        #expect(abs(c - 0.05) < 1e-12)
        let half = Elementary.log(interval.range.upperBound / 2.5)
        #expect(abs(half - (a * a + b * b + c * c).squareRoot()) < 1e-12)
        #expect(interval.isPredictive)
        let wider = try #require(
            PredictiveInterval(
                around: 2.5, draws: draws, freshLoss: 2.5, compute: 1e21, error: Self.error, level: 0.95))
        #expect(abs(Elementary.log(wider.range.upperBound / 2.5) / half - 1.96 / 1.645) < 1e-3)
    }

    @Test("what all draws hold fixed has no interval, and neither has a law without draws")
    func none() {
        let same = [Double](repeating: 2.5, count: 100)
        #expect(PredictiveInterval(around: 2.5, draws: same, freshLoss: 2.5, compute: 1e20, error: nil) == nil)
        #expect(PredictiveInterval(around: 2.5, draws: same, freshLoss: 2.5, compute: 1e20, error: Self.error) == nil)
        #expect(PredictiveInterval(around: 2.5, draws: [], freshLoss: 2.5, compute: 1e20, error: Self.error) == nil)
    }

    @Test("without a measured error the interval says that it holds the coefficients alone")
    func coefficientsAlone() throws {
        let interval = try #require(
            PredictiveInterval(around: 2, draws: [1.9, 2, 2.1], freshLoss: 2, compute: 1e20, error: nil))
        #expect(!interval.isPredictive)
        #expect(interval.fromDistance == nil)
    }

    @Test("a value that a person sets holds in every draw")
    func replaced() throws {
        struct Line: ScalingLaw {
            var card: ModelCard {
                ModelCard(
                    identifier: "line", summary: "",
                    coefficients: [Coefficient("E", value: 2), Coefficient("w", value: 1)],
                    provenance: Provenance(kind: .user, source: ""), covariance: [[0.01, 0.002], [0.002, 0.04]],
                    ensemble: (0..<50).map { [2 + 0.001 * Double($0), 0.8 + 0.01 * Double($0)] })
            }
            func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { c["E"] + c["w"] / run.parameters }
        }
        let run = try TrainingRun(parameters: 2, tokens: 1e9)
        for law in [
            try CompiledLaw(Line(), replacing: ["w": 0.3]), try Line().compiled().with(["w": 0.3]),
        ] {
            #expect(law.card.ensemble.allSatisfy { $0[1] == 0.3 })
            #expect(law.card.covariance?[1] == [0, 0])
            let prediction = try law.prediction(for: run)
            #expect(prediction.interval?.contains(prediction.loss) == true)
        }
        let both = try CompiledLaw(Line(), replacing: ["w": 0.3, "E": 2])
        #expect(try both.prediction(for: run).interval == nil)
    }
}
