import BuiltInModels
import LawFitting
import ScalingLaws
import Testing

@Suite struct BacktestTests {
    @Test("forecasts of a right law err little, those of a wrong one more")
    func errors() throws {
        let single = try SampleTables.synthetic("epochs<=1")
        let right = try #require(LawFitter(try SampleTables.law("chinchilla-soft")).backtest(single))
        let wrong = try #require(LawFitter(try SampleTables.law("hestness-parameters")).backtest(single))
        #expect(right.origins.count >= 4)
        for origin in right.origins { #expect(origin.trainedRuns + origin.testedRuns <= single.count) }
        let (good, bad) = (try #require(right.meanError), try #require(wrong.meanError))
        // The table's noise is 0.4 %.
        #expect(good < 0.01)
        #expect(bad > 2 * good)
        #expect((right.expectedError(decades: 2) ?? 0) > (right.expectedError(decades: 1) ?? 1))
    }

    @Test("fewer than 20 runs have no backtest")
    func few() throws {
        let runs = try SampleTables.synthetic("epochs<=1").selecting(Array(0..<19))
        #expect(LawFitter(try SampleTables.law("chinchilla")).backtest(runs) == nil)
    }

    @Test("laws are compared by the error to expect beyond their runs, AICc beside it")
    func comparison() throws {
        let comparison = LawComparison(
            try ["hestness-parameters", "chinchilla"].map(SampleTables.law),
            runs: try SampleTables.synthetic("epochs<=1"))
        #expect(comparison.isBacktested)
        #expect(comparison.entries.map(\.law) == ["chinchilla", "hestness-parameters"])
        #expect(comparison.entries.allSatisfy { $0.expectedError != nil && $0.aicc != nil })
    }

    @Test("the strength of a prior is scored by the same forecasts, and little evidence changes nothing")
    func strength() throws {
        let runs = try SampleTables.synthetic("epochs<=1")
        let fitter = LawFitter(try SampleTables.law("chinchilla-soft"))
        let (chosen, scores) = fitter.choosingStrength(on: runs)
        #expect(LawFitter.strengths.contains(chosen.options.dependence))
        #expect(scores.allSatisfy { $0.meanError > 0 })
        let free = LawFitter(try SampleTables.law("chinchilla")).choosingStrength(on: runs)
        #expect(free.scores.isEmpty)
    }

    @Test("predictive intervals hold nine tenths of the runs that a fit did not see, and their forecasts")
    func coverage() throws {
        let all = try SampleTables.synthetic("epochs<=1")
        let law = try SampleTables.law("chinchilla-soft")
        var generator = SeededGenerator(seed: 11)
        var inside = 0
        var total = 0
        for _ in 0..<4 {
            var order = Array(all.runs.indices)
            for i in order.indices.reversed() where i > 0 { order.swapAt(i, generator.index(below: i + 1)) }
            let fitter = LawFitter(law)
            let fit = try fitter.fit(all.selecting(order.prefix(45).sorted()))
            let ensemble = try fit.bootstrap(BootstrapOptions(samples: 40))
            let error = try #require(try fit.forecastError(backtest: fitter.backtest(fit.runs)))
            for index in order.suffix(45) {
                let run = all.runs[index]
                let asked = try TrainingRun(parameters: run.parameters, tokens: run.tokens)
                let interval = try #require(try ensemble.predictive(for: asked, error: error))
                total += 1
                if interval.range.contains(run.loss) { inside += 1 }
            }
        }
        let share = Double(inside) / Double(total)
        #expect((0.83...0.98).contains(share), "covered \(share), seed 11")
    }

    @Test("a fit without a degree of freedom has no measured error and no intervals")
    func noFreedom() throws {
        let runs = try MeasuredRuns(
            [1e8, 1e9, 1e10].map {
                MeasuredRun(parameters: $0, tokens: 20 * $0, loss: 1.6 + 400 / Elementary.pow($0, 0.3))
            })
        let fit = try LawFitter(SampleTables.law("hestness-parameters")).fit(runs)
        #expect(fit.degreesOfFreedom == 0)
        let ensemble = try fit.bootstrap(BootstrapOptions(samples: 40))
        #expect(ensemble.interval(of: "E") == nil)
        #expect(ensemble.standardError(of: "E") == nil)
        #expect(try fit.forecastError(backtest: nil) == nil)
        let run = try TrainingRun(parameters: 1e10, tokens: 2e11)
        #expect(try ensemble.predictive(for: run, error: nil) == nil)
        let profile = try fit.profile(of: "alpha")
        #expect(profile.verdict == .none)
        #expect(ensemble.identifiability(profile) == .none)
        #expect(fit.card(named: "x", source: "", ensemble: ensemble).ensemble.isEmpty)
        #expect(fit.warnings.contains { $0.contains("no degree of freedom") })
    }
}
