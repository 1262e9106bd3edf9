import DataWallKit
import Foundation
import Testing

@Suite struct AuditCommandTests {
    @Test("an audit prints tables and writes the file")
    func audit() throws {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"one two three four\"}\n",
            "wiki/b.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"five\"}\n",
        ])
        let run = try CommandRun(["audit", "web", "wiki", "-o", "audit.json"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(
            run.output == """
                15 tokens est.: 6 unique, 9 repeated (60.0 %).
                One pass over these files is 2.500 epochs of the unique text (exact copies of
                documents only: a lower bound).
                4 documents in 2 shards, 58 bytes of text.
                Tokens are estimated (est.) at 4.00 bytes a token. --tokenizer NAME counts them.

                source  documents  tokens est.  unique  owned  repeated  hidden epochs
                ──────  ─────────  ───────────  ──────  ─────  ────────  ─────────────
                web             2            9       5      5    44.4 %          1.800
                wiki            2            6       6      1       0 %          1.000
                all             4           15       6      6    60.0 %          2.500
                More: --explain prints sources, copies and overlap; 'datawall audit --show
                audit.json --explain' prints it later.

                """)
        let again = try CommandRun(["audit", "--show", "audit.json", "--explain"], in: folder.path)
        #expect(
            again.output.hasSuffix(
                """

                SOURCES
                source  shards     bytes  exclusive est.  quality  cap
                ──────  ──────  ────────  ──────────────  ───────  ───
                web          1  36 bytes               0     1.00    –
                wiki         1  22 bytes               1     1.00    –
                all          2  58 bytes                     1.00

                COPIES
                occurrences  distinct documents  their tokens est.  tokens with copies
                ───────────  ──────────────────  ─────────────────  ──────────────────
                          1                   1                  1                   1
                        3–4                   1                  5                  14

                OVERLAP
                in both        documents  tokens est.
                ───────  ────  ─────────  ───────────
                web      wiki          1            5

                """), "\(again.output)")
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        #expect(audit.totals.uniqueTokens == 6)
        #expect(audit.inputs.map(\.shard) == ["web/a.jsonl", "wiki/b.jsonl"])
        let json = try CommandRun(["audit", "web", "wiki", "--json"], in: folder.path)
        #expect(try json.output == folder.read("audit.json"))
    }

    @Test("a stranger's standard input is a shard")
    func standardInput() throws {
        let run = try CommandRun(["audit", "-", "--json"], input: "{\"text\": \"a\"}\n")
        #expect(run.status == 0)
        let audit = try Audit(parsing: Array(run.output.utf8))
        #expect(audit.totals.documents == 1)
        #expect(audit.inputs.first?.shard == "-")
        #expect(audit.sources.map(\.name) == ["stdin"])
    }

    @Test("a process substitution is a stream, and its bytes are all that counts")
    func processSubstitution() throws {
        let folder = try TestFolder(["a.jsonl": "{\"text\": \"a\"}\n{\"text\": \"b\"}\n"])
        let datawall = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/datawall"
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", "'\(datawall)' audit -o audit.json <(cat a.jsonl) <(cat a.jsonl)"]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        shell.standardOutput = Pipe()
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        #expect(audit.totals.documents == 4 && audit.totals.uniqueUnits == 2)
        #expect(audit.isComplete && audit.problems.isEmpty)
        #expect(audit.sources.map(\.name) == ["stdin"])
    }

    @Test("piped scans with names merge")
    func namedStreams() throws {
        let folder = try TestFolder()
        for part in ["part-0007", "part-0008.txt"] {
            let text = part.hasSuffix("txt") ? "plain text" : "{\"text\": \"plain text\"}\n"
            let run = try CommandRun(
                ["scan", "-", "--name", "web/\(part)", "--runs", "runs-\(part)"], in: folder.path, input: text)
            #expect(run.status == 0, "\(run.errors)")
        }
        let merged = try CommandRun(["merge", "runs-part-0007", "runs-part-0008.txt", "--json"], in: folder.path)
        #expect(merged.status == 0, "\(merged.errors)")
        let audit = try Audit(parsing: Array(merged.output.utf8))
        #expect(audit.inputs.map(\.shard) == ["web/part-0007", "web/part-0008.txt"])
        #expect(audit.totals.documents == 2 && audit.totals.uniqueUnits == 1)
        #expect(audit.sources.map(\.name) == ["web"])
    }

    @Test(
        "what cannot be done is said in a sentence, with the status the manual names",
        arguments: [
            (["audit"], 64, "Name shards, a --manifest or a --listing, one of the three."),
            (["audit", "nowhere"], 66, "datawall: nowhere: there is no such file or directory"),
            (["audit", "empty"], 66, "there is no shard in this directory"),
            (["audit", "web", "nowhere"], 66, "datawall: nowhere: there is no such file or directory"),
            (["audit", "web/*.parquet"], 66, "the pattern matches no file"),
            (["audit", "-", "-"], 64, "- is named twice; its text would count as repeated"),
            (["audit", "web", "--ignore", ""], 64, "--ignore names a file, a folder or a pattern"),
            (["audit", "--manifest", "bad.yml"], 65, "bad.yml, line 1: a manifest has a list `sources`"),
            (["audit", "--manifest", "none.yml"], 66, "none.yml: there is no such manifest"),
            (["audit", "damaged"], 1, "50.0 % of the records are damaged, more than 0 % allowed by --max-damaged"),
            (["audit", "damaged", "--strict"], 1, "damaged/a.jsonl, record 1, byte 15: the record is not JSON"),
            (["audit", "web", "-o", "web/a.jsonl/x"], 73, "web/a.jsonl/x cannot be written"),
            (["audit", "web", "--text-key", "a..b"], 64, "'a..b' is not a path to a field"),
            (["audit", "web", "--quality-map", "1:2"], 64, "--quality-map needs --quality-key"),
            (["audit", "web", "--quality-key", "q", "--quality-map", "1"], 64, "'1' is not score:weight"),
            (["audit", "web", "--bytes-per-token", "0"], 64, "0.0 bytes per token is not usable"),
            (["audit", "web", "--bytes-per-token", "nan"], 64, "'nan' is not a finite number"),
            (["audit", "web", "--threads", "0"], 64, "--threads is from 1 to 1024"),
            (["audit", "web", "--max-damaged", "2"], 64, "--max-damaged is a share from 0 to 1"),
            (["audit", "web", "--max-record", "x"], 64, "The value 'x' is invalid"),
            (["audit", "web", "--strict", "--max-damaged", "0.1"], 64, "exclude each other"),
            (
                ["audit", "web", "--text-key", "instruction", "--text-key", "output"], 1,
                "100.0 % of the records are damaged"
            ),
            (
                ["audit", "web", "--quality-key", "a", "--quality-key", "b"], 64,
                "--quality-key is given 2 times (a, b)"
            ),
            (["audit", "web", "--max-record", "4GiB"], 64, "one less than 4 GiB (4294967295)"),
            (
                ["audit", "web", "--name", "part-7"], 64,
                "the name part-7 is for a stream, and only files are to be read"
            ),
            (["audit", "--name", "part-7"], 64, "--name is for a stream: name '-' or a pipe."),
            (["audit", "web", "--root", "x"], 64, "--root belongs to --verify."),
            (["audit", "web", "--sample", "0.1"], 64, "--sample counts by a vocabulary: name a --tokenizer"),
            (["audit", "web", "--tokenizer", "x", "--sample", "0"], 64, "--sample is a share above 0"),
        ] as [([String], Int32, String)])
    func failures(arguments: [String], status: Int32, message: String) throws {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"a\"}\n", "damaged/a.jsonl": "{\"text\": \"a\"}\n{\n",
            "bad.yml": "sources: 1\n",
            "empty/readme.md": "",
        ])
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("a vocabulary counts the tokens, and the audit names it with its digest")
    func tokenizer() throws {
        // A token a byte, and one for "ab".
        let ranks = (0..<256).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }.joined() + "YWI= 256\n"
        let folder = try TestFolder(["web/a.jsonl": "{\"text\": \"abab c\"}\n", "tiny.tiktoken": ranks])
        let run = try CommandRun(["audit", "web", "--tokenizer", "cl100k=tiny.tiktoken", "--json"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let audit = try Audit(parsing: Array(run.output.utf8))
        #expect(audit.totals.tokens == 4)
        #expect(!audit.tokenizer.isEstimate)
        #expect(audit.tokenizer.sha256?.count == 64)
        #expect(audit.tokenizer.bytesPerToken == 1.5)
        #expect(run.output.contains(#""policy": {"#))
        #expect(audit.tokenizer.policy?.specialTokens == .plainText)
        #expect(audit.tokenizer.replacedSequences == 0)
        let tables = try CommandRun(["audit", "web", "--tokenizer", "cl100k=tiny.tiktoken"], in: folder.path)
        #expect(!tables.output.contains("est."))
        let sampled = try CommandRun(
            ["audit", "web", "--tokenizer", "cl100k=tiny.tiktoken", "--sample", "0.999"], in: folder.path)
        #expect(sampled.status == 0, "\(sampled.errors)")
        #expect(
            sampled.sentences.contains(
                "Tokens of tiny are estimated (est.) from 1 distinct document, a sample of 99.9 %: 1.500 bytes a token "
                    + "(too few for an interval)."))
        #expect(sampled.output.contains("tokens est."))
        let unknown = try CommandRun(["audit", "web", "--tokenizer", "nowhere"], in: folder.path)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("nowhere"))
    }

    @Test("inputs that are there count beside one that is not")
    func partialInput() throws {
        let folder = try TestFolder(["web/a.jsonl": "{\"text\": \"a\"}\n"])
        let run = try CommandRun(["audit", "web", "nowhere", "-o", "audit.json"], in: folder.path)
        #expect(run.status == 66)
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        #expect(audit.totals.documents == 1)
        #expect(!audit.isComplete)
        #expect(audit.problems.map(\.kind) == [.missingInput])
    }

    @Test("notes are printed and end well; a strict audit stops at them")
    func notes() throws {
        let folder = try TestFolder([
            "web/a.jsonl": "{\"text\": \"a\", \"n\": NaN}\n{\"text\": \"b\", \"n\": NaN}\n", "web/empty.jsonl": "",
        ])
        let run = try CommandRun(["audit", "web", "-o", "audit.json"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.sentences.contains("Notes: 1 empty_file, 2 non_finite_number. Nothing was lost."), "\(run.output)")
        #expect(!run.output.contains("Damage") && !run.output.contains(" more;"))
        #expect(try CommandRun(["check", "audit.json", "--complete"], in: folder.path).status == 0)
        let strict = try CommandRun(["audit", "web", "--strict"], in: folder.path)
        #expect(strict.status == 1)
        #expect(strict.errors.contains("web/"), "\(strict.errors)")
    }

    @Test("damage within the allowed share ends well")
    func allowedDamage() throws {
        let folder = try TestFolder(["web/a.jsonl": "{\"text\": \"a\"}\n{\n"])
        #expect(try CommandRun(["audit", ".", "--max-damaged", "0.5"], in: folder.path).status == 0)
        #expect(try CommandRun(["audit", ".", "--max-damaged", "0.4"], in: folder.path).status == 1)
    }
}
