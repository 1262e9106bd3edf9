import Foundation
import OrderedJSON
import TestSupport
import Testing
import TokenCounting

@testable import CorpusAudit

/// Objects of a listing, which a command fetches: commands here are small programs, and no shell runs.
@Suite struct ListingTests {
    private static let shards: KeyValuePairs = [
        "store/web/a.jsonl": "{\"text\": \"one\"}\n{\"text\": \"two\"}\n{\"text\": \"one\"}\n",
        "store/web/deep/b.jsonl": "{\"text\": \"two\"}\n{\"text\": \"three\"}\n",
        "store/code/c.txt": "some code\n",
    ]
    private static let names = shards.map(\.key)

    /// A store of three objects, and its listing.
    private static func folder(_ change: (String, inout String) -> Void = { _, _ in }) throws -> TemporaryFolder {
        let folder = try TemporaryFolder(shards)
        try folder.write(
            shards.map { name, text in
                var line =
                    "{\"path\": \"\(folder.path)/\(name)\", \"bytes\": \(text.utf8.count), \"etag\": \"\\\"\(name.count)\\\"\"}"
                change(name, &line)
                return line + "\n"
            }.joined(), to: "listing.jsonl")
        return folder
    }

    private static func command(
        _ text: String, tries: Int = 3, silence: Duration = .seconds(20), scratch: Int = 1 << 30
    ) throws -> OpenCommand {
        var command = try OpenCommand(text, scratchBytes: scratch, silence: silence)
        command.delays = Array(repeating: .milliseconds(1), count: tries - 1)
        return command
    }

    private static func corpus(_ folder: TemporaryFolder, _ command: OpenCommand?) throws -> Corpus {
        try Corpus(listing: folder.path + "/listing.jsonl", open: command)
    }

