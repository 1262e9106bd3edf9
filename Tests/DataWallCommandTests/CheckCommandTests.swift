import DataWallKit
import Foundation
import Testing

@Suite struct CheckCommandTests {
    private static func folder() throws -> TestFolder {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"one two three four\"}\n",
            "wiki/b.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"five\"}\n",
        ])
        let run = try CommandRun(["audit", "web", "wiki", "-o", "audit.json"], in: folder.path)
        #expect(run.status == 0)
        return folder
    }

    @Test("a check lists every limit, and ends with 1 where one is broken")
    func check() throws {
        let folder = try Self.folder()
        let kept = try CommandRun(
            ["check", "audit.json", "--max-hidden-epochs", "3", "--complete", "--max-damaged", "0"], in: folder.path)
        #expect(kept.status == 0)
        #expect(kept.errors == "")
        #expect(
            kept.output == """
                ok      max-hidden-epochs: the corpus: 2.500, limit 3.000
                ok      max-damaged: the records: 0 %, limit 0 %
                ok      complete: the audit: all that was named was read
                More: --json prints every check with its limit.

                """)
        let broken = try CommandRun(
            [
                "check", "audit.json", "--max-hidden-epochs", "web=1.5", "--min-unique-tokens", "6",
                "--min-unique-tokens", "books=1k", "--counted",
            ], in: folder.path)
        #expect(broken.status == 1)
        #expect(broken.errors == "datawall: 3 of 4 checks failed\n")
        #expect(
            broken.output == """
                FAILED  max-hidden-epochs: source `web`: 1.800, limit 1.500: is above the limit
                FAILED  min-unique-tokens: source `books`: the audit has no such source
                FAILED  counted-tokens: the tokenizer: tokens are estimated from bytes
                ok      min-unique-tokens: the corpus: 6, limit 6
                More: --json prints every check with its limit.

                """)
        let json = try CommandRun(["check", "audit.json", "--max-copies", "2", "--json"], in: folder.path)
        #expect(json.status == 1)
        let value = try JSONValue(parsing: Array(json.output.utf8))
        #expect(value["format"] == "datawall-check")
        #expect(value["passed"] == false)
    }

    @Test(
        "a check that cannot be made is refused",
        arguments: [
            (["check", "audit.json"], 64, "Name a limit to check"),
            (["check", "audit.json", "--max-hidden-epochs", "0.9"], 64, "limits of hidden epochs start at 1"),
            (["check", "audit.json", "--max-overlap", "5"], 64, "a share is between 0 and 1"),
            (
                ["check", "audit.json", "--max-hidden-epochs", "1.1", "--max-hidden-epochs", "3"], 64,
                "--max-hidden-epochs is given twice: keep one of the two."
            ),
            (
                ["check", "audit.json", "--max-copies", "2", "--max-copies=30"], 64,
                "--max-copies is given twice: keep one of the two."
            ),
            (
                ["check", "audit.json", "--min-unique-tokens", "web=1", "--min-unique-tokens", "web=2"], 64,
                "--min-unique-tokens names source `web` twice: keep one of the two limits."
            ),
            (["check", "audit.json", "--max-hidden-epochs", "=2"], 64, "max-hidden-epochs"),
            (["check", "none.json", "--complete"], 66, "there is no such audit file"),
            (["check", "web/a.jsonl", "--complete"], 65, "the file is not JSON"),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let folder = try Self.folder()
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("diff tells what changed, in tables and as JSON")
    func diff() throws {
        let folder = try Self.folder()
        let same = try CommandRun(["diff", "audit.json", "audit.json", "--exit-code"], in: folder.path)
        #expect(same.status == 0)
        #expect(same.output == "The two audits have the same settings, inputs and counts. More: --json.\n")
        _ = try CommandRun(["audit", "wiki", "-o", "after.json"], in: folder.path)
        let run = try CommandRun(["diff", "audit.json", "after.json"], in: folder.path)
        #expect(run.status == 0)
        #expect(
            run.output == """
                Unique tokens: 6 → 6 (no change); hidden epochs 2.500 → 1.000.

                total            before  after  change
                ───────────────  ──────  ─────  ──────  ────────
                shards                2      1      -1   -50.0 %
                documents             4      2      -2   -50.0 %
                units                 4      2      -2   -50.0 %
                unique units          2      2       =
                empty units           0      0       =
                bytes                58     22     -36   -62.1 %
                unique bytes         22     22       =
                tokens               15      6      -9   -60.0 %
                unique tokens         6      6       =
                repeated tokens       9      0      -9  -100.0 %
                hidden epochs     2.500  1.000  -1.500

                source  documents  tokens  unique  owned  hidden epochs
                ──────  ─────────  ──────  ──────  ─────  ─────────────  ───────
                wiki            =       =       =     +5              =
                web            -2      -9      -5     -5              –  removed
                Inputs: 0 added, 1 removed, 0 changed.
                More: --explain prints inputs.

                """)
        let json = try CommandRun(["diff", "audit.json", "after.json", "--json", "--exit-code"], in: folder.path)
        #expect(json.status == 1)
        let value = try JSONValue(parsing: Array(json.output.utf8))
        #expect(value["format"] == "datawall-audit-diff")
        #expect(value["totals"]?["tokens"]?["before"] == 15)
        #expect(try CommandRun(["diff", "-", "-"], in: folder.path).status == 64)
    }

    @Test("an audit's inputs are verified by size and digest")
    func verify() throws {
        let folder = try Self.folder()
        let same = try CommandRun(["audit", "--verify", "audit.json"], in: folder.path)
        #expect(same.status == 0)
        #expect(same.output.hasPrefix("2 inputs unchanged.\n"))
        try Data("{\"text\": \"fifth\"}\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/wiki/c.jsonl"))
        try Data("{\"text\": \"one two three four\"}\n{\"text\": \"fivE\"}\n".utf8)
            .write(to: URL(fileURLWithPath: folder.path + "/wiki/b.jsonl"))
        try FileManager.default.removeItem(atPath: folder.path + "/web/a.jsonl")
        let changed = try CommandRun(["audit", "web", "wiki", "--verify", "audit.json"], in: folder.path)
        #expect(changed.status == 1)
        #expect(
            changed.output == """
                0 inputs unchanged, 3 changed.
                web/a.jsonl: missing
                wiki/b.jsonl: changed: its size is the same, its bytes are not
                wiki/c.jsonl: new: the audit does not list it
                More: 'datawall audit --show FILE' prints the audit.

                """)
        #expect(changed.errors.contains("the inputs are not those of audit.json"))
        #expect(changed.errors.contains("relative paths were looked for in .; --root names another folder"))
        let conflict = try CommandRun(["audit", "wiki", "--verify", "audit.json", "-o", "x.json"], in: folder.path)
        #expect(conflict.status == 64)
    }

    @Test("a verification does not depend on the folder it is called from")
    func verifyElsewhere() throws {
        let folder = try Self.folder()
        let elsewhere = try TestFolder(["out/x": ""])
        let beside = try CommandRun(["audit", "--verify", folder.path + "/audit.json"], in: elsewhere.path)
        #expect(beside.status == 0 && beside.output.hasPrefix("2 inputs unchanged.\n"), "\(beside.errors)")
        try FileManager.default.moveItem(
            atPath: folder.path + "/audit.json", toPath: elsewhere.path + "/out/audit.json")
        // Not even where the inputs are in the working directory.
        for place in [folder.path, elsewhere.path] {
            let lost = try CommandRun(["audit", "--verify", elsewhere.path + "/out/audit.json"], in: place)
            #expect(lost.status == 1)
            #expect(lost.output.contains("web/a.jsonl: missing\nwiki/b.jsonl: missing\n"))
            #expect(lost.errors.contains("looked for in \(elsewhere.path)/out; --root names another folder"))
        }
        let rooted = try CommandRun(
            ["audit", "--verify", "out/audit.json", "--root", folder.path], in: elsewhere.path)
        #expect(rooted.status == 0 && rooted.output.hasPrefix("2 inputs unchanged.\n"), "\(rooted.errors)")
    }

    @Test("top copies are listed in the tables and in the file")
    func topCopies() throws {
        let folder = try Self.folder()
        let run = try CommandRun(["audit", "web", "wiki", "--top-copies", "5", "-o", "top.json"], in: folder.path)
        #expect(run.status == 0)
        #expect(
            run.output.contains(
                """
                most repeated  tokens est.  bytes  owner               record
                ─────────────  ───────────  ─────  ─────  ───────────  ──────
                            3            5     18  web    web/a.jsonl       0
                """), "\(run.output)")
        let audit = try Audit(parsing: Array(folder.read("top.json").utf8))
        #expect(audit.topCopies?.map(\.occurrences) == [3])
        _ = try CommandRun(["scan", "web", "wiki", "--runs", "runs"], in: folder.path)
        let merged = try CommandRun(["merge", "runs", "--top-copies", "5", "--json"], in: folder.path)
        #expect(try merged.output == folder.read("top.json"))
    }
}
