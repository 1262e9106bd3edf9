import Testing

@Suite struct DesignCommandTests {
    @Test("a design is printed answer first, and its table is written for fit")
    func answer() throws {
        let folder = try TestFolder([:])
        let run = try CommandRun(["design", "--flops", "1e21", "--truths", "20"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("Train these "))
        #expect(run.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 25)
        let table = try CommandRun(
            ["design", "--flops", "1e21", "--truths", "20", "--emit", "csv", "-o", "runs.csv"], in: folder.path)
        #expect(table.status == 0, "\(table.errors)")
        #expect(try folder.read("runs.csv").hasPrefix("run,params,tokens,unique_tokens,flops,"))
    }

    @Test("bad questions end with the status of what is wrong")
    func refusals() throws {
        let folder = try TestFolder([:])
        let tiny = try CommandRun(["design", "--flops", "1e12"], in: folder.path)
        #expect(tiny.status == 78)
        #expect(tiny.errors.contains("smallest set of runs"))
        let none = try CommandRun(["design"], in: folder.path)
        #expect(none.status == 64)
        let unknown = try CommandRun(["design", "--flops", "1e21", "--law", "chinchila-soft"], in: folder.path)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("chinchilla-soft"))
        let missing = try CommandRun(["design", "absent.csv", "--flops", "1e21"], in: folder.path)
        #expect(missing.status == 66)
    }
}
