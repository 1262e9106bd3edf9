import Foundation
import LawFitting
import ScalingLaws
import Testing

@Suite struct ErrorCurveTests {
    static let exponential = ErrorCurve(.exponential, [0.75, 4, 0.9])
    static let logistic = ErrorCurve(.logistic, [0.1, 0.75, 3.5, 2.9])

    static func runs(
        _ curve: ErrorCurve, noise: Double, seed: UInt64, sizes: Int = 4, losses: Int = 8
    ) throws -> MeasuredRuns {
        var generator = SeededGenerator(seed: seed)
        var rows: [MeasuredRun] = []
        for size in 0..<sizes {
            for step in 0..<losses {
                let loss = 3.6 - 0.25 * Double(size) - 0.06 * Double(step)
                let error = min(1, max(0, curve.error(at: loss) + noise * generator.normal()))
                rows.append(
                    MeasuredRun(
                        parameters: 1e8 * pow(4, Double(size)), tokens: 1e9 * Double(step + 1), loss: loss,
                        cells: ["error": "\(error)", "accuracy": "\(1 - error)"], row: rows.count + 1))
            }
        }
        return try MeasuredRuns(rows)
    }

    @Test("the printed formulas, evaluated by hand, and their inverses", arguments: [exponential, logistic])
    func values(curve: ErrorCurve) throws {
        let loss = 2.7
        let byHand =
            curve.form == .exponential
            ? 0.75 - 4 * exp(-0.9 * loss) : 0.1 + 0.65 / (1 + exp(-3.5 * (loss - 2.9)))
        #expect(abs(curve.error(at: loss) - byHand) < 1e-12)
        #expect(abs(try #require(curve.loss(at: byHand)) - loss) < 1e-10)
        let difference = (curve.error(at: loss + 1e-6) - curve.error(at: loss - 1e-6)) / 2e-6
        #expect(abs(curve.slope(at: loss) - difference) < 1e-8)
        #expect(curve.loss(at: 0.76) == nil)
    }

    @Test("the curve behind runs without noise comes back", arguments: [exponential, logistic])
    func recovery(curve: ErrorCurve) throws {
        let runs = try BenchmarkRuns(try Self.runs(curve, noise: 0, seed: 1), column: "error", chance: 0.75)
        let fit = try ErrorCurveFit(runs, form: curve.form)
        for loss in [2.2, 2.6, 3.0, 3.4] { #expect(abs(fit.curve.error(at: loss) - curve.error(at: loss)) < 1e-4) }
        #expect(try #require(fit.leaveOneScaleOutError) < 1e-3)
        let target = try fit.target(error: 0.5)
        #expect(abs(target.loss - (try #require(curve.loss(at: 0.5)))) < 1e-3)
    }

    @Test("a column of accuracies is one of errors")
    func accuracy() throws {
        let table = try Self.runs(Self.exponential, noise: 0.01, seed: 2)
        let errors = try ErrorCurveFit(try BenchmarkRuns(table, column: "error"), form: .exponential)
        let accuracies = try ErrorCurveFit(
            try BenchmarkRuns(table, column: "accuracy", measure: .accuracy), form: .exponential)
        #expect(abs(errors.curve.error(at: 2.5) - accuracies.curve.error(at: 2.5)) < 1e-6)
    }

    @Test("90 % intervals hold 85 to 95 % of new measurements", arguments: [exponential, logistic])
    func coverage(curve: ErrorCurve) throws {
        var (held, asked) = (0, 0)
        for seed in 1...24 {
            let table = try Self.runs(curve, noise: 0.012, seed: UInt64(seed), sizes: 4, losses: 5)
            let fit = try ErrorCurveFit(try BenchmarkRuns(table, column: "error"), form: curve.form)
            var generator = SeededGenerator(seed: UInt64(1_000 + seed))
            for loss in stride(from: 2.45, through: 3.5, by: 0.15) {
                let measured = curve.error(at: loss) + 0.012 * generator.normal()
                guard let interval = fit.prediction(at: loss).interval else { continue }
                asked += 1
                held += interval.contains(measured) ? 1 : 0
            }
        }
        let share = Double(held) / Double(asked)
        #expect(asked > 180)
        #expect((0.85...0.95).contains(share), "\(share) of \(asked)")
    }

    @Test("the better form on sizes left out is taken")
    func choice() throws {
        let runs = try BenchmarkRuns(try Self.runs(Self.logistic, noise: 0.004, seed: 3), column: "error", chance: 0.75)
        #expect(try ErrorCurveFit(runs).curve.form == .logistic)
    }

    @Test("one model size, shares that are none, and an error that no part of the curve has are refused with a reason")
    func refusals() throws {
        let one = try Self.runs(Self.exponential, noise: 0, seed: 4, sizes: 1)
        #expect(throws: FittingError.self) { try BenchmarkRuns(one, column: "error") }
        let table = try Self.runs(Self.exponential, noise: 0, seed: 5)
        #expect(throws: FittingError.self) { try BenchmarkRuns(table, column: "eror") }
        #expect(throws: FittingError.self) { try BenchmarkRuns(table, column: "error", chance: 1.5) }
        var rows = table.runs
        rows[0].cells["error"] = "62.5"
        let percent = try MeasuredRuns(rows)
        #expect(throws: FittingError.self) { try BenchmarkRuns(percent, column: "error") }
        let fit = try ErrorCurveFit(try BenchmarkRuns(table, column: "error", chance: 0.75))
        #expect(throws: FittingError.self) { try fit.target(error: 0.8) }
        #expect(throws: FittingError.self) { try fit.target(error: .nan) }
    }

    @Test("an answer of ten tokens is learnt more suddenly than one of one token")
    func exactMatch() {
        // 0.9 and 0.99 a token: 0.35 and 0.90 for ten.
        #expect(abs(ExactMatch.accuracy(tokens: 10, share: 0.9) - pow(0.9, 10)) < 1e-12)
        #expect(abs(ExactMatch.accuracy(tokens: 10, share: 0.99) - pow(0.99, 10)) < 1e-12)
        #expect(ExactMatch.accuracy(tokens: 10, share: 0) == 0)
    }
}
