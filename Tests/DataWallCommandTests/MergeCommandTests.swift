import DataWallKit
import Foundation
import Testing

@Suite struct MergeCommandTests {
    private static func folder() throws -> TestFolder {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"one two three four\"}\n",
            "wiki/b.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"five\"}\n",
        ])
        #expect(try CommandRun(["scan", "web", "wiki", "--runs", "runs"], in: folder.path).status == 0)
        return folder
    }

    @Test("processes that share a merge come to the audit of one")
    func partitions() throws {
        let folder = try Self.folder()
        let whole = try CommandRun(["merge", "runs", "--top-copies", "3", "--json"], in: folder.path)
        for range in ["0-99", "100-3000", "3001-4095"] {
            let run = try CommandRun(
                ["merge", "runs", "--partitions", range, "--top-copies", "3", "-o", "part-\(range)"], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output == "partitions \(range) of 4096 reduced, into part-\(range)\n")
        }
        let merged = try CommandRun(
            ["merge", "runs", "--partials", "part-3001-4095", "part-0-99", "part-100-3000", "--json"], in: folder.path)
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(merged.output == whole.output)
        let missing = try CommandRun(["merge", "runs", "--partials", "part-0-99", "part-3001-4095"], in: folder.path)
        #expect(missing.status == 65)
        #expect(missing.errors.contains("the partitions 100-3000 are in no file beside it"))
    }

    @Test(
        "a merge that makes no sense is refused",
        arguments: [
            (["merge", "runs", "--partitions", "9-4096", "-o", "x"], 64, "--partitions is a range of 0-4095"),
            (["merge", "runs", "--partitions", "0-9"], 64, "name a file by -o"),
            (["merge", "runs", "--partials", "none.json"], 66, "none.json cannot be read: there is no such file"),
            (["merge", "web"], 66, "web holds no committed runs"),
            (["merge", "runs", "--partials", "p", "--top-copies", "3"], 64, "--top-copies belongs to the reductions"),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let folder = try Self.folder()
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
