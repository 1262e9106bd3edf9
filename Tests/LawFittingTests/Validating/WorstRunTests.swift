import LawFitting
import ScalingLaws
import Testing

@Suite struct WorstRunTests {
    /// Runs of one size a decade whose losses bend along tokens per parameter alone.
    static func bent() throws -> MeasuredRuns {
        var runs: [MeasuredRun] = []
        for size in 0..<8 {
            for step in 0..<10 {
                let n = 1e8 * Elementary.pow(1.7, Double(size))
                let ratio = 3 * Elementary.pow(2, Double(step) * 0.8)
                let bend = 0.02 * (Double(step) - 4.5) * (Double(step) - 4.5) / 20
                let loss =
                    (1.8 + 400 / Elementary.pow(n, 0.34) + 2000 / Elementary.pow(n * ratio, 0.36))
                    * Elementary.exp(bend)
                runs.append(MeasuredRun(parameters: n, tokens: n * ratio, loss: loss, row: runs.count + 1))
            }
        }
        return try MeasuredRuns(runs)
    }

    @Test("errors that bend along tokens per parameter are seen there")
    func trend() throws {
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(Self.bent())
        let trend = try #require(fit.residualTrends().first { $0.quantity == "tokens_per_parameter" })
        #expect(trend.hasStructure)
        #expect(!fit.residualTrends().contains { $0.quantity == "params_per_unique_token" })
    }

    @Test("the worst runs come first")
    func worst() throws {
        var runs = try SampleTables.synthetic("epochs<=1")
        runs.runs[17].loss *= 1.2
        runs.runs[40].loss *= 0.9
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(runs)
        #expect(Array(fit.worstRuns(2)) == [17, 40])
        #expect(fit.worstRuns().count == 5)
    }

    @Test("runs that all have the same tokens per parameter are warned about")
    func ray() throws {
        let runs = try MeasuredRuns(
            (0..<12).map { step in
                let n = 1e8 * Elementary.pow(1.5, Double(step))
                let ratio = step.isMultiple(of: 2) ? 20.0 : 24.0
                return MeasuredRun(
                    parameters: n, tokens: ratio * n,
                    loss: 1.8 + 400 / Elementary.pow(n, 0.34) + 2000 / Elementary.pow(ratio * n, 0.36))
            })
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(runs)
        #expect(fit.singleRay != nil)
        #expect(fit.warnings.contains { $0.contains("not identified. Add runs at other ratios") })
        #expect(try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1")).singleRay == nil)
    }

    @Test("columns that say how runs were trained are named where they vary, and recorded where they do not")
    func setup() throws {
        let text = """
            params,tokens,loss,tokenizer,optimizer,weight_decay,note
            1e9,1e10,3.0,gpt2,adamw,0.1,a
            1e9,2e10,2.9,gpt2,muon,0.1,b
            2e9,1e10,2.95,gpt2,adamw,0.1,c
            2e9,2e10,2.8,gpt2,adamw,0.1,d
            """
        let runs = try RunTableReader().read(text)
        #expect(runs.setup.tokenizer == "gpt2")
        #expect(runs.setup.weightDecay == 0.1)
        #expect(runs.varyingColumns.count == 1)
        #expect(runs.varyingColumns.first?.hasPrefix("Column 'optimizer' varies (adamw in 3, muon in 1 runs)") == true)
    }

    @Test("a fitted law says whether its N counts embeddings, as the form's card does")
    func embeddings() throws {
        let runs = try SampleTables.synthetic("epochs<=1")
        let fit = try LawFitter(SampleTables.law("pearce-song")).fit(runs)
        #expect(!fit.card(named: "mine", source: "a test").setup.countsEmbeddings)
        #expect(try LawFitter(SampleTables.law("chinchilla")).fit(runs).setup.countsEmbeddings)
    }
}
