import DataWallKit
import Foundation
import Testing

@Suite struct ReportCommandTests {
    /// A folder, made once, with shards of two sources, the second with copies, their audit and a plan.
    private static let shared = Result { try made() }

    static func folder() throws -> TestFolder { try shared.get() }

    private static func made() throws -> TestFolder {
        func shard(_ name: String, _ count: Int) -> String {
            (0..<60).map { "{\"text\": \"\(name): document \($0 % count), with a sentence that is long enough\"}\n" }
                .joined()
        }
        let folder = try TestFolder(["shards/web/a.jsonl": shard("web", 60), "shards/<script>/b.jsonl": shard("b", 20)])
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 0)
        #expect(
            try CommandRun(
                ["plan", "--unique-tokens", "25e9", "--flops", "1e22", "--law", "muennighoff", "-o", "plan.json"],
                in: folder.path
            ).status == 0)
        #expect(
            try CommandRun(
                ["plan", "--unique-tokens", "25e9", "--flops", "1e22", "-o", "robust.json"], in: folder.path
            )
            .status == 0)
        return folder
    }

    @Test("from shards to a page")
    func page() throws {
        let folder = try Self.folder()
        let run = try CommandRun(
            ["report", "audit.json", "plan.json", "robust.json", "-o", "report.html"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let page = try folder.read("report.html")
        #expect(page.contains("datawall report audit.json plan.json robust.json -o report.html"))
        #expect(page.contains("&lt;script&gt;"))
        #expect(page.utf8.count < 500_000)
    }

    @Test("a law file shows its coefficients and draws the plan that names it")
    func lawFile() throws {
        let folder = try Self.folder()
        let law = """
            {"format": "datawall-law", "version": 1, "name": "mine", "summary": "a law of ours",
             "formula": "E + A/N^alpha + B/D^beta", "repetition": "none",
             "coefficients": {"E": {"value": 1.9, "unit": "nats/token"}, "A": {"value": 400, "unit": "1"},
                              "alpha": {"value": 0.34, "unit": "1"}, "B": {"value": 410, "unit": "1"},
                              "beta": {"value": 0.28, "unit": "1"}},
             "provenance": {"kind": "user", "source": "runs of ours"}}
            """
        try Data(law.utf8).write(to: URL(fileURLWithPath: folder.path + "/mine.json"))
        let plan = try CommandRun(
            ["plan", "--unique-tokens", "2e12", "--flops", "1e22", "--law", "mine.json", "-o", "mine-plan.json"],
            in: folder.path)
        #expect(plan.status == 0, "\(plan.errors)")
        let alone = try CommandRun(["report", "mine-plan.json", "-o", "-"], in: folder.path)
        #expect(alone.output.contains("Curves of mine are not drawn"))
        let both = try CommandRun(["report", "mine-plan.json", "mine.json", "-o", "-"], in: folder.path)
        #expect(both.status == 0, "\(both.errors)")
        #expect(both.output.contains("Loss against model size at equal compute"))
        #expect(both.output.contains("runs of ours"))
        // The file was written by hand: no command makes it again.
        let lawAlone = try CommandRun(["report", "mine.json", "-o", "-"], in: folder.path)
        #expect(lawAlone.status == 0 && !lawAlone.output.contains("<dt>Command</dt>"), "\(lawAlone.errors)")
    }

    @Test(
        "what cannot be shown has its exit status and a sentence with the file's name",
        arguments: [
            (["none.json"], 66, "none.json: there is no such file"),
            (["later.json"], 65, "later.json: the audit file is of version 3"),
            (["text.txt"], 65, "text.txt: the file is not JSON"), (["-", "-"], 64, "'-' once"),
        ])
    func failures(files: [String], status: Int32, part: String) throws {
        let folder = try TestFolder([
            "later.json": "{\"format\": \"datawall-audit\", \"version\": 3}", "text.txt": "hello",
        ])
        let run = try CommandRun(["report"] + files + ["-o", "report.html"], in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(part), "\(run.errors)")
    }

    @Test("a page that cannot be written says so")
    func unwritable() throws {
        let folder = try Self.folder()
        let run = try CommandRun(["report", "audit.json", "-o", "no/such/folder/report.html"], in: folder.path)
        #expect(run.status == 73)
    }
}
