import DataWallKit
import Foundation
import Testing

/// Evaluation sets from the command line: looked for, checked, and kept out of lists.
@Suite struct ContaminationCommandTests {
    private static let item = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"

    private static func folder() throws -> TestFolder {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"so: \(item)!\"}\n{\"text\": \"clean\"}\n",
            "wiki/b.jsonl": "{\"text\": \"clean, too\"}\n",
            "sets/quiz.jsonl":
                "{\"id\": \"q1\", \"question\": \"\(item)\", \"answer\": \"no\"}\n{\"id\": \"q2\", \"text\": \"short\"}\n",
            "others/quiz.jsonl": "{\"id\": \"q1\", \"text\": \"\(item) else\"}\n", "empty/quiz.jsonl": "\n",
        ])
        _ = try CommandRun(["scan", "web", "wiki", "--benchmarks", "sets", "--runs", "runs"], in: folder.path)
        _ = try CommandRun(["audit", "web", "-o", "plain.json"], in: folder.path)
        return folder
    }

    @Test("an audit says which items stand in the corpus, and its file names the command")
    func audit() throws {
        let folder = try Self.folder()
        let run = try CommandRun(["audit", "web", "wiki", "--benchmarks", "sets", "-o", "audit.json"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.output.contains("quiz"))
        #expect(run.output.contains("quiz"))
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        #expect(audit.madeBy == "datawall audit web wiki --benchmarks sets")
        #expect(audit.contamination?.items.map(\.longest) == [14])
        let merge = try CommandRun(["merge", "runs", "--benchmarks", "sets", "--json"], in: folder.path)
        #expect(try merge.output == folder.read("audit.json"))
        let check = try CommandRun(["check", "audit.json", "--max-contaminated", "0.1"], in: folder.path)
        #expect(check.status == 1)
        #expect(
            check.output.hasPrefix("FAILED  max-contaminated: set `quiz`: 50.0 %, limit 10.0 %: is above the limit\n"))
    }

    @Test("a difference says what became of contamination, and the page shows items and sources")
    func difference() throws {
        let folder = try Self.folder()
        for (paths, name) in [(["web", "wiki"], "all"), (["wiki"], "clean")] {
            _ = try CommandRun(["audit"] + paths + ["--benchmarks", "sets", "-o", "\(name).json"], in: folder.path)
        }
        let diff = try CommandRun(["diff", "all.json", "clean.json", "--explain"], in: folder.path)
        let lines = diff.output.split(separator: "\n").map { $0.split(separator: " ").prefix(6).joined(separator: " ") }
        #expect(lines.contains { $0.hasPrefix("contaminated items of quiz 1 0") }, "\(diff.output)")
        #expect(lines.contains { $0.hasPrefix("contaminated documents 1 0") }, "\(diff.output)")
        let other = try CommandRun(["diff", "plain.json", "all.json", "--explain"], in: folder.path)
        #expect(other.output.contains("evaluation_sets: – → "))
        let page = try CommandRun(["report", "all.json", "-o", "-"], in: folder.path)
        #expect(page.output.contains("Where evaluation sets come from"))
        let same = try CommandRun(["report", "plain.json", "-o", "-"], in: folder.path)
        #expect(!same.output.contains("Evaluation sets"))
    }

    @Test("examples show both texts with the words that they share, on the terminal and on the page")
    func examples() throws {
        let folder = try Self.folder()
        let run = try CommandRun(
            ["audit", "web", "wiki", "--benchmarks", "sets", "--contamination-examples", "2", "-o", "audit.json"],
            in: folder.path)
        #expect(run.output.contains("quiz q1, 14 words in a row:\n  >>\(Self.item)<< no\n"), "\(run.output)")
        #expect(run.output.contains("web/a.jsonl, record 0, of web:\n  so: >>\(Self.item)<<!\n"), "\(run.output)")
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        #expect(audit.madeBy == "datawall audit web wiki --benchmarks sets --contamination-examples 2")
        let page = try CommandRun(["report", "audit.json", "-o", "-"], in: folder.path)
        #expect(page.output.contains("<p>so: <mark>\(Self.item)</mark>!</p>"))
    }

    @Test("a plan says what is left without contaminated documents, and plans with that where asked to")
    func plan() throws {
        let folder = try Self.folder()
        _ = try CommandRun(["audit", "web", "wiki", "--benchmarks", "sets", "-o", "audit.json"], in: folder.path)
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        let found = try #require(audit.contamination?.sources.map(\.all.tokens).reduce(0, +))
        let plan = ["plan", "audit.json", "--flops", "1e10", "--law", "muennighoff", "--explain"]
        let all = try CommandRun(plan, in: folder.path)
        func words(_ output: String) -> String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let (total, left) = (audit.totals.uniqueTokens, audit.totals.uniqueTokens - found)
        #expect(
            words(all.output).contains("Without contaminated documents \(left) of \(total) unique tokens are left"),
            "\(all.output)")
        let clean = try CommandRun(plan + ["--without-contaminated"], in: folder.path)
        #expect(
            words(clean.output).contains(
                "With contaminated documents there are \(total) unique tokens instead of \(left)"), "\(clean.output)")
    }

    @Test("a list leaves the documents out that contaminate")
    func keep() throws {
        let folder = try Self.folder()
        let run = try CommandRun(
            ["keep", "--runs", "runs", "--without-contaminated", "sets", "-o", "keep"], in: folder.path)
        #expect(run.output.contains("2 of 3 documents"))
    }

    @Test(
        "what cannot be done is refused, with what would work",
        arguments: [
            (["audit", "web", "--benchmarks", "none"], 65, "none is no folder of evaluation sets"),
            (["audit", "web", "--benchmarks", "empty"], 65, "empty/quiz.jsonl has no items"),
            (["audit", "web", "--benchmarks", "web"], 65, "a.jsonl, line 1 has no id"),
            (["audit", "web", "--benchmarks", "sets", "--level", "line"], 64, "looks into documents, not into lines"),
            (["merge", "runs"], 65, "give the same --benchmarks"),
            (["merge", "runs", "--benchmarks", "others"], 65, "other evaluation sets were looked for"),
            (["audit", "web", "--contamination-examples", "2"], 64, "give --benchmarks as well"),
            (["plan", "plain.json", "--flops", "1e10", "--without-contaminated"], 64, "make it with --benchmarks"),
            (["plan", "--unique-tokens", "1e9", "--flops", "1e20", "--without-contaminated"], 64, "needs an audit"),
            (["check", "plain.json", "--max-contaminated", "0.1"], 1, "1 of 1 check failed"),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let folder = try Self.folder()
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
        withExtendedLifetime(folder) {}
    }
}
