import Testing

@testable import CorpusAudit

@Suite struct FormatSelectionTests {
    /// What becomes of a file of this name and content.
    private func decision(
        _ name: String, _ bytes: [UInt8], _ kind: FormatSelection.Kind = .auto, isNamed: Bool = false,
        hasPartner: Bool = false
    ) -> FormatSelection.Decision {
        let head = FileHead(content: bytes, fileSize: bytes.count)
        return FormatSelection(kind: kind).decision(
            for: FileEvidence(ShardName(name), head, isNamed: isNamed, hasPartner: hasPartner))
    }

    private static let record = Array("{\"text\": \"a\"}\n".utf8)
    private static let words = Array("some words\n".utf8)
    private static let ids: [UInt8] = [1, 0, 2, 0, 3, 0, 255, 255]

    @Test(
        "records are read under any name",
        arguments: ["a.jsonl", "A.JSON", "part-00000", "x.dat", "y.parquet", "z.csv"])
    func records(name: String) {
        #expect(decision(name, Self.record) == .shard(.jsonLines))
        #expect(decision(name, Self.record, .jsonl) == .shard(.jsonLines))
        #expect(decision(name, Self.record, .uint16) == .skip(.jsonLines))
    }

    @Test("text is read where the name, the format or the user says so")
    func text() {
        #expect(decision("a.txt", Self.words) == .shard(.textFile))
        #expect(decision("A.TXT", Self.record) == .shard(.textFile))
        #expect(decision("a.log", Self.words) == .skip(.plainText))
        #expect(decision("a.log", Self.words, isNamed: true) == .shard(.textFile))
        #expect(decision("a.log", Self.words, .txt) == .shard(.textFile))
        #expect(decision("a.csv", Self.words) == .skip(.csv))
        #expect(decision("a.csv", Self.words, isNamed: true) == .skip(.csv))
        #expect(decision("a.csv", Self.words, .txt, isNamed: true) == .shard(.textFile))
        #expect(decision("a.jsonl", Self.record, .txt) == .skip(.jsonLines))
        #expect(decision("a.txt", Array("[1, 2]".utf8)) == .shard(.textFile))
    }

    @Test("a name that promises records is left to the scan, whatever the first line is")
    func damagedRecords() {
        for text in ["{\"broken\n{\"text\": \"a\"}", "oops", "", "{\n{\"text\": \"a\"}", "[1]\n{\"text\": \"a\"}"] {
            #expect(decision("a.jsonl", Array(text.utf8)) == .shard(.jsonLines), "\(text)")
        }
        #expect(decision("a.jsonl", [0, 1, 2]) == .shard(.jsonLines))
    }

    @Test("token ids need an index, a format or a header of the same width")
    func tokens() throws {
        #expect(decision("a.bin", Self.ids, hasPartner: true) == .shard(.megatron))
        #expect(decision("a.bin", Self.ids) == .skip(.tokenIDs))
        #expect(decision("a.idx", Self.ids, hasPartner: true) == .skip(.index))
        #expect(decision("a.idx", Self.ids) == .skip(.indexWithoutBin))
        let flat = TokenLayout(width: .two)
        #expect(decision("a.bin", Self.ids, .uint16) == .shard(.tokens(flat)))
        #expect(decision("a.npy", Self.ids, .uint16) == .shard(.tokens(flat)))
        #expect(decision("a.npy", Self.ids) == .skip(.numPy))
        #expect(decision("a.dat", Self.ids, .uint16) == .skip(.binary))
        #expect(decision("a.dat", Self.ids, .uint16, isNamed: true) == .shard(.tokens(flat)))
        let header = TokenShards.numPy("<u2", count: 4) + Self.ids
        #expect(decision("a.npy", header) == .skip(.numPy))
        #expect(decision("a.npy", header, .uint16) == .shard(.tokens(flat)))
        #expect(decision("a.npy", header, .uint32) == .skip(.otherTokens))
        #expect(decision("a.npy", TokenShards.numPy("<f4", count: 2) + Self.ids, .uint32) == .skip(.otherTokens))
        #expect(decision("a.bin", TokenShards.llmC(count: 4) + Self.ids) == .skip(.llmC))
        #expect(decision("a.bin", TokenShards.llmC(count: 4) + Self.ids, .uint16) == .shard(.tokens(flat)))
    }

    @Test("a stream has nothing but its name")
    func streams() {
        #expect(FormatSelection().format(ofStream: "-") == .jsonLines)
        #expect(FormatSelection().format(ofStream: "/dev/fd/63") == .jsonLines)
        #expect(FormatSelection(textDocument: .line).format(ofStream: "x.TXT") == .textLines)
        #expect(FormatSelection(kind: .txt).format(ofStream: "-") == .textFile)
        let flat = FormatSelection(kind: .uint32, endOfDocument: 2)
        #expect(flat.format(ofStream: "x.dat") == .tokens(TokenLayout(width: .four, endOfDocument: 2)))
    }

    @Test(
        "names that clearly hold no data are known by a closed table",
        arguments: [
            ("README", true), ("README.txt", true), ("readme.md", true), ("LICENSE", true), ("LICENSE-MIT.txt", true),
            ("_SUCCESS", true), ("notes.md", true), ("license.txt", true), ("README.jsonl", false),
            ("licenses.txt", false), ("_metadata", false), ("data.txt", false), ("success", false),
        ])
    func noData(name: String, expected: Bool) { #expect(ShardName(name).isNoData == expected) }
}
