import ScalingLaws
import TestSupport
import Testing

@testable import LawFitting

/// Intervals of fits to runs of random known laws, held against the truth.
@Suite(.enabled(if: isSoak, "set DATAWALL_SOAK to run it: minutes in a debug build"))
struct CoverageTests {
    private struct Tally {
        var hits = 0
        var widths: [Double] = []

        mutating func add(_ interval: Interval?, _ truth: Double) {
            guard let interval else { return widths.append(.infinity) }
            hits += interval.contains(truth) ? 1 : 0
            widths.append((interval.upper - interval.lower) / truth)
        }

        var share: Double { Double(hits) / Double(Swift.max(widths.count, 1)) }
    }

    @Test("90 % intervals of loss and best size at ten times the compute hold the truth in 85 % of 200 random laws")
    func coverage() throws {
        let seed: UInt64 = 20_261_121
        var generator = SeededGenerator(seed: seed)
        let law = try SampleTables.law("chinchilla")
        let shape = try law.compiled()
        var tallies: [String: Tally] = [:]
        for trial in 0..<200 {
            let (alpha, beta) = (0.25 + 0.2 * generator.unit(), 0.25 + 0.2 * generator.unit())
            // Factors with which both terms matter: 0.15 to 0.6 nats at a billion parameters and 20 billion tokens.
            let values = [
                "E": 1.5 + 0.6 * generator.unit(), "alpha": alpha, "beta": beta,
                "A": (0.15 + 0.45 * generator.unit()) * Elementary.pow(1e9, alpha),
                "B": (0.15 + 0.45 * generator.unit()) * Elementary.pow(2e10, beta),
            ]
            let truth = try shape.with(values)
            let noise = 0.003 + 0.004 * generator.unit()
            var runs: [MeasuredRun] = []
            for _ in 0..<[30, 60, 120, 240][trial % 4] {
                let n = 2e7 * Elementary.pow(500, generator.unit())
                let d = n * 5 * Elementary.pow(40, generator.unit())
                let loss = try truth.loss(parameters: n, tokens: d) * Elementary.exp(noise * generator.normal())
                runs.append(MeasuredRun(parameters: n, tokens: d, loss: loss))
            }
            let compute = 10 * (runs.map(\.compute).max() ?? 1)
            let best = try #require(ComputeFrontier.best(truth, compute: compute))
            let loss = try truth.loss(parameters: best.parameters, tokens: best.tokens)
            let fit = try LawFitter(law).fit(MeasuredRuns(runs))
            let ensemble = try fit.bootstrap(BootstrapOptions(samples: 400, seed: UInt64(trial)))
            tallies["loss", default: Tally()].add(
                ensemble.interval { try? $0.loss(parameters: best.parameters, tokens: best.tokens) }, loss)
            tallies["best size", default: Tally()].add(
                ensemble.interval { ComputeFrontier.best($0, compute: compute)?.parameters }, best.parameters)
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                tallies["\(name), bootstrap", default: Tally()].add(ensemble.interval(of: name), value)
                tallies["\(name), profile", default: Tally()].add(try fit.profile(of: name).interval, value)
            }
        }
        for (name, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            print("seed \(seed): \(name) held in \(tally.share), median width \(OrderStatistics.median(tally.widths))")
        }
        #expect((tallies["loss"]?.share ?? 0) >= 0.85)
        #expect((tallies["best size"]?.share ?? 0) >= 0.85)
    }

    @Test("the reference search ends where the standard one does", .enabled(if: SampleTables.hasPublishedRuns))
    func reference() throws {
        let law = try SampleTables.law("chinchilla")
        let runs = try SampleTables.chinchilla()
        let reference = try LawFitter(law, options: FitOptions(search: .reference)).fit(runs)
        let standard = try LawFitter(law).fit(runs)
        #expect(reference.starts == 4_500)
        #expect(agree(standard.objectiveValue, reference.objectiveValue, within: 1e-9))
    }
}
