import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct CorpusRequestTests {
    private static func settings(_ change: (inout AuditOptions) -> Void = { _ in }) throws -> ScanSettings {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        change(&options)
        return ScanSettings(options)
    }

    @Test("options at their defaults are left out")
    func defaults() throws {
        let request = CorpusRequest(
            paths: ["b", "a", "b"], fields: FieldSelection(), format: FormatSelection(), ignored: [], skipped: [])
        #expect(request.command(try Self.settings(), topCopies: 0) == "datawall audit a b")
    }

    @Test("all options that decide the audit are written in a fixed order, quoted for a shell")
    func everything() throws {
        let fields = try FieldSelection(
            text: FieldPath("a b"), source: FieldPath("src"), quality: FieldPath("meta.q"),
            qualityMap: QualityMap("3:1,0:0.2"))
        var request = CorpusRequest(
            paths: ["it's", "-"], fields: fields, format: FormatSelection(kind: .jsonl, textDocument: .line),
            ignored: [IgnorePattern("*.tmp"), IgnorePattern("-x")].compactMap { $0 }, skipped: [])
        request.streamName = "web/1"
        request.tokenizers = ["cl100k", "./words.json"]
        let settings = try Self.settings { options in
            options.tokenizer = ByteKindCounter()
            options.furtherTokenizers = [ByteKindCounter("e")]
            options.level = .paragraph
            options.normalization = [.nfc, .lowercase]
            options.sampleShare = 0.01
            options.maximumRecordBytes = 1 << 20
            // None of these changes an audit.
            options.threads = 7
            options.memory = 1 << 30
            options.keepsEveryPosition = true
            options.isStrict = true
        }
        #expect(
            request.command(settings, topCopies: 3)
                == "datawall audit - 'it'\\''s' --ignore '*.tmp' --ignore=-x --name web/1 --text-key 'a b' --source-key src "
                + "--quality-key meta.q --quality-map 0:0.2,3:1 --format jsonl --txt-document line --level paragraph "
                + "--normalize nfc+lowercase --tokenizer cl100k --tokenizer ./words.json --sample 0.01 "
                + "--max-record 1048576 --top-copies 3")
    }

    @Test("a ratio of bytes and the name of token ids are written, and paths that begin with a dash come last")
    func ratiosAndDashes() throws {
        let request = CorpusRequest(
            paths: ["-odd"], fields: FieldSelection(), format: FormatSelection(kind: .uint16, endOfDocument: 0),
            ignored: [],
            skipped: [])
        let counter = try ByteRatioCounter(bytesPerToken: 3.5)
        let ratio = try Self.settings { $0.tokenizer = counter }
        #expect(
            request.command(ratio, topCopies: 0)
                == "datawall audit --format uint16 --end-of-document 0 --bytes-per-token 3.5 -- -odd")
        let ids = try Self.settings { $0.tokenizer = PretokenizedCounter(name: "gpt2") }
        #expect(request.command(ids, topCopies: 0)?.contains("--tokenizer gpt2") == true)
        let unknown = try Self.settings { $0.tokenizer = PretokenizedCounter() }
        #expect(request.command(unknown, topCopies: 0)?.contains("--tokenizer") == false)
    }

    @Test("paths keep their order where a file was reached by several")
    func order() {
        let skipped = [
            Audit.Skipped(kind: "duplicate", reason: "", files: 1, bytes: 0, mayHoldData: false, examples: ["b/x"])
        ]
        let request = CorpusRequest(
            paths: ["b", "a"], fields: FieldSelection(), format: FormatSelection(), ignored: [], skipped: skipped)
        #expect(request.paths == ["b", "a"])
    }

    @Test("requests of several scans are one if they differ in their paths alone")
    func joining() {
        let web = CorpusRequest(paths: ["web"], textKey: "content", tokenizers: ["a/words.json"])
        let wiki = CorpusRequest(paths: ["wiki"], textKey: "content", tokenizers: ["b/words.json"])
        #expect(CorpusRequest.joined([wiki, web])?.paths == ["web", "wiki"])
        #expect(CorpusRequest.joined([web, web]) == web)
        #expect(CorpusRequest.joined([web, nil]) == nil)
        #expect(CorpusRequest.joined([web, CorpusRequest(paths: ["wiki"])]) == nil)
        let stream = CorpusRequest(paths: ["-"], streamName: "a")
        #expect(CorpusRequest.joined([stream]) == stream)
        #expect(CorpusRequest.joined([stream, CorpusRequest(paths: ["-"], streamName: "b")]) == nil)
    }

    @Test("a stream with a name comes by standard input, one without a name or path of its own makes no command")
    func streams() throws {
        let request = CorpusRequest(
            paths: ["/dev/fd/63"], fields: FieldSelection(), format: FormatSelection(), ignored: [], skipped: [])
        let settings = try Self.settings()
        #expect(request.command(settings, topCopies: 0) == nil)
        let named = request.naming(stream: "web/1", at: "/dev/fd/63")
        #expect(named.command(settings, topCopies: 0) == "datawall audit - --name web/1")
    }
}
