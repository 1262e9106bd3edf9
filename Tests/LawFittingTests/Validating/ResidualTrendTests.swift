import LawFitting
import Testing

@Suite struct ResidualTrendTests {
    @Test("errors of the right law show no structure, those of a law without repetition do")
    func structure() throws {
        let runs = try SampleTables.synthetic()
        let right = try LawFitter(SampleTables.law("lovelace")).fit(runs).residualTrends()
        #expect(
            right.map(\.quantity) == [
                "params", "tokens", "unique_tokens", "epochs", "flops", "tokens_per_parameter",
                "params_per_unique_token",
            ])
        #expect(right.allSatisfy { !$0.hasStructure })
        let wrong = try LawFitter(SampleTables.law("chinchilla")).fit(runs).residualTrends()
        #expect(wrong.contains { $0.quantity == "epochs" && $0.hasStructure })
        for trend in right { #expect(trend.bins.map(\.runs).reduce(0, +) == runs.count) }
    }
}
