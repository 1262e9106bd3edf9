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
        #expect(missing.errors.contains("the partitions 100-3000 are in no file next to it"))
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

    @Test("another manifest, or none, is said with what follows, and no manifest unless it is asked for is refused")
    func manifests() throws {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"one two\", \"q\": 3}\n",
            "corpus.yml":
                "sources:\n  - {name: web, paths: [web], quality: 2, quality_key: q, quality_map: {0: 1, 3: 1.5}}\n",
            "other.yml": "sources:\n  - {name: web, paths: [web], quality_map: {0: 1, 3: 0.5}, max_epochs: 4}\n",
        ])
        #expect(try CommandRun(["scan", "--manifest", "corpus.yml", "--runs", "runs"], in: folder.path).status == 0)
        let same = try CommandRun(["merge", "runs", "--manifest", "corpus.yml"], in: folder.path)
        #expect(same.status == 0 && same.errors == "", "\(same.errors)")
        for command in [["merge", "runs"], ["keep", "--runs", "runs", "-o", "kept"]] {
            let other = try CommandRun(command + ["--manifest", "other.yml"], in: folder.path)
            #expect(other.status == 0)
            for line in [
                "other.yml is not the manifest of the scan: quality of web: 2.0 → 1.0",
                "other.yml is not the manifest of the scan: max_epochs of web: none → 4.0",
                "other.yml is not the manifest of the scan: quality_map of web: 0:1,3:1.5 → 0:1,3:0.5",
                "weights, caps, quality maps and the order of sources are those of other.yml",
            ] {
                #expect(other.errors.contains(line), "\(other.errors)")
            }
            let none = try CommandRun(command + ["--no-manifest"], in: folder.path)
            #expect(none.status == 0)
            #expect(
                none.errors.contains("every source has the weight 1, no cap and no quality map of its own"),
                "\(none.errors)")
            let refused = try CommandRun(command, in: folder.path)
            #expect(refused.status == 64)
            #expect(
                refused.errors.contains("without it the weights, caps, quality maps and order of sources are lost"),
                "\(refused.errors)")
        }
    }
}
