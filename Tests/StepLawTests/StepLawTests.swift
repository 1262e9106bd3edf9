import Foundation
import ScalingLaws
import StepLaw
import TestSupport
import Testing

@Suite struct StepLawTests {
    @Test("the printed formulas, evaluated by hand")
    func values() throws {
        let suggestion = try StepLaw().suggestion(parameters: 1e9, tokens: 20e9)
        #expect(abs(try #require(suggestion.learningRate) / (1.79 * pow(1e9, -0.713) * pow(20e9, 0.307)) - 1) < 1e-12)
        #expect(abs(try #require(suggestion.batchTokens) / (0.58 * pow(20e9, 0.571)) - 1) < 1e-12)
        #expect(suggestion.extrapolation == 1)
        #expect(suggestion.provenance.kind == .published)
        #expect(abs(try StepLaw().suggestion(parameters: 1.1e10, tokens: 20e9).extrapolation - 10) < 1e-9)
    }

    @Test("bad quantities are refused", arguments: [0, -1, .nan, .infinity])
    func bad(value: Double) {
        #expect(throws: LawError.self) { try StepLaw().suggestion(parameters: value, tokens: 1e9) }
        #expect(throws: LawError.self) { try StepLaw().suggestion(parameters: 1e9, tokens: value) }
    }

    static let table = PackageFolder.published.appending(path: "steplaw_best_runs.csv")

    /// The best runs of the authors' own sweeps: repository step-law/steplaw, data/dense_lr_bs_loss.csv.
    @Test(
        "the rule comes within a factor of the best learning rate and batch of the authors' sweeps",
        .enabled(if: FileManager.default.fileExists(atPath: table.path), "the table of best runs is not here"))
    func sweeps() throws {
        let lines = try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").dropFirst()
        var (rates, batches): ([Double], [Double]) = ([], [])
        for line in lines {
            let cells = line.split(separator: ",").compactMap { Double($0) }
            let suggestion = try StepLaw().suggestion(parameters: cells[0], tokens: cells[1])
            rates.append(abs(log(try #require(suggestion.learningRate) / cells[3])))
            batches.append(abs(log(try #require(suggestion.batchTokens) / (cells[4] * 2_048))))
            #expect(suggestion.extrapolation == 1)
        }
        #expect(rates.count == 17)
        // The sweeps step by factors of √2 and more, and the loss is flat around its lowest.
        #expect(exp(rates.sorted()[rates.count / 2]) < 1.6)
        #expect(exp(batches.sorted()[batches.count / 2]) < 1.6)
        #expect(exp(rates.max() ?? 9) < 3)
        #expect(exp(batches.max() ?? 9) < 3)
    }
}
