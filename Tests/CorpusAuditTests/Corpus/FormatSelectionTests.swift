import Testing

@testable import CorpusAudit

@Suite struct FormatSelectionTests {
    @Test("a directory gives the shards of the formats asked for")
    func directories() throws {
        let folder = try TemporaryFolder()
        for name in [
            "a.jsonl", "b.jsonl.zst", "c.json.gz", "d.txt", "e.txt.gz", "f.bin", "f.idx", "g.bin", "h.json", "i.md",
            ".j.txt",
        ] {
            try folder.write("{}", to: name)
        }
        func names(_ kind: FormatSelection.Kind) -> [String] {
            guard case .shards(let found) = ShardFinder.find(folder.path, FormatSelection(kind: kind)) else {
                return []
            }
            return found.map { String($0.dropFirst(folder.path.count + 1)) }
        }
        #expect(names(.auto) == ["a.jsonl", "b.jsonl.zst", "c.json.gz", "d.txt", "e.txt.gz", "f.bin"])
        #expect(names(.jsonl) == ["a.jsonl", "b.jsonl.zst", "c.json.gz"])
        #expect(names(.txt) == ["d.txt", "e.txt.gz"])
        #expect(names(.megatron) == ["f.bin"])
        #expect(names(.uint16) == ["f.bin", "g.bin"])
        guard case .shards(let matched) = ShardFinder.find(folder.path + "/f.*") else {
            Issue.record("a pattern finds its files")
            return
        }
        #expect(matched.map { $0.suffix(5) } == ["f.bin"])
    }

    @Test("a name tells the format, a selection overrules it")
    func formats() throws {
        let auto = FormatSelection()
        #expect(try auto.format(of: "a/x.jsonl.zst") == .jsonLines)
        #expect(try auto.format(of: "-") == .jsonLines)
        #expect(try auto.format(of: "x.txt.zst") == .textFile)
        #expect(try FormatSelection(textDocument: .line).format(of: "x.txt") == .textLines)
        #expect(try FormatSelection(kind: .txt).format(of: "-") == .textFile)
        let flat = FormatSelection(kind: .uint32, endOfDocument: 2)
        #expect(try flat.format(of: "x.dat") == .tokens(TokenLayout(width: .four, endOfDocument: 2)))
        #expect(throws: CorpusError.self) { try auto.format(of: "nowhere.bin") }
    }
}
