import Testing

@testable import CorpusAudit

@Suite struct SourceNameTests {
    private func corpus(_ files: [String], _ paths: [String] = [""]) throws -> Corpus {
        let folder = try TemporaryFolder()
        for (number, name) in files.enumerated() { try folder.write("{\"text\": \"\(number)\"}\n", to: "c/" + name) }
        return try Corpus(paths: paths.map { folder.path + "/c" + ($0.isEmpty ? "" : "/" + $0) })
    }

    @Test("the first folder below the path names the source, however deep files lie")
    func redPajama() throws {
        let corpus = try corpus(["cc/2023-06/0000/a.jsonl", "cc/2023-06/0001/a.jsonl", "arxiv/b.jsonl", "c.jsonl"])
        #expect(corpus.shards.map(\.source) == ["arxiv", "c", "cc", "cc"])
        #expect(corpus.notes.count == 1)
        #expect(corpus.notes.first?.contains("(2: arxiv, cc); deeper folders such as") == true)
    }

    @Test("Dolma's documents are passed through, and its attributes left alone")
    func dolma() throws {
        let files = ["documents/wiki/1.json.gz", "documents/books/2.json.gz", "attributes/tags/wiki/1.json.gz"]
        let corpus = try corpus(files)
        #expect(corpus.shards.map(\.source) == ["books", "wiki"])
        #expect(corpus.notes == [])
        #expect(corpus.skipped.map(\.kind) == ["attributes"])
        #expect(corpus.skipped.map(\.files) == [1])
        #expect(!corpus.skipped[0].mayHoldData)
        let below = try self.corpus([
            "wiki/v0/documents/1.json", "wiki/v0/attributes/1.json", "web/v0/documents/1.json",
        ])
        #expect(below.shards.map(\.source) == ["web", "wiki"])
        #expect(below.skipped.map(\.kind) == ["attributes"])
    }

    @Test("documents and attributes are sources like others where they stand beside others, or alone")
    func otherLayouts() throws {
        #expect(try corpus(["documents/1.jsonl", "web/1.jsonl"]).shards.map(\.source) == ["documents", "web"])
        #expect(try corpus(["attributes/1.jsonl", "web/1.jsonl"]).shards.map(\.source) == ["attributes", "web"])
        #expect(try corpus(["documents/wiki/1.jsonl"]).shards.map(\.source) == ["wiki"])
    }

    @Test("a file that is named belongs to its folder's name, and a pattern to the folder it starts from")
    func named() throws {
        let files = ["web/a/1.jsonl", "wiki/2.jsonl"]
        #expect(try corpus(files, ["web/a/1.jsonl"]).shards.map(\.source) == ["a"])
        #expect(try corpus(files, ["*/*.jsonl"]).shards.map(\.source) == ["wiki"])
        #expect(try corpus(files, ["**/*.jsonl"]).shards.map(\.source) == ["web", "wiki"])
        #expect(try corpus(files, ["web/*"]).shards.map(\.source) == ["a"])
        #expect(try corpus(files, ["*"]).shards.map(\.source) == ["web", "wiki"])
    }

    @Test("folders of one name in several places are one source, with a note")
    func joinedFolders() throws {
        let folder = try TemporaryFolder()
        for name in ["web/0000", "code/0000", "code/0001"] {
            try folder.write("{\"text\": \"a\"}\n", to: "rp/\(name)/a.jsonl")
        }
        let root = folder.path + "/rp"
        // As a shell expands `rp/*`.
        let expanded = try Corpus(paths: [root + "/code", root + "/web"])
        #expect(Set(expanded.shards.map(\.source)) == ["0000", "0001"])
        #expect(
            expanded.notes == [
                "the source 0000 joins several folders, such as \(root)/code/0000 and \(root)/web/0000; name the folder "
                    + "above them, or use a manifest, to keep them apart"
            ])
        #expect(try !Corpus(paths: [root]).notes.contains { $0.contains("joins") })
    }
}
