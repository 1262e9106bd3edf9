import Testing
import TokenCounting

@testable import CorpusAudit

/// What the tools of the field accept is read, with a note; what they do not is damage with a message that leads to its
/// cause.
@Suite struct LeniencyTests {
    private func audit(
        _ text: String, _ fields: FieldSelection = FieldSelection(), name: String = "part.jsonl",
        isStrict: Bool = false,
        document: FormatSelection.TextDocument = .file
    ) async throws -> Audit {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "s/" + name)
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.isStrict = isStrict
        let format = FormatSelection(textDocument: document)
        return try await Auditor(options: options).audit(Corpus(paths: [folder.path], fields: fields, format: format))
    }

    @Test("NaN and the infinities in fields that are not read are one note a record, and the record counts")
    func nonFinite() async throws {
        let text = """
            {"text": "a", "score": NaN}
            {"score": Infinity, "text": "b"}
            {"meta": {"list": [1, -Infinity, NaN], "more": -1}, "text": "c"}

            """
        let audit = try await audit(text)
        #expect(audit.totals.documents == 3)
        #expect(audit.problemCounts == [.init(kind: .nonFiniteNumber, count: 3)])
        #expect(audit.isComplete && audit.damagedShare == 0)
        // Of the notes of a kind, a shard lists one.
        #expect(audit.problems.map(\.record) == [0])
        #expect(audit.problems.map(\.byteOffset) == [23])
        let error = await #expect(throws: CorpusError.self) { try await self.audit(text, isStrict: true) }
        #expect(error?.description.contains("record 0, byte 23: NaN or an infinity, which JSON does not have") == true)
    }

    @Test("in fields that are read they are no text, no source and no quality")
    func nonFiniteFields() async throws {
        let quality = try FieldSelection(quality: FieldPath("meta.q"))
        for number in ["NaN", "Infinity", "-Infinity"] {
            let scored = try await audit("{\"text\": \"a\", \"meta\": {\"q\": \(number)}}", quality)
            #expect(scored.problems.map(\.kind) == [.missingQuality])
            let message = "NaN or an infinity is at the quality key `meta.q`; the record counts with quality 1"
            #expect(scored.problems.map(\.message) == [message])
            let named = try await audit(
                "{\"text\": \"a\", \"from\": \(number)}", FieldSelection(source: FieldPath("from")))
            #expect(named.problems.map(\.kind) == [.missingSource])
            let text = try await audit("{\"text\": \(number)}")
            #expect(text.problems.map(\.message) == ["NaN or an infinity is at the text key `text`, not a string"])
        }
    }

    @Test(
        "other spellings are damage, as they are to Python",
        arguments: [
            "nan", "NAN", "-NaN", "+Infinity", "Inf", "-Inf", "infinity", "Infinityx", "NaN5", "- Infinity", "N",
        ])
    func otherSpellings(number: String) async throws {
        let audit = try await audit("{\"text\": \"a\", \"n\": \(number)}\n{\"text\": \"b\", \"n\": [\(number)]}")
        #expect(audit.problemCounts == [.init(kind: .badJSON, count: 2)])
    }

    @Test("files with a byte order mark each that were joined lose no record")
    func joinedFiles() async throws {
        let text = "\u{FEFF}{\"text\": \"a\"}\n{\"text\": \"b\"}\n\u{FEFF}{\"text\": \"a\"}\n{\"text\": \"d\"}\n"
        let audit = try await audit(text)
        #expect(audit.totals.documents == 4 && audit.totals.uniqueUnits == 3)
        #expect(audit.problemCounts == [.init(kind: .innerByteOrderMark, count: 1)])
        #expect(audit.problems.map(\.record) == [2])
        #expect(audit.isComplete)
        let lines = try await self.audit("\u{FEFF}a\nb\n\u{FEFF}a\n", name: "part.txt", document: .line)
        #expect(lines.totals.documents == 3 && lines.totals.uniqueUnits == 2)
        #expect(lines.problems.map(\.kind) == [.innerByteOrderMark])
    }

    @Test("lines that end with a carriage return alone are one problem that says so")
    func carriageReturns() async throws {
        let audit = try await audit("{\"text\": \"a\"}\r{\"text\": \"b\"}\r")
        #expect(audit.totals.documents == 0)
        #expect(
            audit.problems.map(\.message) == [
                "the record is not JSON: another object after a single carriage return; lines end with LF or CRLF, so "
                    + "convert the line ends"
            ])
    }

    @Test("a key with dots in its name is read by a path that says so, and the message says which")
    func dottedKey() async throws {
        let text = "{\"data.text\": \"a\", \"other\": 1}"
        let lost = try await audit(text, FieldSelection(text: FieldPath("data.text")))
        #expect(
            lost.problems.map(\.message) == [
                "the record has no key `data.text`, but one with a dot in its name: write --text-key 'data\\.text'"
            ])
        let found = try await audit(text, FieldSelection(text: FieldPath("data\\.text")))
        #expect(found.totals.documents == 1 && found.problems.isEmpty)
        let absent = try await audit("{\"other\": 1}", FieldSelection(text: FieldPath("data.text")))
        #expect(
            absent.problems.first?.message
                == "the record has no key `data.text`; --text-key names another; lists on the way to it are entered "
                + "where its keys end in [], as messages[].content")
    }

    @Test("an empty file is a note")
    func emptyFile() async throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] { try folder.write([], to: "s/\(name).jsonl") }
        try folder.write("{\"text\": \"a\"}\n", to: "s/c.jsonl")
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter()))
            .audit(Corpus(paths: [folder.path]))
        #expect(audit.problemCounts == [.init(kind: .emptyFile, count: 2)])
        #expect(audit.isComplete && audit.damagedShare == 0)
        #expect(audit.totals.shards == 3)
    }

    @Test("CRLF and LF copies of a text have the same lines and paragraphs")
    func lineEnds() async throws {
        let text = """
            {"text": "first\\r\\nline\\r\\n\\r\\nsecond\\r\\n\\r\\nthird"}
            {"text": "second\\n\\nfourth"}
            {"text": "fifth\\r\\n"}

            """
        let folder = try TemporaryFolder()
        try folder.write(text, to: "s/a.jsonl")
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = .paragraph
        let paragraphs = try await Auditor(options: options).audit(Corpus(paths: [folder.path]))
        #expect(paragraphs.totals.units == 6 && paragraphs.totals.uniqueUnits == 5)
        options.level = .line
        let lines = try await Auditor(options: options).audit(Corpus(paths: [folder.path]))
        #expect(lines.totals.units == 10 && lines.totals.emptyUnits == 3 && lines.totals.uniqueUnits == 6)
    }

    @Test("a document over 4 GiB is left out by name")
    func overFourGibibytes() throws {
        // Address space alone: the bytes are never touched.
        guard let memory = MappedMemory(byteCount: UnitRecord.maximumBytes + 1) else { return }
        let text = UnsafeBufferPointer(memory.bytes.bindMemory(to: UInt8.self))
        let options = AuditOptions(tokenizer: try ByteRatioCounter())
        let collector = try UnitCollector(options: options, store: RunStore(.temporary))
        let shard = Shard(path: "a", location: "a", source: "s", fields: FieldSelection())
        var intake = ShardIntake(shard, options: options, collector: collector)
        let share = collector.share(of: "s")
        try intake.take(text, isASCII: true, share: share, score: nil, position: 3) { $0 }
        let report = intake.report(file: nil)
        #expect(report.problems.counts == [.recordTooLong: 1])
        let message = "the document has 4294967296 bytes, more than the 4 GiB a unit may have, and is left out"
        #expect(report.problems.listed.map(\.message) == [message])
        #expect(report.shares.map(\.documents) == [0])
    }
}
