import CorpusAudit
import Foundation
import Testing
import TokenCounting

@Suite struct CorpusSamplerTests {
    static func text(_ index: Int) -> String { "document number \(index) of the corpus" }

    static func lines(_ range: Range<Int>) -> String {
        range.map { "{\"text\": \"\(text($0))\"}\n" }.joined()
    }

    /// Audits shards.
    static func audit(_ paths: [String], _ format: FormatSelection = FormatSelection()) async throws -> Audit {
        let corpus = try Corpus(paths: paths, format: format)
        let counter: any TokenCounter = corpus.holdsTokens ? PretokenizedCounter(name: "ids") : try ByteRatioCounter()
        return try await Auditor(options: AuditOptions(tokenizer: counter)).audit(corpus)
    }

    @discardableResult
    static func sample(
        _ folder: TemporaryFolder, _ name: String, to output: String, share: Double = 0.25,
        compression: SampleCompression = .none, format: FormatSelection = FormatSelection()
    ) async throws -> CorpusSample {
        var sampler = CorpusSampler(share: share)
        sampler.compression = compression
        return try await sampler.write(
            Corpus(paths: [folder.path + "/" + name], format: format), to: folder.path + "/" + output)
    }

    /// The files under a folder, by their paths in it.
    static func files(_ folder: TemporaryFolder, _ name: String) throws -> [String] {
        let root = folder.path + "/" + name
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: root + "/" + $0, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    static func bytes(_ folder: TemporaryFolder, _ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
    }

    static func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
        String(decoding: try bytes(folder, name), as: UTF8.self)
    }

