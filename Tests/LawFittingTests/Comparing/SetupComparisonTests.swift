import ScalingLaws
import Testing

@testable import LawFitting

@Suite struct SetupComparisonTests {
    /// Two setups of one law, the second with other coefficients, with noise of 0.3 %.
    static func runs(_ second: [String: Double], seed: UInt64) throws -> MeasuredRuns {
        let law = try SampleTables.law("besiroglu").compiled()
        let laws = [law, try law.with(second)]
        var generator = SeededGenerator(seed: seed)
        var runs: [MeasuredRun] = []
        for index in 0..<160 {
            let n = Elementary.exp(17 + 5 * generator.unit())
            let d = n * Elementary.exp(2 + 3 * generator.unit())
            let loss = try laws[index % 2].loss(parameters: n, tokens: d) * Elementary.exp(0.003 * generator.normal())
            runs.append(MeasuredRun(parameters: n, tokens: d, loss: loss, group: ["old", "new"][index % 2]))
        }
        return try MeasuredRuns(runs)
    }

    static func compare(_ second: [String: Double]) throws -> SetupComparison {
        try SetupComparison(
            SampleTables.law("chinchilla"), runs: runs(second, seed: 4), between: ("old", "new"), samples: 60)
    }

    @Test("equal setups show no difference")
    func same() throws {
        let comparison = try Self.compare([:])
        #expect(comparison.verdict == .same)
        #expect(comparison.differences.map(\.name) == ["E", "A", "alpha", "B", "beta"])
    }

    @Test("another factor is told from another exponent, with its ratio")
    func factors() throws {
        let comparison = try Self.compare(["B": 2085.43 * 0.8])
        #expect(comparison.verdict == .factors)
        let ratio = try #require(comparison.factorsAtCommonExponents.first { $0.name == "B" })
        #expect(ratio.isRatio)
        #expect(abs(ratio.change - 0.8) < 0.06, "\(ratio)")
        let interval = try #require(ratio.interval)
        #expect(interval.upper < 1)
    }

    @Test("another exponent is seen")
    func exponents() throws {
        let comparison = try Self.compare(["alpha": 0.39, "beta": 0.33])
        #expect(comparison.verdict == .exponents)
        #expect(comparison.exponentsProbability < 0.001)
    }

    @Test("an unknown group lists the known ones")
    func unknown() throws {
        let runs = try Self.runs([:], seed: 4)
        let error = #expect(throws: FittingError.self) {
            try SetupComparison(SampleTables.law("chinchilla"), runs: runs, between: ("old", "newer"))
        }
        #expect(error?.description == "there is no group named 'newer'; did you mean 'new'?")
    }
}
