import Testing

@Suite struct PilotsCommandTests {
    @Test("pilots are planned with matching repetition, and their table can be filled in")
    func pilotPlan() throws {
        let folder = try TestFolder(["s.csv": MixCommandTests.table])
        let run = try CommandRun(
            ["pilots", "s.csv", "--tokens", "1.2T", "--horizon", "1/16", "-o", "runs.csv"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("62.5B"))
        let lines = try folder.read("runs.csv").split(separator: "\n")
        #expect(lines.count == 13)
        #expect(
            lines[0]
                == "run,params,tokens,w_web,w_curated,w_reference,unique_web,unique_curated,unique_reference,loss")
    }
}
