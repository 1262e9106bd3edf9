import DataWallKit
import Foundation
import Testing

/// Documents written without exact copies, near copies and evaluation sets, and audited again.
@Suite struct KeepWriteCommandTests {
    /// 120 words that occur in no other story.
    private static func story(_ name: String) -> String {
        (0..<120).map { number in
            name + String(number, radix: 2).replacing("0", with: "a").replacing("1", with: "b")
        }.joined(separator: " ")
    }

    @Test("what keep --write leaves has no copies, no near copies and nothing of evaluation sets")
    func written() throws {
        let item = Self.story("quiz").split(separator: " ").prefix(30).joined(separator: " ")
        func lines(_ texts: [String]) -> String { texts.map { "{\"id\": 1.50, \"text\": \"\($0)\"}\n" }.joined() }
        let (one, two, three) = (Self.story("one"), Self.story("two"), Self.story("three"))
        let folder = try TestFolder([
            "sets/quiz.jsonl": "{\"id\": \"q\", \"text\": \"\(item)\"}\n",
            "web/a.jsonl": lines([one, one, "\(one) the end", two, "so \(item) it is", "short"]),
            "wiki/b.jsonl": lines([
                three, "so \(item) it is", "\(Self.story("five")) \(item)", "\(two) at last", "\(three), in the end",
                "other",
            ]),
            "notes/c.txt": "\(Self.story("four")) and some more",
        ])
        func run(_ arguments: [String]) throws -> CommandRun {
            let run = try CommandRun(arguments, in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            return run
        }
        _ = try run(["scan", "web", "wiki", "notes", "--near", "--benchmarks", "sets", "--runs", "runs"])
        let keep = ["keep", "--runs", "runs", "--near", "3", "--without-contaminated", "sets"]
        let kept = try run(keep + ["--write", "clean", "-o", "list"])
        #expect(kept.output.contains("6 of 13 documents"), "\(kept.output)")
        #expect(kept.output.contains("6 documents in 3 files"), "\(kept.output)")
        _ = try run(["audit", "clean", "--near", "--benchmarks", "sets", "-o", "after.json"])
        let after = try Audit(parsing: Array(folder.read("after.json").utf8))
        #expect(after.totals.documents == 6)
        #expect(after.totals.repeatedTokens == 0)
        #expect(after.nearDuplicates?.unique(atThreshold: 3)?.units == 6)
        #expect(after.contamination?.sets.map(\.contaminated) == [0])
        #expect(after.contamination?.sources.allSatisfy { $0.all.documents == 0 } == true)
        // Each rule alone leaves more.
        let rules: [([String], String)] = [
            (["--near", "3"], "8 of"), (["--without-contaminated", "sets"], "9 of"), ([], "11 of"),
        ]
        for (options, count) in rules {
            let list = try run(["keep", "--runs", "runs"] + options + ["-o", "list-\(count.first ?? " ")"])
            #expect(list.output.contains(count), "\(options): \(list.output)")
        }
        _ = try run(keep + ["--threads", "2", "--write", "again"])
        for name in ["web/a.jsonl.zst", "wiki/b.jsonl.zst", "notes/c.jsonl.zst"] {
            let files = ["clean", "again"].map { FileManager.default.contents(atPath: "\(folder.path)/\($0)/\(name)") }
            #expect(files[0] != nil && files[0] == files[1], "\(name)")
        }
    }
}
