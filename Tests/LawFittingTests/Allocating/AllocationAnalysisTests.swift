import LawFitting
import ScalingLaws
import Testing

@Suite struct AllocationAnalysisTests {
    /// IsoFLOP runs of a known law without noise.
    static func sweep() throws -> MeasuredRuns {
        let law = try SampleTables.law("besiroglu").compiled()
        var runs: [MeasuredRun] = []
        for step in 0..<9 {
            let compute = 6e18 * Elementary.pow(10, Double(step) * 0.3)
            guard let best = ComputeFrontier.best(law, compute: compute) else { continue }
            for offset in -3...3 {
                let n = best.parameters * Elementary.pow(2, Double(offset))
                let d = compute / (6 * n)
                runs.append(MeasuredRun(parameters: n, tokens: d, loss: try law.loss(parameters: n, tokens: d)))
            }
        }
        return try MeasuredRuns(runs)
    }

    @Test("the numeric frontier is the closed form's")
    func frontier() throws {
        // Besiroglu et al. 2024: N = 9.04516e9, D = 1.84261e11 at 1e22.
        let best = try #require(ComputeFrontier.best(try SampleTables.law("besiroglu").compiled(), compute: 1e22))
        #expect(agree(best.parameters, 9.04516e9, within: 1e-5))
        #expect(agree(best.tokens, 1.84261e11, within: 1e-5))
    }

    @Test("three approaches agree on a clean sweep, and each states its own bias")
    func approaches() throws {
        let analysis = AllocationAnalysis(try LawFitter(SampleTables.law("chinchilla")).fit(Self.sweep()))
        #expect(analysis.estimates.map(\.approach) == [.envelope, .isoFLOP, .parametric])
        // β/(α + β) of the published constants.
        let truth = 0.3658 / (0.3478 + 0.3658)
        for estimate in analysis.estimates {
            #expect(abs(estimate.parameters.exponent - truth) < (estimate.approach == .envelope ? 0.05 : 0.01))
            #expect(abs(estimate.tokensExponent + estimate.parameters.exponent - 1) < 1e-12)
        }
        let isoFLOP = try #require(analysis.estimates.first { $0.approach == .isoFLOP })
        #expect(isoFLOP.points.count == 9)
        let bias = try #require(isoFLOP.bias)
        // Losses without noise: what the approach gives is its bias and nothing else.
        #expect(abs(isoFLOP.parameters.exponent - truth - bias.exponent) < 1e-4)
        #expect(analysis.notes.isEmpty)
    }

    @Test("runs without profiles say what is missing")
    func missing() throws {
        let analysis = AllocationAnalysis(
            try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1")))
        #expect(analysis.estimates.contains { $0.approach == .parametric })
        #expect(analysis.notes.contains { $0.contains("IsoFLOP profiles") })
    }
}
