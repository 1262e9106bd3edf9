import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// The documents that `keep` writes are those of its list.
@Suite struct DocumentWritingTests {
    /// A corpus in every format that has text, with repeats, damage and blank lines.
    private struct MixedCorpus {
        let folder: TemporaryFolder
        /// The lines of the shards of JSON lines, by name.
        private(set) var lines: [String: [String]] = [:]

        init(seed: UInt64) throws {
            folder = try TemporaryFolder()
            var generator = HostileCorpus(seed: seed)
            for shard in 0..<6 {
                var lines: [String] = []
                for row in 0..<60 {
                    switch generator.score() {
                    case 0: lines.append(["", "{\"broken", "{\"text\": \"\"}", "{\"none\": 1}"][row % 4])
                    case 1: lines.append("{\"text\": \"again\",   \"extra\": [1.50, {\"a\":1e3}]}")
                    default: lines.append(generator.record(text: generator.nextText(), score: 0, source: "web"))
                    }
                }
                let name = "web/part-\(shard).jsonl"
                self.lines[name] = lines
                let end = shard == 1 ? "\r\n" : "\n"
                let mark = shard == 2 ? "\u{FEFF}" : ""
                try folder.write(mark + lines.joined(separator: end) + (shard == 3 ? "" : end), to: "shards/" + name)
            }
            let texts = (0..<500).map { row in
                row % 7 == 0 ? nil : "row \(row % 90) \(String(repeating: "wörd ", count: row % 9))"
            }
            let rows = ParquetShards.file(
                ["text": .texts(texts), "meta.score": .doubles(texts.indices.map { Double($0) / 4 })],
                groupRows: 64, pageRows: 20)
            try folder.write(rows.bytes, to: "shards/rows/part-0.parquet")
            try folder.write("again\n\nwith lines \"quoted\"\n", to: "shards/notes/part-0.txt")
            try folder.write("[\n{\"text\":\n \"element\"}, {\"text\": \"again\"}]\n", to: "shards/rows/part-0.json")
        }

        func corpus(_ name: String = "shards") throws -> Corpus { try Corpus(paths: ["\(folder.path)/\(name)"]) }

        /// The files of written documents by their names.
        func files(_ name: String) throws -> [String: Data] {
            let root = "\(folder.path)/\(name)"
            let names = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
            return Dictionary(
                uniqueKeysWithValues: names.filter { !$0.hasPrefix(".") && $0.hasSuffix(".zst") }
                    .map { ($0, FileManager.default.contents(atPath: "\(root)/\($0)") ?? Data()) })
        }
    }

    private func options() throws -> AuditOptions { AuditOptions(tokenizer: try ByteRatioCounter()) }

    private func keep(
        _ mixed: MixedCorpus, to name: String, threads: Int = 1, list: String? = nil,
        declarations: [SourceDeclaration] = []
    ) async throws -> KeepList {
        try await keep(
            in: mixed.folder, to: name, threads: threads, list: list.map { "\(mixed.folder.path)/\($0)" },
            declarations: declarations)
    }

    private func keep(
        in folder: TemporaryFolder, to name: String, threads: Int = 1, list: String? = nil,
        declarations: [SourceDeclaration] = []
    ) async throws -> KeepList {
        var keeper = RecordKeeper(threads: threads)
        keeper.documentFolder = "\(folder.path)/\(name)"
        return try await keeper.keep([folder.path + "/runs"], declarations: declarations, into: list)
    }

    @Test("an audit of what was written has all distinct texts and no repeat", arguments: [1, 2, 3] as [UInt64])
    func written(seed: UInt64) async throws {
        let mixed = try MixedCorpus(seed: seed)
        let before = try await Auditor(options: try options()).audit(try mixed.corpus())
        _ = try await Auditor(options: try options()).scan(try mixed.corpus(), into: mixed.folder.path + "/runs")
        let list = try await keep(mixed, to: "one", list: "list")
        let written = try #require(list.written)
        #expect(written.documents == list.kept && written.lost == 0, "seed \(seed)")
        let after = try await Auditor(options: try options()).audit(try mixed.corpus("one"))
        #expect(after.isComplete)
        #expect(after.totals.repeatedTokens == 0)
        #expect(after.totals.documents == before.totals.uniqueUnits)
        #expect(after.totals.uniqueBytes == before.totals.uniqueBytes)
        #expect(after.problems.filter(\.kind.losesRecord).isEmpty)

        let files = try mixed.files("one")
        #expect(files.count == written.files)
        #expect(files.values.reduce(0) { $0 + $1.count } == written.bytes)
        // One and two threads, with the list elsewhere or not: the same bytes.
        _ = try await keep(mixed, to: "two", threads: 2)
        #expect(try mixed.files("two") == files)
    }

