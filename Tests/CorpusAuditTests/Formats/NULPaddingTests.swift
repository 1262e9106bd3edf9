import Testing
import TokenCounting

@testable import CorpusAudit

/// NUL bytes at the end of a shard of text.
@Suite struct NULPaddingTests {
    private func audit(
        _ text: String, nuls: Int, to name: String = "s/part.jsonl", document: FormatSelection.TextDocument = .file,
        maximumRecordBytes: Int = 1 << 20
    ) async throws -> Audit {
        let folder = try TemporaryFolder()
        try folder.write(Array(text.utf8) + [UInt8](repeating: 0, count: nuls), to: name)
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.maximumRecordBytes = maximumRecordBytes
        let format = FormatSelection(textDocument: document)
        return try await Auditor(options: options).audit(Corpus(paths: [folder.path], format: format))
    }

    @Test(
        "are one problem that names them, and no record; more of them than a record may have as well",
        arguments: [1, 4_096, 600_000, 3_000_000], [1 << 20, 100])
    func records(nuls: Int, limit: Int) async throws {
        let audit = try await audit(
            "{\"text\": \"a\"}\n{\"text\": \"b\"}\n", nuls: nuls, maximumRecordBytes: limit)
        #expect(audit.totals.documents == 2)
        #expect(audit.problemCounts == [.init(kind: .nulPadding, count: 1)])
        let problem = try #require(audit.problems.first)
        #expect(problem.byteOffset == 28 && problem.record == nil)
        let what = nuls == 1 ? "1 NUL byte at the end of the file is" : "\(nuls) NUL bytes at the end of the file are"
        #expect(problem.message.hasPrefix(what + " left out"))
        // What the machine was writing may be missing.
        #expect(!audit.isComplete)
    }

    @Test("a record before them counts if it is whole and is damage if it is cut off")
    func lastRecord() async throws {
        let whole = try await audit("{\"text\": \"a\"}\n{\"text\": \"b\"}", nuls: 9)
        #expect(whole.totals.documents == 2)
        #expect(whole.problems.map(\.kind) == [.nulPadding])
        let cut = try await audit("{\"text\": \"a\"}\n{\"text\": \"b", nuls: 9)
        #expect(cut.totals.documents == 1)
        #expect(cut.problems.map(\.kind) == [.nulPadding, .badJSON])
        let long = try await audit(
            "{\"text\": \"\(String(repeating: "b", count: 99))\"}", nuls: 9, maximumRecordBytes: 50)
        #expect(long.problems.map(\.kind) == [.nulPadding, .recordTooLong])
    }

    @Test("are no part of a text", arguments: [FormatSelection.TextDocument.file, .line])
    func text(document: FormatSelection.TextDocument) async throws {
        let audit = try await audit("a\nb", nuls: 7, to: "s/part.txt", document: document)
        #expect(audit.totals.documents == (document == .file ? 1 : 2))
        #expect(audit.totals.bytes == (document == .file ? 3 : 2))
        #expect(audit.problems.map(\.kind) == [.nulPadding])
    }

    @Test("elsewhere they are damage that says so")
    func inside() async throws {
        let audit = try await audit("{\"text\": \"a\"}\n\0\0\0\n{\"text\": \"b\"}\n", nuls: 0)
        #expect(audit.totals.documents == 2)
        #expect(audit.problems.map(\.message) == ["the record is not JSON: it starts with NUL bytes"])
    }
}
