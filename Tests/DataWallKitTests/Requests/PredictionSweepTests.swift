import DataWallKit
import Testing

@Suite struct PredictionSweepTests {
    @Test("over compute, the best size grows with the exponent beta/(alpha + beta) that Chinchilla's form has")
    func exponent() throws {
        // Hoffmann et al. 2022, arXiv:2203.15556, equation 4: N ∝ C^a with a = β/(α + β).
        let request = PredictRequest(laws: ["besiroglu"], parameters: 1, tokens: 1)
        let sweep = try request.sweep(PredictionAxis(.flops, from: 1e20, to: 1e24, points: 5))
        let law = try ModelCatalog.standard.law("besiroglu").compiled()
        let (alpha, beta) = try (
            #require(law.card.coefficients.first { $0.name == "alpha" }?.value),
            #require(law.card.coefficients.first { $0.name == "beta" }?.value)
        )
        #expect(sweep.points[0].count == 5)
        for (value, point) in zip(sweep.axis.values, sweep.points[0]) {
            #expect(abs(try #require(point.sizeExponent) - beta / (alpha + beta)) < 1e-4)
            #expect(abs(point.prediction.run.compute / value - 1) < 1e-12)
        }
    }

    @Test("over tokens, each line is what the law says of that run, and repeats are counted")
    func tokens() throws {
        var request = PredictRequest(laws: ["muennighoff", "chinchilla"], parameters: 1e9, tokens: 1)
        request.uniqueTokens = 1e10
        let sweep = try request.sweep(PredictionAxis(.tokens, from: 1e9, to: 1e12, points: 4))
        let law = try ModelCatalog.standard.law("muennighoff").compiled()
        for (value, point) in zip(sweep.axis.values, sweep.points[0]) {
            let loss = try law.loss(parameters: 1e9, tokens: value, uniqueTokens: 1e10)
            #expect(point.prediction.loss == loss)
        }
        let lines = sweep.csv().split(separator: "\n")
        #expect(lines.count == 9)
        #expect(
            lines[0]
                == "law,parameters,tokens,unique_tokens,epochs,flops,loss,loss_low,loss_high,interval_level,extrapolation"
        )
        #expect(lines[4].contains("1000000000000.0,10000000000.0,100.0,"))
        #expect(sweep.svg.hasPrefix("<svg"))
    }

    @Test("with few unique tokens the best size of more compute grows faster or slower, and stays a minimum")
    func dataBound() throws {
        var request = PredictRequest(laws: ["muennighoff"], parameters: 1, tokens: 1)
        request.uniqueTokens = 1e10
        let sweep = try request.sweep(PredictionAxis(.flops, from: 1e21, to: 1e23, points: 3))
        let law = try ModelCatalog.standard.law("muennighoff").compiled()
        for point in sweep.points[0] {
            let run = point.prediction.run
            for factor in [0.9, 1.1] {
                let other = try law.loss(
                    parameters: run.parameters * factor, tokens: run.tokens / factor, uniqueTokens: 1e10)
                #expect(other >= point.prediction.loss)
            }
        }
    }

    @Test("a law of compute alone has no best size to sweep over")
    func noBestSize() throws {
        let catalog = ModelCatalog.standard
        var request = PredictRequest(laws: ["henighan"], parameters: 1, tokens: 1)
        request.replacements = []
        #expect(throws: LawError.self) { try request.sweep(PredictionAxis(.flops, from: 1e20, to: 1e21)) }
        #expect(try catalog.law("henighan").card.warnings.contains { $0.contains("best size") })
        #expect(throws: PlanningError.self) { try PredictionAxis(.tokens, from: -1, to: 2) }
    }
}
