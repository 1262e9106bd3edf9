import LawFitting
import Testing

@Suite struct HoldOutTests {
    static let runs: MeasuredRuns? = try? SampleTables.synthetic("epochs<=1")

    @Test(
        "every choice splits the runs and scores those left out",
        arguments: ["params>1e9", "largest=0.25", "random", "groups"])
    func choices(text: String) throws {
        let runs = try #require(Self.runs)
        let scores = try LawFitter(SampleTables.law("chinchilla")).validate(HoldOut(text, seed: 1), on: runs)
        #expect(scores.count == ["random": 5, "groups": 2][text] ?? 1)
        for score in scores {
            #expect(score.trainedRuns + score.testedRuns == runs.count)
            // The table's noise is 0.4 %.
            #expect(score.meanError > 0.001 && score.meanError < 0.01, "\(score)")
            #expect(score.medianError <= score.worstError)
        }
    }

    @Test(
        "choices that leave nothing are refused",
        arguments: ["params>1e15", "params>1", "largest=2", "random=0", "params"])
    func nothing(text: String) throws {
        let runs = try #require(Self.runs)
        #expect(throws: FittingError.self) {
            try LawFitter(SampleTables.law("chinchilla")).validate(HoldOut(text, seed: 1), on: runs)
        }
    }

    // Mean errors on larger models of laws fitted to smaller ones, 182 runs of Muennighoff et al. 2023; computed with
    // SciPy.
    @Test(
        "extrapolation errors are those computed elsewhere",
        .enabled(if: SampleTables.hasPublishedRuns, "the published runs are absent"),
        arguments: [
            ("chinchilla", "params>=1e9", 0.040), ("lovelace", "params>=1e9", 0.037),
            ("chinchilla", "epochs>16", 0.096),
        ])
    func extrapolation(law: String, condition: String, error: Double) throws {
        let score = try #require(
            try LawFitter(SampleTables.law(law)).validate(HoldOut(condition, seed: 1), on: SampleTables.datablations())
                .first)
        #expect(abs(score.meanError - error) < 0.0015, "\(score.meanError)")
    }
}
