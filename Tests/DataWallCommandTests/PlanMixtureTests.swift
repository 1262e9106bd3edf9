import DataWallKit
import Testing

@Suite struct PlanMixtureTests {
    @Test("a plan of several sources mixes them, or says why not")
    func planned() throws {
        let folder = try TestFolder([
            "s.csv": "source,unique_tokens,quality,max_epochs\nweb,20B,1,16\nbooks,5B,2,16\n"
        ])
        let run = try CommandRun(
            ["plan", "s.csv", "--flops", "1e22", "--law", "muennighoff", "--json"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let json = try JSONValue(parsing: Array(run.output.utf8))
        let epochs = MixCommandTests.numbers(try #require(json["recommended"]), "epochs")
        try #require(epochs.count == 2)
        #expect(epochs[1] > epochs[0])
        #expect(json["joint"] == nil && json["mixture"] == nil)
        let text = try CommandRun(["plan", "s.csv", "--flops", "1e22", "--law", "muennighoff"], in: folder.path)
        #expect(text.output.contains("Mixture: "))
        let explained = try CommandRun(
            ["plan", "s.csv", "--flops", "1e22", "--law", "muennighoff", "--explain"], in: folder.path)
        #expect(explained.output.contains("The mixture of this run (effective-data)"))
        // A law of another kind, and several families, mix the same way.
        let penalty = try CommandRun(["plan", "s.csv", "--flops", "1e22", "--law", "lovelace"], in: folder.path)
        #expect(penalty.status == 0 && penalty.output.contains("Mixture: "), "\(penalty.errors)")
    }
}
