import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder with one of everything: each file is read, or listed with its reason.
@Suite struct UnreadFilesTests {
    private static let record = "{\"text\": \"a\"}\n"

    /// Files by name: content, and the kind that lists them; `nil` for those that are read.
    private static let files: KeyValuePairs<String, ([UInt8], String?)> = [
        "a.jsonl": (Array(record.utf8), nil),
        "B.JSON": (Array("{\"text\": \"b\"}".utf8), nil),
        "c.ndjson.GZ": (TemporaryFolder.gzip(Array("{\"text\": \"c\"}".utf8)), nil),
        "d.zst": (TemporaryFolder.zstd(Array("{\"text\": \"d\"}".utf8)), nil),
        "e.txt": (Array("text".utf8), nil),
        "part-00000": (Array("{\"text\": \"f\"}".utf8), nil),
        "web/2023/g.jsonl": (Array("{\"text\": \"g\"}".utf8), nil),
        "dolma/documents/wiki/h.json.gz": (TemporaryFolder.gzip(Array("{\"text\": \"h\"}".utf8)), nil),
        "dolma/attributes/tags/h.json.gz": (TemporaryFolder.gzip(Array("{\"id\": 1}".utf8)), "attributes"),
        ".hidden.jsonl": (Array(record.utf8), "hidden"),
        ".git/config": (Array("x".utf8), "hidden"),
        "README.md": (Array("# Data".utf8), "no_data"),
        "LICENSE": (Array("free".utf8), "no_data"),
        "web/_SUCCESS": ([], "no_data"),
        "audit.json": (Array("{\n  \"format\": \"datawall-audit\"\n}".utf8), "datawall"),
        "000001.run": (Array("DWALLRUN".utf8) + [1, 0, 0, 0], "datawall"),
        "nothing.dat": ([], "empty"),
        "nothing.gz": (TemporaryFolder.gzip([]), "empty"),
        "left.out": (Array(record.utf8), "ignored"),
        "m.parquet.zst": (TemporaryFolder.zstd(Array("PAR1....PAR1".utf8)), "parquet"),
        "_metadata": (Array("PAR1....PAR1".utf8), "parquet_summary"),
        "pointer.parquet": (Array("version https://git-lfs.github.com/spec/v1\noid sha256:".utf8), "git_lfs_pointer"),
        "n.jsonl.xz": ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 1], "xz"),
        "o.jsonl.bz2": (Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0], "bzip2"),
        "p.jsonl.lz4": ([0x04, 0x22, 0x4D, 0x18, 0x64], "lz4"),
        "old.Z": ([0x1F, 0x9D, 0x90], "other_compression"),
        "twice.gz": (TemporaryFolder.gzip(TemporaryFolder.gzip(Array(record.utf8))), "other_compression"),
        "twice.jsonl.gz": (TemporaryFolder.gzip(TemporaryFolder.zstd(Array(record.utf8))), "other_compression"),
        "q.zip": (Array("PK".utf8) + [3, 4, 20, 0], "zip"),
        "r.7z": ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0], "seven_zip"),
        "s.tar": (tar, "tar"),
        "s.tar.gz": (TemporaryFolder.gzip(tar), "tar"),
        "t.warc.gz": (TemporaryFolder.gzip(Array("WARC/1.0\r\n".utf8)), "warc"),
        "u.npy": (TokenShards.numPy("<f4", count: 1) + [0, 0, 0, 0], "numpy"),
        "v.bin": (TokenShards.llmC(count: 1) + [7, 0], "llmc"),
        "w.bin": ([1, 2, 3, 4], "token_ids"),
        "x.idx": (Array("MMIDIDX".utf8), "index_without_bin"),
        "utf16.jsonl": ([0xFF, 0xFE] + Array(record.utf8).flatMap { [$0, 0] }, "utf16"),
        "utf16-bare.txt": (Array(record.utf8).flatMap { [$0, 0] }, "utf16"),
        "utf32.txt": (Array(record.utf8).flatMap { [$0, 0, 0, 0] }, "utf32"),
        "y.h5": ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "hdf5"),
        "y.arrow": (Array("ARROW1".utf8) + [0, 0], "arrow"),
        "y.avro": (Array("Obj".utf8) + [1, 2], "avro"),
        "y.orc": (Array("ORC".utf8) + [8, 3], "orc"),
        "y.db": (Array("SQLite format 3".utf8) + [0], "sqlite"),
        "y.pdf": (Array("%PDF-1.7".utf8), "pdf"),
        "mds/index.json": (Array("{\"version\": 2, \"shards\": []}".utf8), "mds"),
        "mds/shard.00000.mds.zstd": (TemporaryFolder.zstd([1, 0, 0, 0]), "mds"),
        "delta/_delta_log/0.json": (Array("{\"add\": 1}".utf8), "delta_table"),
        "delta/part-0.parquet": (Array("PAR1".utf8), "delta_table"),
        "ice/metadata/v1.metadata.json": (Array("{}".utf8), "iceberg_table"),
        "ice/data/0.parquet": (Array("PAR1".utf8), "iceberg_table"),
        "array.json": (Array("[{\"text\": \"a\"}]".utf8), nil),
        "array.json.gz": (TemporaryFolder.gzip(Array("[\n{\"text\": \"a\"}]".utf8)), nil),
        "pretty.json": (Array("{\n\"text\": \"a\"\n}".utf8), "pretty_json"),
        "table.csv": (Array("text\na\n".utf8), "csv"),
        "script.py": (Array("print()\n".utf8), "plain_text"),
        "image.png": ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "binary"),
    ]

    @Test("the data folder or a partition of a table is refused like the table, and files that are named are not")
    func insideTables() throws {
        let folder = try TemporaryFolder([
            "ice/metadata/v1.metadata.json": "{}", "ice/data/day=1/0.jsonl": Self.record,
            "delta/_delta_log/0.json": "{}", "delta/day=1/hour=2/0.jsonl": Self.record, "data/0.jsonl": Self.record,
        ])
        for (path, kind) in [
            ("ice/data", "iceberg_table"), ("ice/data/day=1", "iceberg_table"), ("delta/day=1", "delta_table"),
            ("delta/day=1/hour=2/", "delta_table"),
        ] {
            let corpus = try Corpus(paths: ["\(folder.path)/\(path)", "\(folder.path)/data"])
            #expect(corpus.shards.count == 1)
            #expect(corpus.skipped.map(\.kind) == [kind])
        }
        #expect(try Corpus(paths: [folder.path + "/ice/data/day=1/0.jsonl"]).shards.count == 1)
    }

    private static let tar = [UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8) + [0, 0x30, 0x30]

    @Test("every file under a path is read, or listed by kind")
    func everything() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path + "/c"
        for (name, (bytes, _)) in Self.files { try folder.write(bytes, to: "c/" + name) }
        var wanted: [String: Int] = [:]
        for case (_, (_, let kind?)) in Self.files { wanted[kind, default: 0] += 1 }

        // Links: out of the folder, to nothing, in a circle, to a folder above, to a file that is read.
        let outside = try folder.write("{\"text\": \"outside\"}", to: "outside.jsonl")
        let files = FileManager.default
        for (name, target) in [
            ("link.jsonl", outside), ("nowhere.jsonl", "missing"), ("circle.jsonl", "circle.jsonl"), ("web/up", ".."),
            ("0-first.jsonl", "a.jsonl"),
        ] {
            try files.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: target)
        }
        try files.linkItem(atPath: root + "/a.jsonl", toPath: root + "/hard.jsonl")
        wanted["broken_link"] = 2
        wanted["duplicate"] = 3
        // What must not be opened.
        #expect(mkfifo(root + "/pipe.jsonl", 0o600) == 0)
        #expect(mkfifo(root + "/.pipe", 0o600) == 0)
        wanted["special_file"] = 1
        wanted["hidden", default: 0] += 1
        // A name that is no text, of a file and of a folder.
        let names: [[UInt8]] = [Array("/bad-".utf8) + [0xFF], Array("/dir-".utf8) + [0xC3, 0x28]]
        let file = open((Array(root.utf8) + names[0]).map { CChar(bitPattern: $0) } + [0], O_CREAT | O_WRONLY, 0o600)
        #expect(file >= 0)
        close(file)
        #expect(mkdir((Array(root.utf8) + names[1]).map { CChar(bitPattern: $0) } + [0], 0o700) == 0)
        wanted["name_not_utf8"] = 2

        let corpus = try Corpus(paths: [root], ignoring: [#require(IgnorePattern("left.out"))])
        #expect(Dictionary(uniqueKeysWithValues: corpus.skipped.map { ($0.kind, $0.files) }) == wanted)
        #expect(wanted.count >= 30)
        #expect(
            corpus.shards.map { String($0.path.dropFirst(root.count + 1)) } == [
                "B.JSON", "a.jsonl", "array.json", "array.json.gz", "c.ndjson.GZ", "d.zst",
                "dolma/documents/wiki/h.json.gz", "e.txt", "link.jsonl", "part-00000", "web/2023/g.jsonl",
            ])
        #expect(Set(corpus.shards.map(\.source)) == ["c", "dolma", "web"])
        let harmless: Set = [
            "hidden", "no_data", "attributes", "datawall", "empty", "duplicate", "ignored", "parquet_summary",
        ]
        #expect(Set(corpus.skipped.filter { !$0.mayHoldData }.map(\.kind)) == harmless)
        #expect(corpus.skipped.allSatisfy { !$0.reason.isEmpty && (1...3).contains($0.examples.count) })
        let examples = Dictionary(uniqueKeysWithValues: corpus.skipped.map { ($0.kind, $0.examples) })
        #expect(examples["name_not_utf8"] == [root + "/bad-\\xFF", root + "/dir-\\xC3("])
        #expect(examples["duplicate"] == [root + "/0-first.jsonl", root + "/hard.jsonl", root + "/web/up/"])
        #expect(examples["delta_table"] == [root + "/delta/"])
        #expect(
            corpus.problems.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [
                .brokenLink, .brokenLink, .unusableName, .unusableName, .specialFile,
            ])

        let options = AuditOptions(tokenizer: try ByteRatioCounter())
        let audit = try await Auditor(options: options).audit(corpus)
        #expect(audit.totals.documents == 11)
        #expect(!audit.isComplete)
        #expect(audit.damagedShare == 0)
        #expect(audit.skipped == corpus.skipped)
        var check = AuditCheck()
        check.requiresCompleteness = true
        #expect(check.results(for: audit).map(\.isPassed) == [false])
        #expect(check.results(for: audit).first?.reason.contains("2 utf16") == true)

        // Scans carry the list, whole and in tasks, and a merge counts it once.
        let tasks = folder.path + "/tasks"
        _ = try await Auditor(options: options).scan(corpus, into: folder.path + "/whole")
        for task in ["0/3", "1/3", "2/3"] {
            _ = try await Auditor(options: options).scan(corpus, into: tasks, task: #require(ScanTask(task)))
        }
        for runs in ["/whole", "/tasks"] {
            let merged = try await RunMerger().merge([folder.path + runs])
            #expect(merged.json.fileText() == audit.json.fileText())
        }
        let resumed = try await Auditor(options: options).audit(corpus, state: folder.path + "/state")
        #expect(resumed == audit)
        #expect(try await RunMerger().merge([folder.path + "/state"]) == audit)
    }

    @Test("an audit is complete where only files without data are left out")
    func complete() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.record, to: "web/a.jsonl")
        for name in ["web/README.md", "web/.DS_Store", "web/_SUCCESS"] { try folder.write("x", to: name) }
        try folder.write("Obj\u{1}", to: "web/b.avro")
        let ignored = try [#require(IgnorePattern("*.avro"))]
        let corpus = try Corpus(paths: [folder.path], ignoring: ignored)
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        #expect(audit.isComplete)
        #expect(audit.skipped.map(\.kind) == ["hidden", "ignored", "no_data"])
        #expect(audit.unread == [])
        let other = try Corpus(paths: [folder.path])
        #expect(other.skipped.map(\.kind) == ["avro", "hidden", "no_data"])
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.isStrict = true
        let error = await #expect(throws: CorpusError.self) { try await Auditor(options: options).audit(other) }
        #expect(error?.description.contains("b.avro: Avro is not read") == true)
    }

    @Test("where nothing can be read, the reasons are the error", arguments: ["c", "c/a.avro", "c/*"])
    func nothing(path: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("Obj\u{1}", to: "c/a.avro")
        let error = #expect(throws: CorpusError.self) { try Corpus(paths: [folder.path + "/" + path]) }
        #expect(error?.description.contains("/c/a.avro: Avro is not read; convert it") == true)
    }

    @Test(
        "a folder or pattern leaves out what --ignore names, by name or by path",
        arguments: [
            ("b.jsonl", ["a.jsonl", "s/c.jsonl"]), ("s", ["a.jsonl", "b.jsonl"]), ("s/", ["a.jsonl", "b.jsonl"]),
            ("s/*.jsonl", ["a.jsonl", "b.jsonl"]), ("c/s/b.jsonl", ["a.jsonl", "b.jsonl", "s/c.jsonl"]),
            ("**/c.jsonl", ["a.jsonl", "b.jsonl"]),
        ] as [(String, [String])])
    func ignoring(pattern: String, left: [String]) throws {
        let folder = try TemporaryFolder()
        for name in ["a.jsonl", "b.jsonl", "s/c.jsonl"] { try folder.write(Self.record, to: "c/" + name) }
        try folder.write(Self.record, to: "z.jsonl")
        let root = folder.path + "/c"
        let corpus = try Corpus(
            paths: [root, folder.path + "/z.jsonl"], ignoring: [#require(IgnorePattern(pattern))])
        #expect(corpus.shards.map(\.path) == left.map { root + "/" + $0 } + [folder.path + "/z.jsonl"])
        #expect(corpus.skipped.reduce(0) { $0 + $1.files } == 3 - left.count)
    }

    @Test("a manifest lists what its sources leave unread, and a file of two sources is refused or counts once")
    func manifest() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.record, to: "c/web/a.jsonl")
        try folder.write("Obj\u{1}", to: "c/web/b.avro")
        try FileManager.default.createDirectory(atPath: folder.path + "/c/wiki", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/c/wiki/a.jsonl", withDestinationPath: "../web/a.jsonl")
        let path = try folder.write(
            "sources:\n  - {name: web, paths: [web]}\n  - {name: wiki, paths: [wiki]}\n", to: "c/corpus.yml")
        let corpus = try Corpus(manifest: path)
        #expect(corpus.shards.map(\.path) == ["web/a.jsonl"])
        #expect(corpus.shards.map(\.source) == ["web"])
        #expect(corpus.skipped.map(\.kind) == ["avro", "duplicate"])
        #expect(corpus.skipped.map(\.examples) == [["web/b.avro"], ["wiki/a.jsonl"]])
    }

    @Test("files that another source of the same folder reads are not listed as unread")
    func sharedFolder() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.record, to: "c/d/a.jsonl")
        try folder.write("text", to: "c/d/b.txt")
        try folder.write("Obj\u{1}", to: "c/d/e.avro")
        let path = try folder.write(
            """
            sources:
              - {name: web, paths: [d], format: jsonl}
              - {name: books, paths: [d], format: txt}
            """, to: "c/corpus.yml")
        let corpus = try Corpus(manifest: path)
        #expect(corpus.shards.map(\.source) == ["web", "books"])
        #expect(corpus.skipped.map(\.kind) == ["avro"])
    }

    @Test("an index that is named leads to its shard, and so does the name of both")
    func megatron() throws {
        let folder = try TemporaryFolder()
        try TokenShards(folder: folder).writeMegatron([[1, 2], [3]], to: "c/t_text_document")
        for path in ["c", "c/t_text_document", "c/t_text_document.bin", "c/t_text_document.idx", "c/*"] {
            let corpus = try Corpus(paths: [folder.path + "/" + path])
            #expect(corpus.shards.map(\.path) == [folder.path + "/c/t_text_document.bin"], "\(path)")
            #expect(corpus.shards.map(\.format) == [.megatron])
            #expect(corpus.skipped == [])
        }
        let both = ["bin", "idx"].map { "\(folder.path)/c/t_text_document.\($0)" }
        #expect(try Corpus(paths: both).skipped == [])
        #expect(try Corpus(paths: both.reversed()).skipped == [])
        let flat = try Corpus(paths: [folder.path + "/c"], format: FormatSelection(kind: .uint16))
        #expect(flat.skipped.map(\.kind) == ["index"])
        #expect(!flat.skipped[0].mayHoldData)
    }
}
