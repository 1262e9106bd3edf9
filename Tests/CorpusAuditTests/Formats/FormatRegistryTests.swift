import Testing
import TokenCounting

@testable import CorpusAudit

/// A format of a test: a magic line, then a document for each line, the source before a bar.
private struct BarredReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.records

    private var lines: RecordReader
    private(set) var damage: [RecordDamage] = []
    private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var start = 0

    init(_ opening: ShardOpening) throws(StreamFault) {
        lines = try RecordReader(
            try opening.stream(.text), maximumLength: opening.maximumRecordBytes, after: opening.part)
    }

    var recordsRead: Int { lines.recordsRead }
    var offset: Int { lines.offset }
    var bytesRead: Int { lines.bytesRead }
    var head: [UInt8] { lines.head }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        damage = []
        guard let record = try lines.next() else { return nil }
        var found = DocumentRecord(index: record.index, offset: record.offset)
        guard record.index > 0 else { return found }
        guard let bar = record.bytes.firstIndex(of: UInt8(ascii: "|")) else {
            damage = [RecordDamage(kind: .missingKey, offset: record.offset, message: "there is no bar")]
            return found
        }
        line = record.bytes
        start = record.offset + bar + 1
        found.document = Document(
            text: UnsafeBufferPointer(rebasing: line[(bar + 1)...]), source: UnsafeBufferPointer(rebasing: line[..<bar])
        )
        return found
    }

    func place(ofText offset: Int) -> Int? { start + offset }
    func rawRecord() -> RawRecord? { RawRecord(bytes: line, suffix: "barred", isLine: true) }
    mutating func finish() throws(StreamFault) -> ShardEnd { try lines.finish() }
}

private struct BarredEntry: FormatEntry {
    let name = "barred"
    let suffixes = [".barred"]
    let signatures = [Array("BARRED\n".utf8)]

    func format(_ selection: FormatSelection) -> ShardFormat {
        ShardFormat("barred", .records, of: self) { opening throws(StreamFault) in try BarredReader(opening) }
    }
}

@Suite struct FormatRegistryTests {
    @Test("a format is a folder and one line: its files are recognised, read, reported and sampled")
    func door() async throws {
        let folder = try TemporaryFolder()
        try folder.write("BARRED\nnews|one\nbooks|two\nnone\nnews|one\n", to: "c/x.dat")
        try folder.write("{\"text\": \"one\", \"s\": \"news\"}\n", to: "c/y.jsonl")
        var selection = FormatSelection()
        selection.registry = .standard.adding(BarredEntry())
        let fields = FieldSelection(source: try FieldPath("s"))
        let corpus = try Corpus(paths: [folder.path + "/c"], fields: fields, format: selection)
        #expect(corpus.shards.map(\.format.description) == ["barred", "jsonl"])
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        #expect(audit.totals.documents == 4)
        #expect(audit.totals.uniqueUnits == 2)
        #expect(audit.sources.map(\.name) == ["books", "news"])
        #expect(
            audit.problems.map { "\($0.record ?? -1) \($0.byteOffset ?? -1) \($0.message)" } == ["3 26 there is no bar"]
        )
        let sample = try await CorpusSampler(share: 0.999_999).write(corpus, to: folder.path + "/sample")
        #expect(sample.taken == 4)
        #expect(sample.problems.count == 1)
    }

    @Test("a format that is named is asked of files by signature, suffix or name")
    func named() throws {
        let folder = try TemporaryFolder()
        try folder.write("BARRED\n", to: "c/x.dat")
        try folder.write("", to: "c/y.barred")
        try folder.write("{\"text\": \"one\"}\n", to: "c/z.jsonl")
        var selection = FormatSelection(kind: .init("barred"))
        selection.registry = .standard.adding(BarredEntry())
        let corpus = try Corpus(paths: [folder.path + "/c"], format: selection)
        #expect(corpus.shards.map(\.format.description) == ["barred", "barred"])
        #expect(corpus.skipped.map(\.kind) == ["json_lines"])
    }

    @Test("names lead to formats and back, and unknown ones to none")
    func names() {
        for entry in FormatRegistry.standard.entries {
            let format = entry.format(FormatSelection(kind: .init(entry.name)))
            #expect(ShardFormat(name: format.description) == format)
            #expect(FormatSelection.Kind(rawValue: entry.name) != nil)
        }
        #expect(ShardFormat(name: ShardFormat.jsonArray.description) == .jsonArray)
        #expect(ShardFormat(name: "barred") == nil)
        #expect(FormatSelection.Kind(rawValue: "barred") == nil)
        #expect(FormatSelection.Kind.allCases.map(\.rawValue).starts(with: ["auto", "jsonl", "txt", "megatron"]))
    }
}
