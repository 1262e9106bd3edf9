import DataWallKit
import Foundation
import Testing

/// The command that an audit names makes the same audit, whatever made this one.
@Suite struct AuditProvenanceTests {
    /// A corpus with copies, scores, text files, token ids and names that a shell must have quoted.
    private static func folder() throws -> TestFolder {
        let ranks = ((UInt8.min...UInt8.max).map { Data([$0]) } + [Data("ab".utf8)]).enumerated()
            .map { "\($1.base64EncodedString()) \($0)\n" }.joined()
        let folder = try TestFolder([
            "it's $HOME/a.jsonl": """
            {"text": "ab abc", "body": "B", "s": "x", "q": {"score": 4}}
            {"text": "ab abc", "body": "b", "s": "y", "q": {"score": 1}}
            {"text": "Über", "body": "c", "s": "x", "q": {"score": 2}}

            """,
            "web/b.jsonl":
                "{\"text\": \"ab abc\"}\n{\"text\": \"a\\n\\nb\"}\n{\"text\": \"\(String(repeating: "long ", count: 99))\"}\n",
            "web/c.txt": "ab abc\nab abc\nx\n",
            "web/logs/d.jsonl": "{\"text\": \"log\"}\n",
            "mine.tiktoken": ranks,
            "bytes.tiktoken": String(ranks.split(separator: "\n").prefix(256).joined(separator: "\n")) + "\n",
            "corpus.yml": """
            sources:
              - {name: web, paths: [web], quality: 0.5, max_epochs: 4}
              - {name: own, paths: ["it's $HOME"], text_key: body, quality_key: q.score, quality_map: {0: 0.5, 2: 1.5}}

            """,
        ])
        try folder.write([1, 0, 0, 0, 1, 0, 0, 0, 2, 0], to: "ids.bin")
        return folder
    }

    @Test(
        "the command in made_by gives the same bytes",
        arguments: [
            ["web", "it's $HOME", "--threads", "2", "--memory", "32MiB", "--state", "state"],
            ["web", "--ignore", "logs", "--ignore", "*.txt", "--level", "paragraph", "--normalize", "lowercase+nfc"],
            [
                "it's $HOME", "--source-key", "s", "--quality-key", "q.score", "--quality-map", "2:1,0:0.25",
                "--text-key", "body",
            ],
            ["--manifest", "corpus.yml", "--top-copies", "3", "--every-position"],
            ["web", "--tokenizer", "cl100k=mine.tiktoken", "--tokenizer", "cl100k=bytes.tiktoken"],
            ["web", "--tokenizer", "cl100k=mine.tiktoken", "--sample", "0.9"],
            ["web/*", "--txt-document", "line", "--bytes-per-token", "3.25", "--max-record", "100"],
            ["ids.bin", "--format", "uint16", "--end-of-document", "0", "--tokenizer", "gpt2"],
        ])
    func repeats(arguments: [String]) throws {
        let folder = try Self.folder()
        let first = try CommandRun(["audit"] + arguments + ["-o", "first.json"], in: folder.path)
        #expect([0, 1].contains(first.status), "\(first.errors)")
        let audit = try Audit(parsing: Array(folder.read("first.json").utf8))
        let line = try #require(audit.madeBy)
        for hidden in ["--threads", "--memory", "--state", "--every-position", "-o ", folder.path] {
            #expect(!line.contains(hidden))
        }
        let again = try ShellRun("datawall() { \"$D\" \"$@\"; }; \(line) -o again.json", in: folder.path)
        #expect(again.status == first.status, "\(line): \(again.errors)")
        #expect(try folder.read("again.json") == folder.read("first.json"), "\(line)")
        // A page shows the line as it is.
        let page = try CommandRun(["report", "first.json", "-o", "page.html"], in: folder.path)
        #expect(page.status == 0, "\(page.errors)")
        let shown = line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("'", with: "&#39;")
        #expect(try folder.read("page.html").contains("<dt>Command</dt><dd><code>\(shown)</code>"), "\(line)")
    }

