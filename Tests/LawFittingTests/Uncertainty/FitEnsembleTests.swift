import LawFitting
import ScalingLaws
import TestSupport
import Testing

@Suite struct FitEnsembleTests {
    static func fit() throws -> LawFit {
        try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1"))
    }

    @Test("a seed determines every resample, and another seed gives others")
    func seeds() throws {
        let fit = try Self.fit()
        let first = try fit.bootstrap(BootstrapOptions(samples: 30, seed: 7))
        #expect(try fit.bootstrap(BootstrapOptions(samples: 30, seed: 7)).members == first.members)
        #expect(try fit.bootstrap(BootstrapOptions(samples: 30, seed: 8)).members != first.members)
        #expect(first.members.count == 30)
        #expect(first.failures == 0)
    }

    @Test("intervals hold the estimate, and the truth that the table was made with")
    func intervals() throws {
        let ensemble = try Self.fit().bootstrap(BootstrapOptions(samples: 200))
        // Datasets/synthetic/make.py.
        for (name, truth) in [("E", 1.82), ("A", 480), ("alpha", 0.345), ("B", 2_100), ("beta", 0.365)] {
            let interval = try #require(ensemble.interval(of: name, level: 0.99))
            #expect(interval.contains(truth), "\(name)")
            #expect(interval.contains(ensemble.fit[name] ?? 0))
            let narrow = try #require(ensemble.interval(of: name, level: 0.5))
            #expect(narrow.lower >= interval.lower && narrow.upper <= interval.upper)
        }
        #expect(ensemble.interval(of: "gamma") == nil)
        let size = try #require(ensemble.interval { ComputeFrontier.best($0, compute: 1e22)?.parameters })
        #expect(size.lower > 1e9 && size.upper < 1e11 && size.lower < size.upper)
    }

    @Test("intervals of positive coefficients stay positive, however few the runs", arguments: [9, 12])
    func fewRuns(count: Int) throws {
        var table = try SampleTables.synthetic("epochs<=1")
        table.runs = Array(table.runs.prefix(count))
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(table)
        let ensemble = try fit.bootstrap(BootstrapOptions(samples: 200))
        for name in ["E", "A", "alpha", "B", "beta"] {
            let values = try #require(ensemble.values(of: name))
            let interval = try #require(ensemble.interval(of: name))
            #expect(values.allSatisfy { $0 > 0 } && interval.lower > 0, "\(name): \(interval)")
            #expect(interval.contains(ensemble.fit[name] ?? 0))
        }
    }

    @Test("groups are drawn whole, and need to be several")
    func groups() throws {
        let fit = try Self.fit()
        let error = #expect(throws: FittingError.self) {
            try fit.bootstrap(BootstrapOptions(samples: 30, unit: .groups))
        }
        #expect(error?.description == "resampling groups needs 3 groups or more; the runs have 2")
        var runs = fit.runs
        for index in runs.runs.indices { runs.runs[index].group = "g\(index % 9)" }
        let grouped = try LawFitter(fit.law).fit(runs).bootstrap(BootstrapOptions(samples: 30, unit: .groups))
        #expect(grouped.members.count + grouped.failures == 30)
        #expect(throws: FittingError.self) { try fit.bootstrap(BootstrapOptions(samples: 3)) }
    }

    // 95 % bootstrap intervals of Besiroglu et al. 2024 (epoch-research/analyzing-chinchilla, 4,000 resamples).
    @Test(
        "widths of intervals are those published",
        .enabled(if: SampleTables.hasPublishedRuns, "the published runs are absent"),
        arguments: [
            ("E", 1.769, 1.871), ("A", 285.0, 744.0), ("alpha", 0.317, 0.373), ("B", 1_042.0, 5_810.0),
            ("beta", 0.331, 0.415),
        ])
    func published(name: String, lower: Double, upper: Double) throws {
        let interval = try #require(Self.chinchilla.percentileInterval(of: name, level: 0.95))
        #expect(agree(interval.upper - interval.lower, upper - lower, within: 0.15), "\(interval)")
    }

    static let chinchilla: FitEnsemble = {
        do {
            return try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.chinchilla())
                .bootstrap(BootstrapOptions(samples: isSoak ? 4_000 : 1_000, seed: 3))
        } catch {
            preconditionFailure("\(error)")
        }
    }()
}
