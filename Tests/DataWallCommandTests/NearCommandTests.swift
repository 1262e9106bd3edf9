import DataWallKit
import Foundation
import Testing

/// Near copies from the command line: found, shown, checked, left out of lists and of plans.
@Suite struct NearCommandTests {
    /// 180 different words.
    private static let story = (0..<180).map { number in
        "w" + String(number, radix: 2).replacing("0", with: "a").replacing("1", with: "b")
    }.joined(separator: " ")

    private static func folder() throws -> TestFolder {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"\(story) the end\"}\n{\"text\": \"\(story)\"}\n{\"text\": \"five\"}\n",
            "wiki/b.jsonl": "{\"text\": \"\(story) at last\"}\n{\"text\": \"something else altogether here\"}\n",
        ])
        let run = try CommandRun(
            ["audit", "web", "wiki", "--near", "--bytes-per-token", "1", "-o", "audit.json", "--explain"],
            in: folder.path)
        #expect(run.status == 0)
        #expect(run.errors.contains("of temporary files (estimated)"))
        #expect(run.sentences.contains("est. without near copies (3 of 14 bands)"))
        #expect(run.output.contains("1 cluster, the largest of 3 documents."))
        return folder
    }

    @Test("an audit says what is left, a check and a difference read it, and the page shows it")
    func audit() throws {
        let folder = try Self.folder()
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        let near = try #require(audit.nearDuplicates)
        #expect(near.unique.map(\.units) == [3, 3, 3, 3, 3])
        #expect(near.overlap.map(\.units) == [2])
        let kept = try CommandRun(["check", "audit.json", "--max-near-repeated", "0.7"], in: folder.path)
        #expect(kept.status == 0)
        let broken = try CommandRun(["check", "audit.json", "--max-near-repeated", "0.5"], in: folder.path)
        #expect(broken.status == 1)
        #expect(broken.output.hasPrefix("FAILED  max-near-repeated: the corpus: 6"))
        _ = try CommandRun(["audit", "web", "--near", "--bytes-per-token", "1", "-o", "web.json"], in: folder.path)
        let diff = try CommandRun(["diff", "audit.json", "web.json", "--explain"], in: folder.path)
        #expect(diff.output.contains("near unique tokens 3"))
        _ = try CommandRun(["audit", "web", "wiki", "--bytes-per-token", "1", "-o", "plain.json"], in: folder.path)
        let unknown = try CommandRun(["check", "plain.json", "--max-near-repeated", "0.5"], in: folder.path)
        #expect(unknown.sentences.contains("near copies were not sought; audit with --near"))
        let page = try CommandRun(["report", "audit.json", "-o", "-"], in: folder.path)
        #expect(page.output.contains("Near copies between sources"))
    }

    @Test("processes that share a merge make the audit of one pass, and what is done is not done twice")
    func passes() throws {
        let folder = try Self.folder()
        _ = try CommandRun(
            ["scan", "web", "wiki", "--near", "--bytes-per-token", "1", "--runs", "runs"], in: folder.path)
        func merge(_ arguments: [String]) throws -> CommandRun {
            let run = try CommandRun(["merge", "runs", "--near-folder", "near"] + arguments, in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            return run
        }
        for pass in ["pairs", "counts"] {
            for range in ["0-1000", "1001-4095"] {
                let run = try merge(["--near-pass", pass, "--partitions", range])
                #expect(run.output.contains("pass \(pass), partitions \(range) of 4096: "))
                #expect(run.errors.contains("of temporary files (estimated)"))
            }
        }
        #expect(try merge(["--near-pass", "pairs", "--partitions", "0-1000"]).output.contains("done before"))
        _ = try merge(["--near-pass", "copies"])
        _ = try merge(["--partitions", "0-1000", "-o", "low.json"])
        _ = try merge(["--partitions", "1001-4095", "-o", "high.json"])
        _ = try merge(["--partials", "high.json", "low.json", "-o", "added.json"])
        #expect(try folder.read("added.json") == folder.read("audit.json"))
    }

    @Test("pairs are shown with both texts from where they differ")
    func pairs() throws {
        let folder = try Self.folder()
        let run = try CommandRun(["audit", "web", "wiki", "--near", "--near-pairs", "1"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.output.contains("bands of 14 in common, similarity 0.9"))
        #expect(run.output.contains("web/a.jsonl, record 0"))
    }

    @Test("a list leaves near copies out, and plans show both ends")
    func acting() throws {
        let folder = try Self.folder()
        _ = try CommandRun(["scan", "web", "wiki", "--near", "--runs", "runs"], in: folder.path)
        let list = try CommandRun(["keep", "--runs", "runs", "--near", "3", "-o", "keep"], in: folder.path)
        #expect(list.sentences.contains("3 of 5 documents"))
        let plan = ["plan", "audit.json", "--flops", "1e10", "--law", "muennighoff", "--explain"]
        let exact = try CommandRun(plan, in: folder.path)
        #expect(exact.status == 0)
        #expect(exact.sentences.contains("Without near copies"))
        let near = try CommandRun(plan + ["--unique", "near"], in: folder.path)
        #expect(near.sentences.contains("With near copies there are"))
    }

    @Test(
        "what cannot be done is refused, with what would work",
        arguments: [
            (["audit", "web", "--near", "--level", "line"], 64, "--near finds near copies of documents, not of lines"),
            (["audit", "web", "--near-sample", "0"], 64, "--near-sample is a share above 0"),
            (["audit", "web", "--near-pairs", "2"], 64, "give --near as well"),
            (
                ["keep", "--runs", "runs", "--near", "0", "-o", "keep"], 64,
                "--near is a number of shared bands from 1 to 14"
            ),
            (["keep", "--runs", "runs", "--near", "15", "-o", "keep"], 64, "from 1 to 14"),
            (
                ["merge", "runs", "--partitions", "0-1", "-o", "part.json"], 65,
                "run the passes pairs, counts and copies"
            ),
            (["merge", "runs", "--near-pass", "pairs"], 64, "name the folder of all passes by --near-folder"),
            (
                ["merge", "runs", "--near-pass", "copies", "--near-folder", "near", "--partitions", "0-1"], 64,
                "takes all partitions at once"
            ),
            (
                ["merge", "runs", "--near-pass", "pairs", "--near-folder", "near", "--json"], 64,
                "drop --output and --json"
            ),
            (["merge", "runs", "--near-pass", "counts", "--near-folder", "near"], 65, "the pass pairs has no output"),
            (["check", "audit.json", "--max-near-repeated", "2"], 64, "--max-near-repeated is a share from 0 to 1"),
            (["plan", "plain.json", "--flops", "1e10", "--unique", "near"], 64, "make it with --near"),
            (["plan", "--unique-tokens", "1e9", "--flops", "1e20", "--unique", "near"], 64, "--unique needs an audit"),
            (
                ["plan", "audit.json", "--flops", "1e10", "--unique", "near", "--as", "is"], 64,
                "--as is leaves even exact"
            ),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let folder = try Self.folder()
        _ = try CommandRun(["scan", "web", "wiki", "--near", "--runs", "runs"], in: folder.path)
        _ = try CommandRun(["audit", "web", "-o", "plain.json"], in: folder.path)
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