    @Test("plain, gzip and zstd shards give the same documents, and a sample packed with zstd is read back the same")
    func compression() async throws {
        let folder = try TemporaryFolder()
        let lines = Array(Self.lines(0..<400).utf8)
        try folder.write(lines, to: "a/web/x.jsonl")
        try folder.write(TemporaryFolder.gzip(lines), to: "b/web/x.jsonl.gz")
        try folder.write(TemporaryFolder.zstd(lines), to: "c/web/x.jsonl.zst")
        for name in ["a", "b", "c"] { try await Self.sample(folder, name, to: "out-" + name) }
        let plain = try Self.text(folder, "out-a/web/0-x.jsonl")
        #expect(try Self.text(folder, "out-b/web/0-x.jsonl") == plain)
        #expect(try Self.text(folder, "out-c/web/0-x.jsonl") == plain)
        let taken = try await Self.sample(folder, "a", to: "packed", compression: .zstd)
        #expect(try Self.files(folder, "packed") == ["web/0-x.jsonl.zst"])
        let audit = try await Self.audit([folder.path + "/packed"])
        #expect(audit.totals.documents == taken.taken)
        #expect(plain.split(separator: "\n").count == taken.taken)
        try await Self.sample(folder, "a", to: "again", compression: .zstd)
        #expect(
            try Self.bytes(folder, "again/web/0-x.jsonl.zst") == Self.bytes(folder, "packed/web/0-x.jsonl.zst"))
    }

    @Test("a document is taken alike from JSON lines, lines of text and files of text, byte order marks and all")
    func formats() async throws {
        let folder = try TemporaryFolder()
        try folder.write("\u{FEFF}" + Self.lines(0..<200), to: "json/web/x.jsonl")
        try folder.write(
            "\u{FEFF}" + (0..<200).map { Self.text($0) + ($0 % 2 == 0 ? "\r\n" : "\n") }.joined(), to: "line/web/x.txt")
        for index in 0..<200 { try folder.write(Self.text(index), to: "file/web/\(index).txt") }
        let records = try await Self.sample(folder, "json", to: "out-json")
        let lines = try await Self.sample(folder, "line", to: "out-line", format: FormatSelection(textDocument: .line))
        let whole = try await Self.sample(folder, "file", to: "out-file")
        #expect(records.documents == 200 && lines.documents == 200 && whole.documents == 200)
        #expect(records.taken == lines.taken && records.taken == whole.taken && records.taken > 20)
        #expect(records.problems == [] && lines.problems == [] && whole.problems == [])
        let taken = try Self.files(folder, "out-file").map { try Self.text(folder, "out-file/" + $0) }
        #expect(
            Set(taken)
                == Set(
                    try Self.text(folder, "out-line/web/0-x.txt").split(whereSeparator: \.isNewline).map {
                        String($0).replacingOccurrences(of: "\u{FEFF}", with: "")
                    }))
        for text in taken { #expect(try Self.text(folder, "out-json/web/0-x.jsonl").contains("\"\(text)\"")) }
    }

    /// Documents of ids, a third of them copies.
    static let documents = (0..<300).map { $0 % 200 }.map { index in
        (0..<(3 + index % 7)).map { ($0 * 31 + index * 977) % 60_000 + 1 }
    }

    @Test("flat token ids are sampled by document, and what is taken is whole")
    func flatTokens() async throws {
        let folder = try TemporaryFolder()
        try folder.write(TokenShards.bytes(Self.documents.flatMap { $0 + [0] }, width: 2), to: "in/web/x.bin")
        let format = FormatSelection(kind: .uint16, endOfDocument: 0)
        let sample = try await Self.sample(folder, "in", to: "out", format: format)
        #expect(sample.documents == 300)
        let whole = try await Self.audit([folder.path + "/in"], format)
        let part = try await Self.audit([folder.path + "/out"], format)
        #expect(part.totals.documents == sample.taken)
        #expect(part.totals.unitsAreCopiesOf(whole))
        // A quarter of 200 distinct ones, within four standard deviations.
        #expect((26...74).contains(part.totals.uniqueUnits), "\(part.totals.uniqueUnits)")
        try await Self.sample(folder, "out", to: "all", share: 0.999_999, format: format)
        #expect(try Self.bytes(folder, "all/web/0-0-x.bin") == Self.bytes(folder, "out/web/0-x.bin"))
    }

    @Test("Megatron's shards are sampled with an index of their own, sequences and all")
    func megatron() async throws {
        let folder = try TemporaryFolder()
        try TokenShards(folder: folder).writeMegatron(Self.documents, to: "in/web/x")
        // Documents of two sequences each.
        let split = Self.documents.map { [1, $0.count - 1] }
        try folder.write(TokenShards.bytes(Self.documents.flatMap { $0 }, width: 2), to: "two/web/x.bin")
        try folder.write(TokenShards.index(documents: split), to: "two/web/x.idx")
        let sample = try await Self.sample(folder, "in", to: "out")
        let twin = try await Self.sample(folder, "two", to: "out-two")
        #expect(sample.problems == [] && twin.problems == [])
        #expect(sample.taken == twin.taken && sample.taken > 20)
        #expect(try Self.files(folder, "out") == ["web/0-x.bin", "web/0-x.idx"])
        let part = try await Self.audit([folder.path + "/out"])
        #expect(part.totals.documents == sample.taken && part.isComplete)
        let ids = try Self.bytes(folder, "out/web/0-x.bin")
        #expect(try Self.bytes(folder, "out-two/web/0-x.bin") == ids)
        // Twice as many sequences: twelve bytes each.
        #expect(
            try Self.bytes(folder, "out-two/web/0-x.idx").count
                == Self.bytes(folder, "out/web/0-x.idx").count + 12 * sample.taken)
        await #expect(throws: SampleError.self) {
            try await Self.sample(folder, "in", to: "packed", compression: .zstd)
        }
    }

    @Test("damage is counted by kind, listed a hundred times a shard at most, and what is sound is taken")
    func damage() async throws {
        let folder = try TemporaryFolder()
        let bad = (0..<300).map { "{\"text\": \($0)}\n" }.joined()
        try folder.write(bad + Self.lines(0..<100), to: "in/web/x.jsonl")
        let cut = TemporaryFolder.zstd(Array(Self.lines(0..<100).utf8))
        try folder.write(Array(cut.dropLast(9)), to: "in/web/y.jsonl.zst")
        let sample = try await Self.sample(folder, "in", to: "out", share: 0.5)
        #expect(sample.problemCounts == [.textNotAString: 300, .truncatedFrame: 1])
        #expect(sample.problems.count == 101 && sample.losses == 301)
        #expect(sample.taken > 30)
    }

    @Test("thousands of sources in one shard need no more descriptors than one, whatever they are called")
    func manySources() async throws {
        let folder = try TemporaryFolder()
        let long = String(repeating: "a", count: 300)
        let lines = (0..<3_000).map { "{\"text\": \"\(Self.text($0))\", \"from\": \"\(long)/\($0)\"}\n" }.joined()
        try folder.write(lines, to: "in/web/x.jsonl")
        let fields = FieldSelection(source: try FieldPath("from"))
        let sample = try await CorpusSampler(share: 0.9).write(
            Corpus(paths: [folder.path + "/in"], fields: fields), to: folder.path + "/out")
        #expect(sample.sources.count == sample.taken && sample.taken > 2_500)
        let files = try Self.files(folder, "out")
        #expect(files.count == sample.taken)
        #expect(files.allSatisfy { $0.hasSuffix("/0-x.jsonl") })
    }
}

extension Audit.Totals {
    /// Whether these could be some of another corpus's documents, all copies of each.
    fileprivate func unitsAreCopiesOf(_ other: Audit) -> Bool {
        uniqueUnits <= other.totals.uniqueUnits && units <= other.totals.units
            && Double(units) / Double(uniqueUnits) < 2.01
    }
}
