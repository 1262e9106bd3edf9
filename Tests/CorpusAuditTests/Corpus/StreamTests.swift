import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Pipes as shards: read once, never taken for files that changed, told apart by the names they are given.
@Suite struct StreamTests {
    private let folder: TemporaryFolder
    private let auditor: Auditor

    init() throws {
        folder = try TemporaryFolder()
        auditor = Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter()))
    }

    /// A named pipe out of which some bytes come, once.
    private func pipe(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = folder.path + "/" + name
        if access(path, F_OK) != 0 { try #require(mkfifo(path, 0o600) == 0) }
        Thread.detachNewThread {
            // Opening waits for the reader.
            let file = FileHandle(forWritingAtPath: path)
            try? file?.write(contentsOf: Data(bytes))
            try? file?.close()
        }
        return path
    }

    private func pipe(_ name: String, _ text: String) throws -> String { try pipe(name, Array(text.utf8)) }

    private static let two = "{\"text\": \"one\"}\n{\"text\": \"two\"}\n"

    @Test("a named pipe is counted, plain or compressed, and did not change while it was read")
    func namedPipe() async throws {
        for bytes in [Array(Self.two.utf8), TemporaryFolder.zstd(Array(Self.two.utf8))] {
            let corpus = try Corpus(paths: [pipe("p", bytes)])
            #expect(corpus.shards.map(\.isStream) == [true])
            let audit = try await auditor.audit(corpus)
            #expect(audit.totals.documents == 2)
            #expect(audit.problems == [])
            #expect(audit.isComplete)
            #expect(audit.inputs.map(\.bytes) == [bytes.count])
        }
    }

    @Test("streams with names merge, and their folder is their source")
    func names() async throws {
        let corpora = [
            try Corpus(paths: [pipe("p", Self.two)]).naming(stream: "web/part-0007"),
            try Corpus(paths: [pipe("q", "{\"text\": \"two\"}\n")]).naming(stream: "part-0008"),
        ]
        #expect(corpora.flatMap(\.shards).map(\.source) == ["web", "stdin"])
        for (number, corpus) in corpora.enumerated() {
            #expect(try await auditor.scan(corpus, into: "\(folder.path)/runs-\(number)").isEmpty)
        }
        let audit = try await RunMerger().merge([folder.path + "/runs-0", folder.path + "/runs-1"])
        #expect(audit.inputs.map(\.shard) == ["part-0008", "web/part-0007"])
        #expect(audit.totals.documents == 3 && audit.totals.uniqueUnits == 2)
    }

    @Test("two streams without names do not merge, and the message says how they would")
    func withoutNames() async throws {
        for number in 0..<2 {
            var corpus = try Corpus(paths: [pipe("p", Self.two)])
            corpus.shards[0].path = "-"
            _ = try await auditor.scan(corpus, into: "\(folder.path)/runs-\(number)")
        }
        let error = await #expect(throws: RunError.self) {
            try await RunMerger().merge([folder.path + "/runs-0", folder.path + "/runs-1"])
        }
        #expect(error?.description.contains("scan - --name part-0007") == true)
    }

    @Test("a name decides the format where nothing else does")
    func format() throws {
        let corpus = try Corpus(paths: ["-"])
        let lines = FormatSelection(textDocument: .line)
        #expect(try corpus.naming(stream: "a/b.txt").shards[0].format == .textFile)
        #expect(try corpus.naming(stream: "b.txt.gz", format: lines).shards[0].format == .textLines)
        #expect(try corpus.naming(stream: "b", format: FormatSelection(kind: .txt)).shards[0].format == .textFile)
        #expect(try corpus.naming(stream: "b").shards[0].format == .jsonLines)
        #expect(try corpus.naming(stream: "b").shards[0].location == "-")
    }

    @Test("a name is refused where it names no stream, several, or is no name")
    func refusals() throws {
        try folder.write(Self.two, to: "a.jsonl")
        let file = folder.path + "/a.jsonl"
        for (paths, name, message) in [
            ([file], "x", "only files are to be read"),
            (["-", "/dev/null"], "x", "there are 2 streams and one name, x"),
            (["-"], "", "cannot name a stream"), (["-"], "a\nb", "cannot name a stream"),
            (["-"], "/dev/fd/3", "cannot name a stream"), (["-", file], file, "cannot name a stream"),
        ] {
            let error = #expect(throws: CorpusError.self) { try Corpus(paths: paths).naming(stream: name) }
            #expect(error?.description.contains(message) == true, "\(String(describing: error))")
        }
    }

    @Test("a stream that a folder holds is compared, not counted again: other bytes are refused, and nothing is lost")
    func again() async throws {
        let state = folder.path + "/state"
        func audit(_ text: String, _ pipe: String) async throws -> String {
            let corpus = try Corpus(paths: [self.pipe(pipe, text)]).naming(stream: "part")
            return try await auditor.audit(corpus, state: state).json.fileText()
        }
        let first = try await audit(Self.two, "p")
        // The same bytes may come by another pipe.
        #expect(try await audit(Self.two, "q") == first)
        let error = await #expect(throws: RunError.self) { try await audit("{\"text\": \"other\"}\n", "p") }
        #expect(error?.description.contains("holds the stream part with other bytes") == true)
        #expect(try await audit(Self.two, "p") == first)
    }

    @Test("tasks cannot share a stream")
    func tasks() async throws {
        let corpus = try Corpus(paths: ["-"]).naming(stream: "part")
        let error = await #expect(throws: CorpusError.self) {
            try await auditor.scan(corpus, into: folder.path + "/runs", task: #require(ScanTask("1/4")))
        }
        #expect(error?.description.contains("which tasks cannot share") == true)
    }

    @Test("a stream of another format is one problem that names the format, and no documents")
    func otherFormats() async throws {
        let streams: [([UInt8], String)] = [
            (Array("PAR1".utf8) + [UInt8](repeating: 7, count: 90), "Parquet is read from files"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 1, 2, 0x0A, 3], "xz is not read"),
            (Array("[{\"text\": \"a\"},\n {\"text\": \"b\"}]\n".utf8), "one JSON array"),
            (TemporaryFolder.zstd(Array("PAR1 and more".utf8)), "Parquet is read from files"),
        ]
        for (number, (bytes, reason)) in streams.enumerated() {
            let audit = try await auditor.audit(Corpus(paths: [pipe("other\(number)", bytes)]))
            #expect(audit.problems.count == 1 && audit.problems[0].kind == .unreadFormat)
            #expect(audit.problems[0].message.contains(reason), "\(audit.problems[0].message)")
            #expect(audit.totals.documents == 0 && !audit.isComplete)
        }
    }

    @Test(
        "a name that leads to another folder cannot name a stream",
        arguments: ["../x", "a/../b", "/a", "a//b", "a/", "."])
    func leadingNames(name: String) throws {
        let corpus = try Corpus(paths: [pipe("named", Self.two)])
        #expect(throws: CorpusError.self) { try corpus.naming(stream: name) }
    }
}
