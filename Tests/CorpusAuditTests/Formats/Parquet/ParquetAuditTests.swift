import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct ParquetAuditTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func options(_ level: Audit.Level = .document) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = level
        options.partInterval = .zero
        return options
    }

    /// Rows of text, source and score, with repeats and nulls.
    private struct Rows {
        var texts: [String?] = []
        var sources: [String?] = []
        var scores: [Double?] = []

        init(_ count: Int, seed: UInt64, words: Int = 20, nulls: Bool = true) {
            var generator = SeededGenerator(seed: seed)
            for row in 0..<count {
                let length = Int.random(in: 0..<words, using: &generator)
                let text = (0..<length).map { "wörd\((row / 2 &* ($0 + 7)) % 50)\n" }.joined()
                texts.append(nulls && Int.random(in: 0..<20, using: &generator) == 0 ? nil : text)
                sources.append(["web", "wiki", "ä", nil][Int.random(in: 0..<4, using: &generator)])
                scores.append([0.25, 1.5, 3, nil][Int.random(in: 0..<4, using: &generator)])
            }
        }

        func parquet(groupRows: Int, pageRows: Int = .max) -> [UInt8] {
            ParquetShards.file(
                ["text": .texts(texts), "meta.score": .doubles(scores), "source": .texts(sources)],
                groupRows: groupRows, pageRows: pageRows
            ).bytes
        }

        var lines: String {
            texts.indices.map { row in
                var members: [JSONMember] = []
                if let text = texts[row] { members.append(JSONMember(key: "text", value: .string(text))) }
                if let score = scores[row] {
                    members.append(JSONMember(key: "meta", value: .object(["score": .number(score)])))
                }
                if let source = sources[row] { members.append(JSONMember(key: "source", value: .string(source))) }
                return JSONValue.object(members).compactText + "\n"
            }.joined()
        }
    }

    private static let fields: FieldSelection? = try? FieldSelection(
        source: FieldPath("source"), quality: FieldPath("meta.score"))

    /// An audit with what tells of the files themselves taken out.
    private func comparable(_ audit: Audit) -> String {
        var audit = audit
        audit.inputs = []
        audit.madeBy = nil
        audit.options.sources = .init()
        audit.problems = audit.problems.map { problem in
            Problem(shard: "", record: problem.record, byteOffset: nil, kind: problem.kind, message: "")
        }
        return audit.json.fileText()
    }

    @Test(
        "the same documents give the same audit from Parquet and from JSON lines",
        arguments: [(1, 1), (7, 3), (100, 100), (5_000, 64)], [Audit.Level.document, .line])
    func sameAsLines(size: (groupRows: Int, pageRows: Int), level: Audit.Level) async throws {
        let rows = Rows(size.groupRows == 1 ? 60 : 1_500, seed: UInt64(size.groupRows))
        let fields = try #require(Self.fields)
        let (groupRows, pageRows) = size
        let parquet = try folder.write(rows.parquet(groupRows: groupRows, pageRows: pageRows), to: "p/a.parquet")
        let lines = try folder.write(rows.lines, to: "l/a.jsonl")
        let auditor = Auditor(options: try options(level))
        let audits = try await [
            auditor.audit(Corpus(paths: [lines], fields: fields)),
            auditor.audit(Corpus(paths: [parquet], fields: fields)),
        ]
        var sources = audits.map(\.sources)
        // A document without a source belongs to its folder's.
        for index in sources.indices { sources[index].removeAll { ["l", "p"].contains($0.name) } }
        #expect(sources[0] == sources[1])
        #expect(audits[0].totals == audits[1].totals)
        #expect(audits[0].problemCounts == audits[1].problemCounts)
        let renamed = audits.map { comparable($0).replacing("\"p\"", with: "\"l\"") }
        #expect(renamed[0] == renamed[1])
        let input = try #require(audits[1].inputs.first)
        #expect(input.rowGroups == (rows.texts.count + groupRows - 1) / groupRows)
        #expect(input.codecs == ["UNCOMPRESSED"])
        let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: parquet)))
        #expect(input.digest == bytes.withUnsafeBufferPointer { Fingerprint(of: $0) })
        #expect(audits[1].options.sources.first?.value.first?.format == "parquet")
        #expect(audits[0].inputs.first?.rowGroups == nil)
    }

    @Test("a scan that was killed between any two row groups goes on to the same audit")
    func resume() async throws {
        // A commit comes with every megabyte of text: in a soak there are thirty, else a few.
        let isSoak = ProcessInfo.processInfo.environment["DATAWALL_SOAK"] != nil
        let rows = Rows(isSoak ? 9_600 : 1_200, seed: 5, words: 900)
        let path = try folder.write(rows.parquet(groupRows: isSoak ? 300 : 100), to: "p/a.parquet")
        let corpus = try Corpus(paths: [path], fields: try #require(Self.fields))
        let auditor = Auditor(options: try options())
        let state = folder.path + "/state"
        let whole = try await auditor.audit(corpus).json.fileText()
        #expect(try await auditor.audit(corpus, state: state).json.fileText() == whole)
        var commits: [String] { ScanJournal.names(in: state + "/commits", endingIn: ".json") }
        let all = commits.count
        #expect(all >= (isSoak ? 30 : 3))
        for kept in 0..<all {
            for name in commits.dropFirst(kept) {
                try FileManager.default.removeItem(atPath: "\(state)/commits/\(name)")
            }
            let progress = ScanProgress()
            #expect(try await auditor.audit(corpus, state: state, progress: progress).json.fileText() == whole)
            #expect(progress.snapshot.documents <= rows.texts.count - kept * 100, "\(kept) of \(all) commits kept")
        }
        #expect(try await RunMerger().merge([state]).json.fileText() == whole)
    }

    @Test("a damaged page costs the rest of its row group, reported by row group and row")
    func damage() async throws {
        let texts = (0..<100).map { "text \($0)" as String? }
        var (bytes, pages) = ParquetShards.file(["text": .texts(texts)], groupRows: 40, pageRows: 10)
        // The second page of the second row group: its header becomes unreadable.
        for place in pages[5]..<pages[5] + 12 { bytes[place] = 0xFF }
        let path = try folder.write(bytes, to: "p/a.parquet")
        var options = try options()
        options.topCopies = 100
        let audit = try await Auditor(options: options).audit(try Corpus(paths: [path]))
        #expect(audit.totals.documents == 40 + 10 + 20)
        let problem = try #require(audit.problems.first)
        #expect(audit.problems.count == 1)
        #expect(problem.kind == .damagedParquet)
        #expect(problem.record == 50)
        #expect(problem.message.contains("row group 1, column 'text', page 1"))
        #expect(problem.message.contains("the last 30 of the 40 rows of this row group are left out"))
        #expect(!audit.isComplete)
        options.isStrict = true
        await #expect(throws: CorpusError.self) {
            try await Auditor(options: options).audit(try Corpus(paths: [path]))
        }
    }

    @Test("positions are rows, whatever was damaged before them, so that lists of records to keep name rows")
    func positions() async throws {
        var texts = (0..<60).map { "text \($0)" as String? }
        texts[55] = texts[3]
        texts[50] = nil
        var (bytes, pages) = ParquetShards.file(["text": .texts(texts)], groupRows: 20)
        for place in pages[1]..<pages[1] + 12 { bytes[place] = 0xFF }
        let runs = folder.path + "/runs"
        let corpus = try Corpus(paths: [folder.write(bytes, to: "p/a.parquet")])
        var options = try options()
        options.topCopies = 1
        let audit = try await Auditor(options: options).audit(corpus)
        #expect(audit.totals.documents == 39)
        #expect(audit.topCopies?.first?.record == 3)
        #expect(audit.topCopies?.first?.occurrences == 2)
        _ = try await Auditor(options: options).scan(corpus, into: runs)
        let list = try await RecordKeeper().keep([runs], into: folder.path + "/keep")
        let place = "\(folder.path)/keep/\(try #require(list.shards.first).file)"
        let rows = try String(contentsOfFile: place, encoding: .utf8).split(separator: "\n").compactMap { Int($0) }
        #expect(rows == Array(0..<20) + (40..<60).filter { $0 != 50 && $0 != 55 })
    }

    @Test("a missing column, or one of another type, lists the columns and names the option")
    func columns() async throws {
        let file = ParquetShards.file(
            ["content": .texts(["some words"]), "meta.score": .doubles([1]), "n": .integers([7])], groupRows: 10
        ).bytes
        let path = try folder.write(file, to: "p/a.parquet")
        for (fields, message) in try [
            (FieldSelection(), "the file has no column 'text'; its columns are content, "),
            (FieldSelection(text: FieldPath("contents")), "its columns are content, "),
            (FieldSelection(text: FieldPath("meta")), "'meta' is a group of columns"),
            (FieldSelection(text: FieldPath("n")), "the column 'n' has values of type INT64, not text"),
            (FieldSelection(text: FieldPath("content"), source: FieldPath("sauce")), "--source-key names a column"),
            (FieldSelection(text: FieldPath("content"), source: FieldPath("meta.score")), "which names no source"),
            (FieldSelection(text: FieldPath("content"), quality: FieldPath("score")), "--quality-key names a column"),
        ] {
            let audit = try await Auditor(options: options()).audit(Corpus(paths: [path], fields: fields))
            let kind: ProblemKind =
                message.contains("names a column") || message.contains("its columns")
                    || message.contains("a group") ? .missingColumn : .wrongColumnType
            #expect(audit.problems.map(\.kind) == [kind])
            #expect(audit.problems.first?.message.contains(message) == true, "\(audit.problems)")
            #expect(audit.totals.documents == 0)
        }
        let fields = try FieldSelection(text: FieldPath("content"), source: FieldPath("n"), quality: FieldPath("n"))
        let audit = try await Auditor(options: options()).audit(Corpus(paths: [path], fields: fields))
        #expect(audit.sources.map(\.name) == ["7"])
        #expect(audit.sources.map(\.quality) == [7])
    }

    @Test("what is no whole Parquet file, and what is not read of the format, is refused by name")
    func refusals() async throws {
        let whole = ParquetShards.file(["text": .texts(["a", "b"])], groupRows: 10).bytes
        let brotli = ParquetShards.file(["text": .texts(["a", "b"])], groupRows: 10, codec: 4).bytes
        for (bytes, kind, message) in [
            (Array(whole.dropLast(9)), ProblemKind.damagedParquet, "copy"),
            ([0, 1, 2, 3] + whole, .damagedParquet, "copy"),
            (brotli, .unreadFormat, "BROTLI"),
            ([], .emptyFile, "empty"),
        ] {
            let path = try folder.write(bytes, to: "p/a.parquet")
            let audit = try await Auditor(options: options()).audit(Corpus(paths: [path]))
            #expect(audit.problems.map(\.kind) == [kind], "\(audit.problems)")
            #expect(audit.problems.first?.message.contains(message) == true, "\(audit.problems)")
        }
        let stream = Shard(path: "-", location: "-", source: "stdin", fields: FieldSelection(), format: .parquet)
        var corpus = try Corpus(paths: [folder.write("{}", to: "o/a.jsonl")])
        corpus.shards = [stream]
        let audit = try await Auditor(options: options()).audit(corpus)
        #expect(audit.problems.first?.message.contains("not from a stream") == true)
    }

    @Test("null texts, texts over the limit and texts that are not UTF-8 are damage of their rows")
    func rows() async throws {
        let bytes: [[UInt8]] = [Array("fine".utf8), [0x61, 0xFF, 0x62], Array(String(repeating: "x", count: 99).utf8)]
        let path = try folder.write(
            ParquetShards.file(["text": .bytes(bytes), "s": .doubles([.nan, 1, 2])], groupRows: 10).bytes,
            to: "p/a.parquet")
        var options = try options()
        options.maximumRecordBytes = 50
        let fields = try FieldSelection(quality: FieldPath("s"))
        let audit = try await Auditor(options: options).audit(try Corpus(paths: [path], fields: fields))
        #expect(audit.totals.documents == 2)
        #expect(
            audit.problems.map { "\($0.record ?? -1) \($0.kind.rawValue)" } == [
                "0 missing_quality", "1 invalid_utf8", "2 record_too_long",
            ])
    }

    @Test("a sample of Parquet is JSON lines with all columns that have one value a row")
    func sample() async throws {
        let rows = Rows(400, seed: 9, nulls: false)
        let path = try folder.write(rows.parquet(groupRows: 50), to: "p/a.parquet")
        let fields = try #require(Self.fields)
        let corpus = try Corpus(paths: [path], fields: fields)
        let sample = try await CorpusSampler(share: 0.999_999_9).write(corpus, to: folder.path + "/s")
        #expect(sample.documents == 400)
        #expect(sample.taken == 400)
        let again = try Corpus(paths: [folder.path + "/s"], fields: fields)
        #expect(again.shards.allSatisfy { $0.format == .jsonLines && $0.path.hasSuffix("0-a.jsonl") })
        let auditor = Auditor(options: try options())
        let (first, second) = try await (auditor.audit(corpus), auditor.audit(again))
        #expect(first.totals.uniqueUnits == second.totals.uniqueUnits)
        #expect(first.totals.weightedUniqueTokens == second.totals.weightedUniqueTokens)
        #expect(first.sources.filter { $0.name != "p" }.map(\.uniqueTokens).count == 3)
    }

    @Test("folders key=value name the sources that --source-key asks for")
    func partitions() async throws {
        let file = ParquetShards.file(["text": .texts(["a", "b"])], groupRows: 10).bytes
        for name in ["dump=CC%3A1/lang=de/a.parquet", "dump=CC%3A1/lang=en/a.parquet", "dump=2/lang=de/b.parquet"] {
            try folder.write(file, to: "t/\(name)")
        }
        for (key, names) in [("dump", ["2", "CC:1"]), ("lang", ["de", "en"])] {
            let corpus = try Corpus(paths: [folder.path + "/t"], fields: FieldSelection(source: FieldPath(key)))
            let audit = try await Auditor(options: options()).audit(corpus)
            #expect(audit.sources.map(\.name) == names)
            #expect(audit.problems == [])
        }
    }
}