    @Test("records of JSON lines are written byte for byte, in their order, under the names of their shards")
    func sameBytes() async throws {
        let mixed = try MixedCorpus(seed: 4)
        _ = try await Auditor(options: try options()).scan(try mixed.corpus(), into: mixed.folder.path + "/runs")
        let list = try await keep(mixed, to: "one", list: "list")
        for shard in list.shards where shard.shard.hasSuffix(".jsonl") && shard.kept > 0 {
            let name = shard.shard.split(separator: "/").suffix(2).joined(separator: "/")
            let file = try #require(shard.written)
            #expect(file == name + ".zst")
            let numbers = try mixed.folder.read("list/\(shard.file)").split(separator: "\n").compactMap { Int($0) }
            let expected = numbers.map { (mixed.lines[name]?[$0] ?? "") + "\n" }.joined()
            #expect(try text(of: "\(mixed.folder.path)/one/\(file)") == Array(expected.utf8))
        }
    }

    private func text(of path: String) throws -> [UInt8] {
        var stream = try ShardStream(
            path: path, name: path, content: .text, memory: 1 << 27, progress: nil, stop: nil)
        let buffer = try OwnedBuffer(byteCount: 1 << 16)
        var bytes: [UInt8] = []
        while true {
            let count = try stream.read(into: buffer.bytes)
            guard count > 0 else { return bytes }
            bytes += buffer.bytes[..<count]
        }
    }

