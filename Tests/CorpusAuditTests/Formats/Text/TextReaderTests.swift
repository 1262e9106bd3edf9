import Foundation
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct TextReaderTests {
    private func audit(
        _ folder: TemporaryFolder, document: FormatSelection.TextDocument = .file, kind: FormatSelection.Kind = .auto,
        change: (inout AuditOptions) -> Void = { _ in }
    ) async throws -> Audit {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        change(&options)
        let format = FormatSelection(kind: kind, textDocument: document)
        return try await Auditor(options: options).audit(try Corpus(paths: [folder.path], format: format))
    }

    @Test("a file is a document, whatever its compression and its name's letters after .txt say of it")
    func files() async throws {
        let folder = try TemporaryFolder()
        let text = Array("first line\n\nthird line: \"quoted\" {not json}\n".utf8)
        try folder.write(text, to: "a/plain.txt")
        try folder.write(TemporaryFolder.zstd(text), to: "a/packed.txt.zst")
        try folder.write(TemporaryFolder.gzip(text), to: "b/packed.txt.gz")
        // The bytes decide, not the name.
        try folder.write(TemporaryFolder.gzip(text), to: "b/misnamed.txt")
        try folder.write(text, to: "b/unpacked.txt.zst")
        try folder.write([0xEF, 0xBB, 0xBF] + text, to: "b/marked.txt")
        let audit = try await audit(folder)
        #expect(audit.problems == [])
        #expect(audit.totals.documents == 6)
        #expect(audit.totals.uniqueUnits == 1)
        #expect(audit.totals.bytes == 6 * text.count)
        #expect(audit.sources.map(\.name) == ["a", "b"])
        #expect(audit.options.sources.map(\.value) == [[.init(format: "txt-file")], [.init(format: "txt-file")]])
    }

    @Test("a line is a document, counted from 0, blank ones empty")
    func lines() async throws {
        let folder = try TemporaryFolder()
        try folder.write("\u{FEFF}one\ntwo\r\n\none\ntwo", to: "a/x.txt")
        try folder.write("\u{FEFF}", to: "a/no-line.txt")
        let audit = try await audit(folder, document: .line) { $0.topCopies = 9 }
        #expect(audit.totals.documents == 5)
        #expect(audit.totals.emptyUnits == 1)
        #expect(audit.totals.uniqueUnits == 2)
        #expect(audit.topCopies?.map(\.record).sorted() == [0, 1])
        #expect(audit.options.sources.map(\.value) == [[.init(format: "txt-line")]])
    }

    @Test("lines of files audited at line level are those of line documents")
    func level() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one\ntwo\n\none\ntwo\n", to: "a/x.txt")
        let byFile = try await audit(folder) { $0.level = .line }
        let byLine = try await audit(folder, document: .line)
        #expect(byFile.totals.documents == 1)
        #expect(byFile.totals.uniqueUnits == byLine.totals.uniqueUnits)
        #expect(byFile.totals.units == byLine.totals.units)
        #expect(byFile.totals.bytes == byLine.totals.bytes)
    }

    @Test("text that is not UTF-8, too long or cut off is reported, and what is whole counts")
    func damage() async throws {
        let folder = try TemporaryFolder()
        try folder.write([0x61, 0xFF, 0x62], to: "a/bad.txt")
        try folder.write(String(repeating: "long ", count: 100), to: "a/long.txt")
        try folder.write(Array(TemporaryFolder.zstd(Array("cut off".utf8)).dropLast(6)), to: "a/cut.txt.zst")
        try folder.write([0x28, 0xB5, 0x00, 0x01], to: "a/rotten.txt.zst")
        try folder.write("fine", to: "a/fine.txt")
        try folder.write("", to: "a/empty.txt")
        let audit = try await audit(folder) { $0.maximumRecordBytes = 400 }
        let kinds = audit.problems.map { "\($0.shard.split(separator: "/").last ?? "") \($0.kind.rawValue)" }
        #expect(
            kinds == [
                "bad.txt invalid_utf8", "cut.txt.zst truncated_frame", "empty.txt empty_file",
                "long.txt record_too_long", "rotten.txt.zst not_compressed",
            ])
        #expect(audit.problems.first?.byteOffset == 1)
        #expect(audit.problems[3].message.contains("--max-record raises the limit, --txt-document line"))
        #expect(audit.totals.documents == 2)
        #expect(audit.totals.bytes == 4 + 5)
        #expect(audit.tokenizer.replacedSequences == 1)
        let lines = try await self.audit(folder, document: .line) { $0.maximumRecordBytes = 400 }
        #expect(lines.totals.documents == 2)
    }

    @Test("with a format named, any file is text, and JSON lines are text too")
    func named() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\"}\n{\"text\": \"a\"}\n", to: "a/x.txt")
        let text = try await audit(folder, document: .line, kind: .txt)
        #expect(text.totals.bytes == 26)
        let json = try Corpus(paths: [folder.path + "/a/x.txt"], format: FormatSelection(kind: .jsonl))
        let options = AuditOptions(tokenizer: try ByteRatioCounter())
        #expect(try await Auditor(options: options).audit(json).totals.bytes == 2)
    }

    @Test("a manifest says what a source's text is")
    func manifest() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one\none\n", to: "books/a.txt")
        try folder.write("one\none\n", to: "verses/b.txt")
        try folder.write(
            """
            sources:
              - {name: books, paths: [books]}
              - {name: verses, paths: ["verses/*"], txt_document: line, format: txt}
            """, to: "corpus.yml")
        let corpus = try Corpus(manifest: folder.path + "/corpus.yml")
        let audit = try await Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter())).audit(corpus)
        #expect(audit.sources.map(\.documents) == [1, 2])
        #expect(audit.options.sources.map(\.name) == ["books", "verses"])
        #expect(audit.options.sources.map(\.value) == [[.init(format: "txt-file")], [.init(format: "txt-line")]])
        try folder.write("sources:\n  - {name: a, paths: [books], format: arrow}\n", to: "bad.yml")
        #expect {
            _ = try Corpus(manifest: folder.path + "/bad.yml")
        } throws: {
            "\($0)".contains("line 2: `format` is one of auto, jsonl, txt, megatron, uint16, uint32")
        }
    }

    @Test(
        "text goes on in its folder; runs of another kind of document are refused, and thrown away by a restart alone")
    func state() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one\ntwo\none\n", to: "a/x.txt")
        let options = AuditOptions(tokenizer: try ByteRatioCounter())
        let state = folder.path + "/state"
        var wasLines = false
        for document in [FormatSelection.TextDocument.file, .line, .line] {
            let corpus = try Corpus(paths: [folder.path + "/a"], format: FormatSelection(textDocument: document))
            let isOther = FileManager.default.fileExists(atPath: state) && document == .line && !wasLines
            if isOther {
                await #expect(throws: RunError.self) { try await Auditor(options: options).audit(corpus, state: state) }
            }
            wasLines = document == .line
            let stateful = try await Auditor(options: options).audit(corpus, state: state, restarts: isOther)
            let plain = try await Auditor(options: options).audit(corpus)
            #expect(stateful == plain)
            #expect(stateful.totals.documents == (document == .file ? 1 : 3))
        }
    }
}
