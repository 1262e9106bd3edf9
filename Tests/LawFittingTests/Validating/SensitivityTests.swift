import LawFitting
import Testing

@Suite struct SensitivityTests {
    @Test("a thousandth of a nat and a quarter of the models move a sound fit a little")
    func small() throws {
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1"))
        let sensitivity = try fit.sensitivity(rounds: 15)
        #expect(sensitivity.changes.count == 2)
        #expect(sensitivity.notes.isEmpty)
        let alpha = try #require(sensitivity.names.firstIndex(of: "alpha"))
        #expect(sensitivity.noise[alpha] > 1e-5 && sensitivity.noise[alpha] < 0.02)
        #expect(sensitivity.bestParameters != nil)
    }

    @Test("short spans, tied designs and repeats under a law without repetition are warned of")
    func warnings() throws {
        let narrow = try LawFitter(SampleTables.law("chinchilla")).fit(
            SampleTables.synthetic("flops>1e19 && flops<1e21"))
        #expect(narrow.warnings.contains { $0.contains("orders of magnitude of compute") })
        let repeated = try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic())
        #expect(repeated.warnings.contains("Some runs repeat data, which the law counts like fresh data."))
    }
}
