import LawFitting
import ScalingLaws
import Testing

@Suite struct CoefficientProfileTests {
    @Test("a profile is lowest at the fit, and its interval holds the truth")
    func shape() throws {
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1"))
        for (name, truth) in [("E", 1.82), ("A", 480), ("alpha", 0.345), ("B", 2_100), ("beta", 0.365)] {
            let profile = try fit.profile(of: name, level: 0.99)
            #expect(profile.interval.contains(truth), "\(name) \(profile.interval)")
            #expect(profile.points.allSatisfy { $0.objective >= fit.objectiveValue * (1 - 1e-9) })
            #expect(profile.points.map(\.value) == profile.points.map(\.value).sorted())
            #expect(profile.verdict != .none)
        }
        let error = #expect(throws: FittingError.self) { try fit.profile(of: "alpa") }
        #expect(error?.description == "there is no fitted coefficient named 'alpa'; did you mean 'alpha'?")
    }

    // Best objectives with R_D* held, backbone as published, on the 182 runs of Muennighoff et al. 2023; computed with
    // SciPy.
    @Test(
        "the published repetition constant is not identified, and its profile is flat",
        .enabled(if: SampleTables.hasPublishedRuns, "the published runs are absent"))
    func repetition() throws {
        let table: [(decay: Double, size: Double, objective: Double)] = [
            (4, 27.9, 1631.9), (6, 14.4, 1607.1), (8, 9.6, 1595.8), (10, 7.6, 1591.0), (12, 6.4, 1585.5),
            (15.39, 5.31, 1582.6), (20, 3.21, 1584.1), (30, 2.74, 1582.1), (60, 2.11, 1581.1), (95, 1.71, 1580.5),
            (200, 1.39, 1581.6), (500, 1.03, 1585.7),
        ]
        let law = try SampleTables.law("muennighoff")
        let fit = try LawFitter(law, options: FitOptions(held: PublishedFitTests.held())).fit(
            SampleTables.datablations())
        let profile = try fit.profile(of: "RD", at: table.map(\.decay))
        let size = try #require(law.card.coefficientNames.firstIndex(of: "RN"))
        for (row, point) in zip(table, profile.points) {
            #expect(abs(point.objective * 1e5 - row.objective) < 0.06, "\(row.decay)")
            #expect(agree(point.coefficients[size], row.size, within: 0.01), "\(row.decay)")
        }
        let free = try fit.profile(of: "RD")
        #expect(free.verdict == .none)
        #expect(free.interval.upper == .infinity)
        #expect(free.interval.lower < 12)
        #expect(free.interval.contains(15.39))
    }
}