    @Test("scans of tasks, of paths and in other orders, and merges in parts, name the same command")
    func everyWay() throws {
        let folder = try Self.folder()
        let options = ["--tokenizer", "cl100k=mine.tiktoken", "--quality-key", "q.score"]
        func run(_ arguments: [String]) throws {
            let run = try CommandRun(arguments, in: folder.path)
            #expect([0, 1].contains(run.status), "\(arguments): \(run.errors)")
        }
        try run(["audit", "it's $HOME", "web"] + options + ["-o", "audit.json"])
        for task in ["1/2", "2/2"] {
            try run(["scan", "web", "it's $HOME", "--runs", "tasks", "--task", task, "--threads", "1"] + options)
        }
        try run(["merge", "tasks", "-o", "tasks.json"])
        for (path, runs) in [("web", "web-runs"), ("it's $HOME", "own-runs")] {
            try run(["scan", path, "--runs", runs] + options)
        }
        try run(["merge", "web-runs", "own-runs", "--threads", "2", "-o", "paths.json"])
        for (range, part) in [("0-99", "low"), ("100-4095", "high")] {
            try run(["merge", "own-runs", "web-runs", "--partitions", range, "-o", "\(part).part"])
        }
        try run(["merge", "own-runs", "web-runs", "-o", "parts.json", "--partials", "high.part", "low.part"])
        for name in ["tasks", "paths", "parts"] {
            #expect(try folder.read("\(name).json") == folder.read("audit.json"), "\(name)")
        }
        try run(["audit", "--manifest", "corpus.yml", "-o", "manifest.json"])
        try run(["scan", "--manifest", "corpus.yml", "--runs", "manifest-runs"])
        try run(["merge", "manifest-runs", "--manifest", "corpus.yml", "-o", "merged.json"])
        #expect(try folder.read("merged.json") == folder.read("manifest.json"))
        // No one command does what these do.
        try run(["merge", "manifest-runs", "--no-manifest", "-o", "dropped.json"])
        try run(["scan", "web", "--runs", "other-runs", "--text-key", "text.own"])
        try run(["scan", "it's $HOME", "--runs", "plain-runs"])
        try run(["merge", "other-runs", "plain-runs", "-o", "mixed.json"])
        for name in ["dropped.json", "mixed.json"] {
            #expect(try Audit(parsing: Array(folder.read(name).utf8)).madeBy == nil)
        }
    }

    @Test("a stream is written as standard input with its name")
    func stream() throws {
        let folder = try Self.folder()
        let pipe = try ShellRun("\"$D\" audit <(cat web/b.jsonl) --name web/part-7 -o first.json", in: folder.path)
        #expect(pipe.status == 0, "\(pipe.errors)")
        let line = try #require(try Audit(parsing: Array(folder.read("first.json").utf8)).madeBy)
        #expect(line == "datawall audit - --name web/part-7")
        let again = try ShellRun("cat web/b.jsonl | \"$D\" audit - --name web/part-7 -o again.json", in: folder.path)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try folder.read("again.json") == folder.read("first.json"))
    }

    @Test("the manifest's digest is in the audit, and a merge with another manifest has that one's")
    func manifestDigest() throws {
        let folder = try Self.folder()
        let scan = try CommandRun(["scan", "--manifest", "corpus.yml", "--runs", "runs"], in: folder.path)
        #expect([0, 1].contains(scan.status), "\(scan.errors)")
        try folder.write(Array(try folder.read("corpus.yml").replacing("0.5", with: "0.75").utf8), to: "new.yml")
        let merge = try CommandRun(["merge", "runs", "--manifest", "new.yml", "--json"], in: folder.path)
        let audit = try Audit(parsing: Array(merge.output.utf8))
        #expect(audit.madeBy == "datawall audit --manifest new.yml")
        let digest = try ShellRun("sha256sum < new.yml", in: folder.path).output
        #expect(audit.options.manifestSHA256.map(digest.hasPrefix) == true)
    }

    @Test("audits of version 1 plan, mix, report, compare and are checked, with a note where files may be missing")
    func version1() throws {
        let golden = PackageFolder.tests("CorpusAuditTests/Golden")
        let folder = try TestFolder()
        for name in ["audit-1.json", "audit-1-tokenizers.json", "audit-2.json"] {
            try folder.write(Array(try Data(contentsOf: golden.appending(path: name))), to: name)
        }
        let note = "did not list the files it skipped"
        for command in [
            ["plan", "audit-1.json", "--flops", "1e9", "--law", "muennighoff"],
            ["plan", "audit-1.json", "--flops", "1e9", "--law", "muennighoff", "--json"],
            ["mix", "audit-1.json", "--tokens", "20"],
            ["report", "audit-1.json", "-o", "-"],
            ["check", "audit-1.json", "--complete"],
        ] {
            let run = try CommandRun(command, in: folder.path)
            #expect(run.status == (command[0] == "check" ? 1 : 0), "\(command): \(run.errors)")
            #expect((run.output + run.errors).contains(note) || command[0] == "check", "\(command): \(run.output)")
        }
        // A development version of 0.2 listed them.
        let plan = try CommandRun(
            ["plan", "audit-1-tokenizers.json", "--flops", "1e9", "--law", "muennighoff"], in: folder.path)
        #expect(plan.status == 0 && !plan.output.contains(note), "\(plan.errors)")
        let diff = try CommandRun(["diff", "audit-1.json", "audit-2.json", "--explain"], in: folder.path)
        #expect(diff.status == 0 && diff.output.contains("datawall_version: 0.1.0 → 0.2.0"), "\(diff.output)")
    }
}