    @Test("text becomes a record with the text, rows of Parquet records with their columns")
    func otherFormats() async throws {
        let mixed = try MixedCorpus(seed: 5)
        _ = try await Auditor(options: try options()).scan(try mixed.corpus(), into: mixed.folder.path + "/runs")
        let list = try await keep(mixed, to: "one")
        #expect(
            try text(of: mixed.folder.path + "/one/notes/part-0.jsonl.zst")
                == Array("{\"text\": \"again\\n\\nwith lines \\\"quoted\\\"\\n\"}\n".utf8))
        // Two shards whose names differ in their suffixes keep these.
        #expect(
            list.shards.filter { $0.shard.contains("/rows/") }.map(\.written)
                == ["rows/part-0.json.jsonl.zst", "rows/part-0.parquet.jsonl.zst"])
        let rows = try text(of: mixed.folder.path + "/one/rows/part-0.parquet.jsonl.zst").split(separator: 0x0A)
        #expect(
            String(decoding: try #require(rows.first), as: UTF8.self)
                == #"{"text": "row 1 wörd ", "meta": {"score": 0.25}}"#)
    }

    @Test("what an interrupted command left is completed, and comes out the same")
    func resumed() async throws {
        let mixed = try MixedCorpus(seed: 6)
        _ = try await Auditor(options: try options()).scan(try mixed.corpus(), into: mixed.folder.path + "/runs")
        let list = try await keep(mixed, to: "whole")
        let files = try mixed.files("whole")
        _ = try await keep(mixed, to: "cut")
        let cut = mixed.folder.path + "/cut"
        // A file whose shard was not noted as written, one that was cut short, and one that had no name yet.
        try FileManager.default.removeItem(atPath: cut + "/.datawall-keep/done/000002.json")
        let written = list.shards.compactMap(\.written)
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(cut)/\(written[3])"))
        try FileManager.default.removeItem(atPath: "\(cut)/\(written[4])")
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(cut)/\(written[4]).partial"))
        #expect(try await keep(mixed, to: "cut") == list)
        #expect(try mixed.files("cut") == files)
        #expect(!FileManager.default.fileExists(atPath: "\(cut)/\(written[4]).partial"))
    }

    @Test("a folder of something else, and one of another command, is refused and stays as it is")
    func foreign() async throws {
        let mixed = try MixedCorpus(seed: 7)
        _ = try await Auditor(options: try options()).scan(try mixed.corpus(), into: mixed.folder.path + "/runs")
        let error = await #expect(throws: RunError.self) { try await keep(mixed, to: "shards") }
        #expect(error?.description.contains("it contains notes") == true)
        _ = try await keep(mixed, to: "one")
        let files = try mixed.files("one")
        let other = await #expect(throws: RunError.self) {
            try await keep(mixed, to: "one", declarations: [SourceDeclaration(name: "web", quality: 2)])
        }
        #expect(other?.description.contains("documents of another keep command") == true)
        #expect(try mixed.files("one") == files)
    }

    @Test("a shard that has changed since its scan is refused by name, and nothing of it is written")
    func changed() async throws {
        let mixed = try MixedCorpus(seed: 8)
        let runs = mixed.folder.path + "/runs"
        _ = try await Auditor(options: try options()).scan(try mixed.corpus(), into: runs)
        var bytes = try #require(FileManager.default.contents(atPath: mixed.folder.path + "/shards/web/part-0.jsonl"))
        // The same size, other bytes.
        bytes[bytes.count - 3] ^= 1
        try bytes.write(to: URL(fileURLWithPath: mixed.folder.path + "/shards/web/part-0.jsonl"))
        let error = await #expect(throws: RunError.self) { try await keep(mixed, to: "one") }
        #expect(error?.description.contains("part-0.jsonl cannot be read: its bytes are not those") == true)
        #expect(try mixed.files("one")["web/part-0.jsonl.zst"] == nil)
        try FileManager.default.removeItem(atPath: mixed.folder.path + "/shards/web/part-0.jsonl")
        let missing = await #expect(throws: RunError.self) { try await keep(mixed, to: "two") }
        #expect(missing?.description.contains("where it was scanned") == true)
        #expect(!FileManager.default.fileExists(atPath: mixed.folder.path + "/two"))
    }

    @Test("shards of token ids are refused before anything is written")
    func tokens() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1, 0, 2, 0], to: "shards/a.bin")
        var format = FormatSelection()
        format.kind = FormatSelection.Kind("uint16")
        let corpus = try Corpus(paths: [folder.path + "/shards"], format: format)
        let options = AuditOptions(tokenizer: PretokenizedCounter(name: "gpt2"))
        _ = try await Auditor(options: options).scan(corpus, into: folder.path + "/runs")
        let error = await #expect(throws: RunError.self) { try await keep(in: folder, to: "one") }
        #expect(error?.description.contains("token ids") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/one"))
    }

    @Test("objects that a command fetched are refused before anything is written")
    func objects() async throws {
        let text = "{\"text\": \"one\"}\n"
        let folder = try TemporaryFolder([
            "bucket/web/a.jsonl": text,
            "listing.jsonl": "{\"path\": \"bucket/web/a.jsonl\", \"bytes\": \(text.utf8.count)}\n",
        ])
        let corpus = try Corpus(
            listing: folder.path + "/listing.jsonl", open: OpenCommand("cat \(folder.path)/{path}"))
        _ = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter()))
            .scan(corpus, into: folder.path + "/runs")
        let error = await #expect(throws: RunError.self) { try await keep(in: folder, to: "one") }
        #expect(error?.description.contains("a command fetched it") == true, "\(String(describing: error))")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/one"))
    }

    @Test(
        "files are named as their shards below the folder that was scanned",
        arguments: [
            (["shards"], ["shards/a.jsonl.gz", "shards/web/b.parquet"], ["a.jsonl.zst", "web/b.jsonl.zst"]),
            (["shards"], ["shards/web/a.jsonl"], ["web/a.jsonl.zst"]),
            (["/x/web", "/x/wiki"], ["/x/web/a.txt", "/x/wiki/a.txt"], ["web/a.jsonl.zst", "wiki/a.jsonl.zst"]),
            (["/x/a.json"], ["/x/a.json"], ["a.jsonl.zst"]),
            (["s"], ["s/a.json", "s/a.txt"], ["a.json.jsonl.zst", "a.txt.jsonl.zst"]),
            (["."], ["./.a.json", "./b.json"], ["%2Ea.jsonl.zst", "b.jsonl.zst"]),
            (["s/*.json"], ["s/a.json", "s/b.json"], ["a.jsonl.zst", "b.jsonl.zst"]),
            (["../s"], ["../s/a.json"], ["a.jsonl.zst"]),
        ])
    func names(paths: [String], shards: [String], names: [String]) {
        var request = CorpusRequest()
        request.paths = paths
        #expect(WrittenNames(of: shards, request: request).names == names)
        #expect(Set(WrittenNames(of: shards, request: nil).names).count == shards.count)
    }

    @Test("the documents of shards with the longest names are written, each under a name of its own")
    func longNames() async throws {
        let long = String(repeating: "é", count: 124)
        let folder = try TemporaryFolder([
            "s/web/\(long).jsonl": "{\"text\": \"a\"}\n", "s/web/\(long).json": "{\"text\": \"b\"}\n",
        ])
        _ = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter()))
            .scan(try Corpus(paths: [folder.path + "/s"]), into: folder.path + "/runs")
        let list = try await keep(in: folder, to: "one")
        #expect(list.written?.documents == 2 && list.written?.files == 2)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/one/web")
        #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("éé") && $0.hasSuffix(".jsonl.zst") })
    }
}
