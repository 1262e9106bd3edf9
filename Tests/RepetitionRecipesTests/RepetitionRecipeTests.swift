import Foundation
import RepetitionRecipes
import ScalingLaws
import Testing

@Suite struct RepetitionRecipeTests {
    static let rules = [RepetitionRecipe.kim, .xu]

    @Test("the printed formulas, evaluated by hand")
    func values() throws {
        let suggestion = try RepetitionRecipe.kim.suggestion(parameters: 600e6, tokens: 3e9, uniqueTokens: 300e6)
        #expect(abs(try #require(suggestion.weightDecay) / (1.016 * pow(2, 0.8058)) - 1) < 1e-12)
        #expect(abs(try #require(suggestion.epochs) / (13.55 / pow(2, 0.4136)) - 1) < 1e-12)
        #expect(suggestion.batchTokens == nil)
        #expect(suggestion.learningRate == nil)
        #expect(suggestion.extrapolation == 1)
    }

    @Test("both teams' rules rise with parameters a unique token, with levels about a factor of two apart")
    func levels() throws {
        for size in [200e6, 400e6, 1.2e9] {
            let decays = try Self.rules.map {
                try #require(try $0.suggestion(parameters: size, tokens: 4e9, uniqueTokens: 300e6).weightDecay)
            }
            #expect((1.9...2.4).contains(decays[0] / decays[1]))
        }
    }

    @Test("bad quantities are refused", arguments: [0, -1, .nan, .infinity])
    func bad(value: Double) {
        for rule in Self.rules {
            #expect(throws: LawError.self) { try rule.suggestion(parameters: value, tokens: 1e9, uniqueTokens: 1e8) }
            #expect(throws: LawError.self) { try rule.suggestion(parameters: 1e9, tokens: 1e9, uniqueTokens: value) }
        }
    }

    static let table = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/data/repetition_recipes.csv").standardizedFileURL

    /// Settings in the `marin-community/marin` repository, Apache-2.0; see `Benchmarks/recipes` for sizes left out.
    @Test(
        "the tuned settings of Kim and others are met within a factor of two, but for one",
        .enabled(if: FileManager.default.fileExists(atPath: table.path), "the table of recipes is not here"))
    func settings() throws {
        let lines = try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n")
        let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .filter { $0[1] == "regularised" }
        var factors: [Double] = []
        for row in rows {
            let unique = try #require(Double(row[4]))
            let epochs = try #require(Double(row[5]))
            let suggestion = try RepetitionRecipe.kim.suggestion(
                parameters: try #require(Double(row[3])), tokens: unique * epochs, uniqueTokens: unique)
            factors.append(abs(log2(try #require(suggestion.weightDecay) / (try #require(Double(row[7]))))))
            #expect(suggestion.extrapolation == 1)
        }
        #expect(factors.count == 16)
        #expect(factors.filter { $0 > 1 }.count == 1)
    }
}
