import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Shards of some megabytes, committed at every megabyte.
///
/// Taking the last commits away leaves what a kill would leave.
@Suite struct ShardPartTests {
    private let folder: TemporaryFolder
    private let state: String

    init() throws {
        folder = try TemporaryFolder()
        state = folder.path + "/state"
    }

    /// A shard of 4 MB with repeats, with damage in its first half and its second.
    private func corpus(_ format: ShardFormat) throws -> Corpus {
        let records = 2_000
        var generator = SeededGenerator(seed: 77)
        if format.holdsTokens {
            var ids: [Int] = []
            for record in 0..<records {
                ids += (0..<900).map { ($0 &* (record / 2 + 7)) % 5_000 + 1 } + [0]
            }
            let path = try folder.write(TokenShards.bytes(ids, width: 2) + [1], to: "long.bin")
            return try Corpus(paths: [path], format: FormatSelection(kind: .uint16, endOfDocument: 0))
        }
        var lines: [String] = []
        for record in 0..<records {
            var text = "record \(record / 2) "
            while text.utf8.count < 2_000 {
                text += "word\(Int.random(in: 0..<40, using: &generator)) "
                if Int.random(in: 0..<20, using: &generator) == 0 { text += "\\n\\n" }
            }
            lines.append(format.hasFields ? "{\"text\": \"\(text)\"}" : text)
        }
        for record in [100, records - 100] { lines[record] = String(repeating: "x", count: 60_000) }
        var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        for place in [400_000, 3_500_000] { bytes[place] = 0xFF }
        if format == .jsonArray {
            bytes = Array("[".utf8) + bytes.map { $0 == 0x0A ? 0x2C : $0 }
            bytes[bytes.count - 1] = UInt8(ascii: "]")
            let path = try folder.write(TemporaryFolder.gzip(bytes), to: "long.json")
            return try Corpus(paths: [path])
        }
        let path =
            format == .jsonLines
            ? try folder.write(TemporaryFolder.zstd(bytes), to: "long.jsonl.zst")
            : try folder.write(bytes, to: "long.txt")
        return try Corpus(paths: [path], format: FormatSelection(textDocument: .line))
    }

    private func options(_ level: Audit.Level, tokens: Bool = false) throws -> AuditOptions {
        var options = AuditOptions(
            tokenizer: tokens ? PretokenizedCounter(name: "ids") : try ByteRatioCounter())
        options.level = level
        options.maximumRecordBytes = 50_000
        options.partInterval = .zero
        return options
    }

    private var commits: [String] { ScanJournal.names(in: state + "/commits", endingIn: ".json") }

    private func remove(_ commits: some Sequence<String>) throws {
        for name in commits { try FileManager.default.removeItem(atPath: "\(state)/commits/\(name)") }
    }

    @Test(
        "a scan that ended within a shard goes on behind what was committed of it",
        arguments: [
            (.jsonLines, .document), (.jsonLines, .paragraph), (.jsonLines, .line), (.textLines, .line),
            (.jsonArray, .document), (.jsonArray, .line),
            (.tokens(TokenLayout(width: .two, endOfDocument: 0)), .document),
        ] as [(ShardFormat, Audit.Level)])
    func resume(format: ShardFormat, level: Audit.Level) async throws {
        let corpus = try corpus(format)
        let auditor = Auditor(options: try options(level, tokens: format.holdsTokens))
        let whole = try await auditor.audit(corpus).json.fileText()
        #expect(try await auditor.audit(corpus, state: state).json.fileText() == whole)
        let all = commits.count
        #expect(all >= 4)
        #expect(try await RunMerger().merge([state]).json.fileText() == whole)
        for kept in 0..<all {
            try remove(commits.dropFirst(kept))
            let progress = ScanProgress()
            #expect(try await auditor.audit(corpus, state: state, progress: progress).json.fileText() == whole)
            // Each commit holds about a megabyte of the four.
            #expect(progress.snapshot.documents <= 2_100 - kept * 400, "\(kept) of \(all) commits kept")
            #expect(commits.count == all)
        }
        #expect(try await RunMerger().merge([state]).json.fileText() == whole)
    }

    @Test("without an earlier part the later ones are nothing: a scan reads the shard again, a merge refuses it")
    func torn() async throws {
        let corpus = try corpus(.jsonLines)
        let auditor = Auditor(options: try options(.line))
        let whole = try await auditor.audit(corpus, state: state).json.fileText()
        try remove([commits[1]])
        let error = await #expect(throws: RunError.self) { try await RunMerger().merge([state]) }
        #expect(error?.description.contains("long.jsonl.zst") == true)
        let progress = ScanProgress()
        #expect(try await auditor.audit(corpus, state: state, progress: progress).json.fileText() == whole)
        #expect(progress.snapshot.shards == 1)
        // Nor is a shard done whose end is missing.
        try remove([try #require(commits.last)])
        let unfinished = await #expect(throws: RunError.self) { try await RunMerger().merge([state]) }
        guard case .unfinished = unfinished else {
            Issue.record("\(String(describing: unfinished))")
            return
        }
    }

    @Test("a part twice is refused, as its units would count twice")
    func doubled() async throws {
        let corpus = try corpus(.jsonLines)
        let whole = try await Auditor(options: try options(.line)).audit(corpus, state: state).json.fileText()
        try FileManager.default.copyItem(
            atPath: "\(state)/commits/\(commits[0])", toPath: "\(state)/commits/000900.json")
        await #expect(throws: RunError.self) { try await RunMerger().merge([state]) }
        #expect(try await Auditor(options: try options(.line)).audit(corpus, state: state).json.fileText() == whole)
    }

    @Test("a shard that changed after its first parts is read from its start")
    func changed() async throws {
        let corpus = try corpus(.jsonLines)
        let auditor = Auditor(options: try options(.line))
        _ = try await auditor.audit(corpus, state: state)
        try remove(commits.dropFirst(2))
        try folder.write("{\"text\": \"quite new\"}\n", to: "long.jsonl.zst")
        let audit = try await auditor.audit(corpus, state: state)
        #expect(audit.totals.documents == 1)
        #expect(audit.json.fileText() == (try await auditor.audit(corpus).json.fileText()))
    }

    @Test("of copies in one record the first owns, by paragraph or line, whatever its tokens")
    func order() async throws {
        // The last line has no line feed, and so a token less.
        try folder.write("{\"text\": \"same line\\nother\\nsame line\"}\n", to: "web/a.jsonl")
        var options = AuditOptions(tokenizer: ByteKindCounter("feeds", counting: 0x0A))
        options.level = .line
        let audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path + "/web"]))
        #expect(audit.totals.uniqueTokens == 2 + 2)
    }
}
