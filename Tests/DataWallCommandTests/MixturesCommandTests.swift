import Testing

@Suite struct MixturesCommandTests {
    @Test("tables of mixtures are checked, and the status says whether they agree")
    func mixtures() throws {
        let list = try CommandRun(["mixtures"])
        #expect(list.status == 0 && list.output.contains("gpt3: GPT-3"))
        let gpt3 = try CommandRun(["mixtures", "gpt3"])
        #expect(gpt3.status == 1)
        #expect(gpt3.sentences.contains("WebText2: 2.9 epochs are printed"), "\(gpt3.output)")
        #expect(try CommandRun(["mixtures", "olmo3"]).status == 0)
        #expect(try CommandRun(["mixtures", "olmo3", "--max-epochs", "4"]).status == 1)
        let unknown = try CommandRun(["mixtures", "gtp3"])
        #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'gpt3'"))
    }
}
