import LawFitting
import Testing

@Suite struct LawComparisonTests {
    @Test("the law that the table was made with wins, by AICc and on runs held out")
    func ranking() throws {
        let runs = try SampleTables.synthetic()
        let laws = try ["chinchilla", "lovelace"].map(SampleTables.law)
        let byCriterion = LawComparison(laws, runs: runs)
        #expect(byCriterion.entries.map(\.law) == ["lovelace", "chinchilla"])
        let judged = LawComparison(laws, runs: runs, holdOut: .random(share: 0.2, rounds: 3, seed: 5))
        #expect(judged.entries.first?.law == "lovelace")
        #expect((judged.entries.first?.holdOutError ?? 1) < 0.006)
    }

    @Test("a law that cannot be fitted comes last, with the reason")
    func failures() throws {
        let runs = try SampleTables.synthetic("epochs<=1")
        let comparison = try LawComparison(["lovelace", "chinchilla"].map(SampleTables.law), runs: runs)
        #expect(comparison.entries.map(\.law) == ["chinchilla", "lovelace"])
        #expect(comparison.entries.last?.note?.hasPrefix("no run repeats data") == true)
    }
}
