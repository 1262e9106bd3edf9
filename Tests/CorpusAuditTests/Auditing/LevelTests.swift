import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct LevelTests {
    private func units(_ text: String, _ level: Audit.Level) -> [String] {
        var splitter = UnitSplitter()
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            splitter.split(buffer, into: level)
            return splitter.units.map { String(decoding: buffer[$0.text], as: UTF8.self) }
        }
    }

    @Test(
        "lines end at line feeds, paragraphs at runs of them",
        arguments: [
            ("a\nb", ["a", "b"], ["a\nb"]), ("a\n", ["a"], ["a"]),
            ("a\n\nb\n\n\n", ["a", "", "b", "", ""], ["a", "b"]),
            ("\n", [""], [""]), ("", [""], [""]), ("a\r\nb", ["a\r", "b"], ["a\r\nb"]),
        ] as [(String, [String], [String])])
    func splitting(text: String, lines: [String], paragraphs: [String]) {
        #expect(units(text, .line) == lines)
        #expect(units(text, .paragraph) == paragraphs)
    }

    @Test("lines are counted with their line feed, fingerprinted without it; empty ones are no unique unit")
    func lines() async throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"text": "one\n\ntwo\none"}"# + "\n" + #"{"text": "two"}"#, to: "s/1.jsonl")
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        options.level = .line
        let audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.documents == 2)
        #expect(audit.totals.units == 5)
        #expect(audit.totals.emptyUnits == 1)
        #expect(audit.totals.uniqueUnits == 2)
        #expect(audit.totals.bytes == 12)
        // "one\n" 4 tokens, "two\n" 4, "one" 3, "two" 3.
        #expect(audit.totals.tokens == 14)
        #expect(audit.totals.uniqueTokens == 8)
    }

    @Test("normalization decides what is the same, not what is counted")
    func normalization() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"Ä  b\"}\n{\"text\": \"a\u{308} B \"}\n", to: "s/1.jsonl")
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        var audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.uniqueUnits == 2)
        options.normalization = [.nfc, .lowercase, .whitespace]
        audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.uniqueUnits == 1)
        #expect(audit.totals.bytes == 11)
        #expect(audit.options.last == .init(name: "normalization", value: "nfc+lowercase+whitespace"))
    }
}
