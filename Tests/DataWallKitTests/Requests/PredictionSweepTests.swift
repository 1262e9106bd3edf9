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

    @Test("where more compute lowers no loss, every line has the smallest run of that loss, and no exponent")
    func flat() throws {
        var request = PredictRequest(laws: ["muennighoff"], parameters: 1, tokens: 1)
        request.uniqueTokens = 1e9
        let sweep = try request.sweep(PredictionAxis(.flops, from: 1e19, to: 1e25, points: 7))
        let (first, last) = (try #require(sweep.points[0].first), try #require(sweep.points[0].last))
        #expect(first.sizeExponent != nil)
        let flat = sweep.points[0].filter { $0.sizeExponent == nil }
        #expect(flat.count >= 2)
        for point in flat {
            #expect(point.prediction.run == last.prediction.run)
            #expect(point.prediction.run.compute < 1e25)
        }
        // Ten times the compute reaches no lower loss at any size.
        let law = try ModelCatalog.standard.law("muennighoff").compiled()
        for size in [1e8, 1e9, 1e10, 1e11, 1e12] {
            let loss = try law.loss(parameters: size, tokens: 1e26 / (6 * size), uniqueTokens: 1e9)
            #expect(loss > last.prediction.loss * (1 - 3e-9))
        }
        #expect(sweep.notes.contains { $0.hasPrefix("law 'muennighoff' gives the same loss, to nine digits, for all") })
        #expect(sweep.csv().split(separator: "\n").last?.hasSuffix(",") == true)
    }

    @Test("a sweep says which law counts repeated tokens as new ones, and how often runs repeat")
    func repeats() throws {
        var request = PredictRequest(laws: ["chinchilla", "muennighoff"], parameters: 1e9, tokens: 1)
        request.uniqueTokens = 1e10
        let sweep = try request.sweep(PredictionAxis(.tokens, from: 1e9, to: 1e12, points: 4))
        let notes = sweep.notes.filter { $0.contains("repeated tokens") }
        #expect(notes == ["law 'chinchilla' counts repeated tokens as new ones, and 2 of the 4 runs repeat"])
    }

    @Test("a sweep refuses values that no run has, and compute at which no size is best")
    func impossible() throws {
        let request = PredictRequest(laws: ["chinchilla"], parameters: 1e9, tokens: 1e9)
        #expect(throws: RequestError.self) { try request.sweep(PredictionAxis(.tokens, from: 1e9, to: 1e30)) }
        #expect {
            try request.sweep(PredictionAxis(.flops, from: 1, to: 1e30, points: 5))
        } throws: { "\($0)".contains("of all runs from 1,000 parameters and 1,000 tokens up") }
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