    private static func audit(
        _ corpus: Corpus, threads: Int = 1, state: String? = nil
    ) async throws -> Audit {
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 4))
        options.threads = threads
        options.memory = 64 << 20
        return try await Auditor(options: options).audit(corpus, state: state)
    }

    /// A program that keeps count of its calls in a file next to it.
    private static func program(_ folder: TemporaryFolder, _ body: String) throws -> String {
        let path = try folder.write(
            """
            import os, shutil, sys, time
            count = os.path.join(os.path.dirname(sys.argv[0]), "calls")
            def call(count):
                open(count, "a").write("x")
                return len(open(count).read())
            calls = call(count)
            own = call(count + os.path.basename(sys.argv[1]))
            def write(data): sys.stdout.buffer.write(data); sys.stdout.buffer.flush()
            data = open(sys.argv[1], "rb").read()
            \(body)
            """, to: "open.py")
        return "python3 '\(path)' {path}"
    }

    // MARK: Reading

    @Test(
        "an audit of objects is that of the same files, byte for byte, and does not name the command",
        arguments: [1, 3])
    func sameBytes(threads: Int) async throws {
        let folder = try Self.folder()
        let local = try await Self.audit(try Self.corpus(folder, nil))
        #expect(local.isComplete && local.totals.documents == 6 && local.totals.uniqueUnits == 4)
        #expect(local.sources.map(\.name) == ["code", "web"])
        for text in ["cat {path}", "cp {path} {file}", "head -c 1000 {path}"] {
            let audit = try await Self.audit(try Self.corpus(folder, try Self.command(text)), threads: threads)
            #expect(audit.json.fileText() == local.json.fileText())
            #expect(audit.madeBy == "datawall audit --listing \(folder.path)/listing.jsonl")
            #expect(audit.options.listingSHA256?.count == 64)
            #expect(audit.inputs.map(\.etag) == Self.names.sorted().map { "\"\($0.count)\"" })
        }
    }

    @Test("a cut connection is tried again, and no byte counts twice")
    func retries() async throws {
        let folder = try Self.folder()
        let local = try await Self.audit(try Self.corpus(folder, nil))
        for body in [
            "write(data[:7] if calls % 2 else data); sys.exit(calls % 2)", "write(data[:7] if calls % 2 else data)",
            "write(data if calls % 2 == 0 else b'')",
        ] {
            let folder = folder
            let audit = try await Self.audit(
                try Self.corpus(folder, try Self.command(try Self.program(folder, body))))
            #expect(audit.json.fileText() == local.json.fileText())
        }
    }

    @Test(
        "an object that cannot be read whole is a problem by name, and nothing of it counts",
        arguments: [
            ("write(data[:20])", "unfetched_object", "after 20 of the 48 bytes listed"),
            ("write(data[:20]); sys.exit(3)", "unfetched_object", "exit status 3"),
            ("write(data); sys.exit(3)", "unfetched_object", "exit status 3 after 48"),
            ("pass", "unfetched_object", "after 0 of"),
            ("sys.stderr.write('NoSuchKey: gone\\n'); sys.exit(1)", "unfetched_object", "NoSuchKey: gone"),
            ("os.kill(os.getpid(), 9)", "unfetched_object", "signal 9"),
            ("write(data + data)", "changed_object", "more than the 48 bytes"),
            ("write(data[:16] + data)", "changed_object", "more than the 48 bytes"),
            ("write(data[:16] if own == 1 else b'X' + data[1:])", "changed_object", "other bytes"),
            ("write(data[:16]); time.sleep(100)", "unfetched_object", "delivered nothing for 5 s"),
            ("time.sleep(100)", "unfetched_object", "delivered nothing for 5 s"),
            ("write(data); os.close(1); time.sleep(100)", "unfetched_object", "did not end"),
            (
                "write(b''); [sys.stderr.write('noise ' * 1000 + '\\n') for _ in range(100)]", "unfetched_object",
                "noise"
            ),
        ])
    func unfetched(body: String, kind: String, message: String) async throws {
        let folder = try Self.folder()
        // Only the first object is fetched by the program that fails.
        let program = try Self.program(
            folder,
            """
            if not sys.argv[1].endswith("a.jsonl"):
                write(data)
                sys.exit(0)
            \(body)
            """)
        let sleeps = body.contains("sleep")
        for threads in [1, 2] {
            try? FileManager.default.removeItem(atPath: folder.path + "/callsa.jsonl")
            let command = try Self.command(
                program, tries: sleeps ? 1 : 3, silence: sleeps ? .seconds(5) : .seconds(60))
            let audit = try await Self.audit(try Self.corpus(folder, command), threads: threads)
            #expect(!audit.isComplete)
            #expect(audit.totals.documents == 3 && audit.totals.tokens > 0 && audit.totals.shards == 2)
            #expect(audit.problemCounts.map(\.kind.rawValue) == [kind])
            let problem = try #require(audit.problems.first)
            #expect(problem.shard.hasSuffix("web/a.jsonl") && problem.message.contains(message), "\(problem)")
        }
    }

    @Test("shards before a failed object are read again where their records were dropped with its")
    func droppedWithIt() async throws {
        let folder = try TemporaryFolder()
        var listing = ""
        for number in 0..<9 {
            let text = (0..<50).map { "{\"text\": \"\(number) \($0)\"}\n" }.joined()
            let path = try folder.write(text, to: "in/\(number).jsonl")
            listing += "{\"path\": \"\(path)\", \"bytes\": \(text.utf8.count)}\n"
        }
        try folder.write(listing, to: "listing.jsonl")
        let program = try Self.program(folder, "write(data[:100] if sys.argv[1].endswith('4.jsonl') else data)")
        let audit = try await Self.audit(try Self.corpus(folder, try Self.command(program, tries: 1)))
        #expect(audit.totals.documents == 400 && audit.totals.uniqueUnits == 400 && audit.totals.shards == 8)
        #expect(audit.inputs.count == 8 && audit.problems.count == 1)
    }

    // MARK: Going on

    @Test("a scan goes on by etag: an object with another one is read again, the others are not")
    func resumes() async throws {
        let folder = try Self.folder()
        let program = try Self.program(folder, "write(data)")
        let state = folder.path + "/state"
        func calls() throws -> Int { try folder.read("calls").count }
        let first = try await Self.audit(try Self.corpus(folder, try Self.command(program)), state: state)
        #expect(try calls() == 3)
        let again = try await Self.audit(try Self.corpus(folder, try Self.command(program)), state: state)
        #expect(try calls() == 3 && again.json.fileText() == first.json.fileText())
        let changed = try folder.read("listing.jsonl").replacingOccurrences(of: "\\\"17\\\"", with: "new")
        try folder.write(changed, to: "listing.jsonl")
        _ = try await Self.audit(try Self.corpus(folder, try Self.command(program)), state: state)
        // Commits are made for all shards of a second together.
        #expect(try calls() > 3)
    }

    @Test("a failed object is not committed, so the next scan fetches it alone")
    func failsThenSucceeds() async throws {
        let folder = try Self.folder()
        let local = try await Self.audit(try Self.corpus(folder, nil))
        let state = folder.path + "/state"
        let program = try Self.program(
            folder, "write(data[:5] if sys.argv[1].endswith('a.jsonl') and calls < 8 else data)")
        let first = try await Self.audit(try Self.corpus(folder, try Self.command(program, tries: 2)), state: state)
        #expect(!first.isComplete)
        try folder.write("xxxxxxxxxxx", to: "calls")
        let second = try await Self.audit(try Self.corpus(folder, try Self.command(program)), state: state)
        #expect(second.json.fileText() == local.json.fileText())
    }

    @Test("no credential or signed query is in any file of a scan")
    func noCredentials() async throws {
        let folder = try Self.folder { name, line in
            line = line.replacingOccurrences(of: "\"path\": \"", with: "\"path\": \"https://me:hunter2@host")
                .replacingOccurrences(of: "\", \"bytes", with: "?X-Amz-Signature=5EC2E7\", \"bytes")
        }
        let program = try Self.program(folder, "pass").replacingOccurrences(of: "open.py", with: "strip.py")
        try folder.write(
            """
            import sys
            path = sys.argv[2].split("host", 1)[1].split("?")[0]
            assert "Signature=5EC2E7" in sys.argv[2] and "hunter2" in sys.argv[2]
            if path.endswith("c.txt"):
                sys.stderr.write("denied: Authorization: Bearer 5EC2E7 for " + sys.argv[2] + " with token=hunter2\\n")
                sys.exit(1)
            sys.stdout.buffer.write(open(path, "rb").read())
            """, to: "strip.py")
        let text = program.replacingOccurrences(of: "{path}", with: "5EC2E7 {path}")
        let state = folder.path + "/state"
        let audit = try await Self.audit(try Self.corpus(folder, try Self.command(text, tries: 1)), state: state)
        #expect(audit.totals.documents == 5 && audit.problems.count == 1)
        #expect(audit.sources.map(\.name).contains("web"))
        var texts = [audit.json.fileText()]
        for name in try FileManager.default.subpathsOfDirectory(atPath: state) where name.hasSuffix(".json") {
            texts.append(try folder.read("state/" + name))
        }
        #expect(texts.count > 2)
        for text in texts { #expect(!text.contains("hunter2") && !text.contains("5EC2E7")) }
    }

    // MARK: Scratch files

    @Test("scratch files stay within their room and are gone in the end")
    func scratch() async throws {
        let folder = try Self.folder()
        let largest = Self.shards.map(\.value.utf8.count).max() ?? 0
        let command = try Self.command("cp {path} {file}", scratch: largest)
        let audit = try await Self.audit(try Self.corpus(folder, command), threads: 3)
        #expect(audit.isComplete)
        let small = try Self.command("cp {path} {file}", scratch: largest - 1)
        let failed = try await Self.audit(try Self.corpus(folder, small))
        #expect(failed.problems.count == 1 && failed.problems[0].message.contains("--scratch"))
    }

    @Test(
        "a scratch file of another size than listed is a problem",
        arguments: [
            ("open(sys.argv[2], 'wb').write(data[:20])", "after 20 of the 48 bytes listed"),
            ("open(sys.argv[2], 'wb').write(data + data)", "more than the 48 bytes"), ("pass", "left no file"),
            ("open(sys.argv[2], 'wb').write(data); sys.exit(2)", "exit status 2"),
            ("open(sys.argv[2], 'wb').write(data[:5]); time.sleep(100)", "wrote nothing for 5 s"),
        ])
    func badScratchFiles(body: String, message: String) async throws {
        let folder = try Self.folder()
        let program = try Self.program(
            folder,
            """
            if not sys.argv[1].endswith("a.jsonl"):
                shutil.copy(sys.argv[1], sys.argv[2])
                sys.exit(0)
            \(body)
            """)
        let audit = try await Self.audit(
            try Self.corpus(folder, try Self.command(program + " {file}", tries: 1, silence: .seconds(5))))
        #expect(audit.totals.documents == 3 && audit.problems.count == 1)
        #expect(audit.problems[0].message.contains(message), "\(audit.problems)")
    }

    // MARK: Listings

    @Test(
        "a listing that cannot be used is refused with its line",
        arguments: [
            ("{\"path\": \"a.jsonl\"}", "line 1: the object has no bytes"),
            ("{\"bytes\": 1}", "line 1: the object has no path"),
            ("{\"path\": \"\", \"bytes\": 1}", "path is no text"),
            ("{\"path\": \"a.jsonl\", \"bytes\": -1}", "bytes is no whole number"),
            ("{\"path\": \"a.jsonl\", \"bytes\": \"1\"}", "bytes is no whole number"),
            ("{\"path\": \"a.jsonl\", \"bytes\": 1.5}", "bytes is no whole number"),
            ("{\"path\": \"a\\nb.jsonl\", \"bytes\": 1}", "control character"),
            ("{\"path\": \"-\", \"bytes\": 1}", "standard input"),
            (
                "{\"path\": \"a.jsonl\", \"bytes\": 1}\n\n{\"path\": \"a.jsonl\", \"bytes\": 2}",
                "line 3: the path a.jsonl is in line 1"
            ),
            (
                "{\"path\": \"https://h/a?x\", \"bytes\": 1}\n{\"path\": \"https://h/a?y\", \"bytes\": 1}",
                "(without what follows '?')"
            ),
            ("a.jsonl", "line 1: it is no JSON object"), ("[1]", "line 1: an object has a path"),
            ("", "lists no object"),
            ("{\"path\": \"a.parquet\", \"bytes\": 1}", "{file}"),
            ("{\"path\": \"-rf.jsonl\", \"bytes\": 1}", "would take it for an option"),
        ])
    func unusable(text: String, reason: String) throws {
        let folder = try TemporaryFolder(["listing.jsonl": text])
        let command = try Self.command("cat {path}")
        let error = #expect(throws: CorpusError.self) { try Self.corpus(folder, command) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(reason), "\(String(describing: error))")
    }

    @Test("an object without the etag that the command names is refused")
    func missingETag() throws {
        let folder = try TemporaryFolder(["listing.jsonl": "{\"path\": \"a.jsonl\", \"bytes\": 1}"])
        let error = #expect(throws: CorpusError.self) {
            try Self.corpus(folder, try Self.command("cat --if-match={etag} {path}"))
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("has no etag"))
    }

    @Test("files that hold no data are listed as skipped, and names decide formats and sources")
    func namesDecide() throws {
        let folder = try TemporaryFolder()
        func object(_ path: String, _ more: String = "") -> String {
            "{\"path\": \"s3://bucket/corpus/\(path)\", \"bytes\": 10\(more)}\n"
        }
        try folder.write(
            object("documents/web/a.jsonl.zst") + object("documents/web/deep/b.json.gz")
                + object("documents/code/c.txt")
                + object("documents/x.jsonl", ", \"source\": \"named\"") + object("README.md")
                + object("documents/t.csv"),
            to: "listing.jsonl")
        let corpus = try Self.corpus(folder, try Self.command("cat {path}"))
        #expect(corpus.shards.map(\.source) == ["code", "web", "web", "named"])
        #expect(corpus.shards.map(\.format) == [.textFile, .jsonLines, .jsonLines, .jsonLines])
        #expect(corpus.skipped.map(\.kind) == ["csv", "no_data"])
        #expect(corpus.notes.contains { $0.contains("6 of the 6 objects have neither etag nor version") })
    }

    @Test("a local file of another size than listed is a problem")
    func localSize() async throws {
        let folder = try Self.folder()
        try folder.write("{\"text\": \"shorter\"}\n", to: "store/web/a.jsonl")
        let audit = try await Self.audit(try Self.corpus(folder, nil))
        #expect(audit.problems.map(\.kind) == [.changedObject] && audit.totals.documents == 3)
    }

    @Test(
        "a local file that is listed under two names is refused, as a merge would", arguments: ["./a.jsonl", "b.jsonl"])
    func localTwice(name: String) throws {
        let folder = try TemporaryFolder(["a.jsonl": "{\"text\": \"a\"}\n"])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/b.jsonl", withDestinationPath: "a.jsonl")
        let rows = ["a.jsonl", name].map { "{\"path\": \"\(folder.path)/\($0)\", \"bytes\": 14}\n" }
        try folder.write(rows.joined(), to: "listing.jsonl")
        let error = #expect(throws: CorpusError.self) { try Corpus(listing: folder.path + "/listing.jsonl") }
        #expect(error.map { "\($0)".contains("is the file of line 1 under another name") } == true, "\(error as Any)")
    }

    @Test("an object that nothing fetches is a problem that names the way out")
    func withoutCommand() async throws {
        let folder = try TemporaryFolder(["listing.jsonl": "{\"path\": \"s3://bucket/web/a.jsonl\", \"bytes\": 9}\n"])
        let audit = try await Self.audit(Self.corpus(folder, nil))
        #expect(audit.totals.documents == 0 && audit.problems.map(\.kind) == [.missingInput])
        #expect(audit.problems.first?.message.contains("add --open COMMAND") == true, "\(audit.problems)")
    }

    @Test("Parquet objects are read through a scratch file")
    func parquet() async throws {
        let folder = try TemporaryFolder()
        let bytes = ParquetShards.file(["text": .texts(["one", "two", "one"])], groupRows: 3).bytes
        let path = try folder.write(bytes, to: "in/a.parquet")
        try folder.write("[{\"path\": \"\(path)\", \"bytes\": \(bytes.count)}]", to: "listing.jsonl")
        let local = try await Self.audit(try Self.corpus(folder, nil))
        let audit = try await Self.audit(try Self.corpus(folder, try Self.command("cp {path} {file}")))
        #expect(audit.totals.documents == 3 && audit.totals.uniqueUnits == 2)
        #expect(audit.json.fileText() == local.json.fileText())
    }

    // MARK: Other readers

    @Test("a sample takes nothing of an object that cannot be read whole")
    func samples() async throws {
        let folder = try Self.folder()
        let program = try Self.program(folder, "write(data[:40] if sys.argv[1].endswith('a.jsonl') else data)")
        let corpus = try Self.corpus(folder, try Self.command(program, tries: 1))
        let sample = try await CorpusSampler(share: 0.999).write(corpus, to: folder.path + "/out")
        #expect(sample.documents == 3 && sample.losses == 1)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/out").filter {
            $0.contains(".")
        }
        #expect(files.count == 2, "\(files)")
    }

    @Test("an audit is verified by etags without reading, and by digests where there are none")
    func verifies() async throws {
        let folder = try Self.folder()
        let program = try Self.program(folder, "write(data)")
        let corpus = try Self.corpus(folder, try Self.command(program))
        let audit = try await Self.audit(corpus)
        #expect(try await InputVerification(of: audit, corpus: corpus).isUnchanged)
        #expect(try folder.read("calls").count == 3)
        try folder.write(
            try folder.read("listing.jsonl").replacingOccurrences(of: "\\\"17\\\"", with: "new"), to: "listing.jsonl")
        let changed = try await InputVerification(
            of: audit, corpus: try Self.corpus(folder, try Self.command(program)))
        #expect(changed.rows.map(\.finding) == [.unchanged, .otherVersion, .unchanged])
        var untagged = audit
        for index in untagged.inputs.indices { untagged.inputs[index].etag = nil }
        #expect(try await InputVerification(of: untagged, corpus: corpus).isUnchanged)
        #expect(try folder.read("calls").count == 6)
    }
}
