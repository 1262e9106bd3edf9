import Foundation
import LawFitting
import ScalingLaws
import TestSupport
import Testing

@Suite struct DecisionRegretTests {
    /// A sweep of three sizes of corpus whose losses follow a known law exactly.
    static func sweep() throws -> MeasuredRuns {
        let law = try SampleTables.law("lovelace").compiled()
        var runs: [MeasuredRun] = []
        for unique in [1e9, 4e9, 16e9] {
            for step in 0..<8 {
                let compute = 1e18 * Elementary.pow(10, Double(step) * 0.4)
                for offset in 0..<5 {
                    let n = (compute / 120).squareRoot() * Elementary.pow(2, Double(offset) - 2)
                    let d = compute / (6 * n)
                    let loss = try law.loss(parameters: n, tokens: d, uniqueTokens: unique)
                    runs.append(MeasuredRun(parameters: n, tokens: d, uniqueTokens: unique, loss: loss))
                }
            }
        }
        return try MeasuredRuns(runs)
    }

    @Test("the law behind the losses chooses without regret, others at a price")
    func regrets() throws {
        let regret = try DecisionRegret(
            ["chinchilla", "lovelace"].map(SampleTables.law), runs: Self.sweep(), leastCompute: 1e20)
        #expect(!regret.cells.isEmpty)
        #expect(
            regret.scores.map(\.chooser) == [
                "nearest to 20 tokens per parameter", "nearest to 4 epochs", "chinchilla", "lovelace",
            ])
        let right = try #require(regret.scores.last)
        #expect(right.worst < 1e-6)
        #expect(regret.scores[2].mean >= right.mean)
        for score in regret.scores { #expect(score.mean >= 0 && score.interval.contains(score.mean)) }
    }

    @Test("a law that fails in a cell counts there as the worst rule of thumb, on the same cells as the others")
    func failures() throws {
        let cells = try RegretCells(Self.sweep(), leastCompute: 1e20)
        let regret = DecisionRegret(
            cells, choosers: [("never", { _ in nil }), ("by size", { _ in { $0.parameters } })])
        #expect(regret.scores.map(\.failures) == [0, 0, cells.cells.count, 0])
        for (index, value) in regret.scores[2].regrets.enumerated() {
            #expect(value == max(regret.scores[0].regrets[index], regret.scores[1].regrets[index]))
        }
        #expect(regret.scores.allSatisfy { $0.regrets.count == cells.cells.count })
    }

    @Test("cells hold runs of one U and a fifth of a decade of compute, and bins can be shifted")
    func cells() throws {
        let runs = try Self.sweep()
        for shift in [0, 0.1] {
            let cells = try RegretCells(runs, leastCompute: 1e19, leastTraining: 10, shift: shift)
            for cell in cells.cells {
                for index in cell.choices {
                    let run = runs.runs[index]
                    #expect(run.uniqueTokens == cell.uniqueTokens)
                    #expect(abs(Elementary.log(6 * run.parameters * run.tokens / cell.compute)) <= 0.2303)
                }
                #expect(cell.training.count >= 10)
                #expect(!cell.training.contains { 60 * runs.runs[$0].parameters * runs.runs[$0].tokens > cell.compute })
            }
        }
    }

    @Test("runs that share no budget are refused")
    func noCells() throws {
        let runs = try SampleTables.synthetic()
        let error = #expect(throws: FittingError.self) { try DecisionRegret([], runs: runs) }
        #expect(error?.description.hasPrefix("decision regret does not work on these runs") == true)
    }

    // Regret of two rules of thumb on the C4 runs of Muennighoff et al. 2023, computed elsewhere.
    @Test(
        "rules of thumb do as badly on the public runs as computed elsewhere",
        .enabled(if: SampleTables.hasPublishedRuns, "the published runs are absent"))
    func published() throws {
        let runs = try SampleTables.read(
            PackageFolder.published.appending(path: "datablations_runs.csv"), "corpus=c4 && loss<6.5")
        let regret = try DecisionRegret([SampleTables.law("chinchilla")], runs: runs, leastCompute: 1e19)
        #expect(regret.cells.count == 9)
        for (score, expected) in zip(regret.scores, [(0.212, 0.055, 0.808), (0.153, 0.071, 0.430)]) {
            #expect(abs(score.mean - expected.0) < 6e-4)
            #expect(abs(score.median - expected.1) < 6e-4)
            #expect(abs(score.worst - expected.2) < 6e-4)
        }
        // SciPy's fits of Chinchilla's form in each cell choose the same runs.
        #expect(abs(regret.scores[2].mean - 0.19403449) < 1e-6)
    }
}
