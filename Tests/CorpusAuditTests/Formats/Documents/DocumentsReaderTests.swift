import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct DocumentsReaderTests {
    private static func options() throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.threads = 1
        return options
    }

    private static func audit(_ path: String, fields: FieldSelection = FieldSelection()) async throws -> Audit {
        try await Auditor(options: options()).audit(try Corpus(paths: [path], fields: fields))
    }

    /// Documents with repeats, empty texts, and a source and a score for each.
    private static func documents(_ random: inout SeededGenerator, count: Int) -> [PushedDocuments.Document] {
        (0..<count).map { _ in
            let number = Int.random(in: 0..<80, using: &random)
            return PushedDocuments.Document(
                number == 0 ? "" : "text \(number) é", source: ["code", "web", "wiki"].randomElement(using: &random),
                quality: Double(Int.random(in: 0...4, using: &random)) / 2)
        }
    }

    /// The members of an audit but for its inputs and how they were read.
    private static func counts(_ audit: Audit) -> [JSONMember] {
        guard case .object(let members) = audit.json else { return [] }
        return members.filter { !["inputs", "options", "made_by"].contains($0.key) }
    }

    @Test(
        "pushed documents make the audit of the same texts in a file, however they are cut into blocks",
        arguments: 1...4)
    func sameCounts(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let documents = Self.documents(&random, count: 200)
        let folder = try TemporaryFolder()
        let lines = documents.map {
            JSONValue.object([
                "text": .string($0.text), "source": .string($0.source ?? ""), "quality": .number($0.quality ?? 1),
            ]).compactText
        }
        let file = try folder.write(lines.joined(separator: "\n"), to: "web/part.jsonl")
        let fields = FieldSelection(source: try FieldPath("source"), quality: try FieldPath("quality"))
        let expected = Self.counts(try await Self.audit(file, fields: fields))
        for blocks in [1, 7, 64, 200] {
            let layout = PushedDocuments.Layout(
                isWide: Bool.random(using: &random), hasChecksum: Bool.random(using: &random),
                firstOffset: Int.random(in: 0...9, using: &random))
            let stream = PushedDocuments.stream(documents, blocks: blocks, layout)
            let pushed = try folder.write(stream, to: "web/part-\(blocks).dwdocs")
            #expect(Self.counts(try await Self.audit(pushed)) == expected, "seed \(seed), blocks of \(blocks)")
            let packed = try folder.write(TemporaryFolder.zstd(stream), to: "web/part-\(blocks).zst")
            #expect(Self.counts(try await Self.audit(packed)) == expected, "seed \(seed), compressed")
        }
    }

    @Test("how documents are cut into blocks changes nothing in the audit of a pipe")
    func digest() async throws {
        var random = SeededGenerator(seed: 9)
        let documents = Self.documents(&random, count: 50)
        var audits: [Audit] = []
        for blocks in [3, 50] {
            let folder = try TemporaryFolder()
            let path = folder.path + "/pipe"
            try #require(mkfifo(path, 0o600) == 0)
            let stream = Data(PushedDocuments.stream(documents, blocks: blocks))
            Thread.detachNewThread { try? stream.write(to: URL(fileURLWithPath: path)) }
            let corpus = try Corpus(paths: [path], format: FormatSelection(kind: .documents))
                .naming(stream: "web/part-7", format: FormatSelection(kind: .documents))
            audits.append(try await Auditor(options: Self.options()).audit(corpus))
        }
        #expect(audits[0].json == audits[1].json)
        #expect(audits[0].inputs.map(\.bytes) == [documents.reduce(0) { $0 + $1.text.utf8.count }])
    }

    @Test("documents without columns belong to the folder of the stream's name and weigh 1")
    func withoutColumns() async throws {
        let folder = try TemporaryFolder()
        let stream = PushedDocuments.stream([.init("one"), .init("one"), .init("two")])
        let audit = try await Self.audit(try folder.write(stream, to: "web/x.dwdocs"))
        #expect(audit.sources.map(\.name) == ["web"])
        #expect(audit.sources[0].quality == 1)
        #expect(audit.totals.uniqueUnits == 2)
        #expect(audit.problems.isEmpty)
    }

    @Test("documents that name their sources do not make one of the stream's folder")
    func sources() async throws {
        let folder = try TemporaryFolder()
        let stream = PushedDocuments.stream([.init("one", source: "code"), .init("two", source: "wiki")])
        let audit = try await Self.audit(try folder.write(stream, to: "web/x.dwdocs"))
        #expect(audit.sources.map(\.name) == ["code", "wiki"])
    }

    @Test("a document without a score among others that have one weighs 1, and a score that is no weight is reported")
    func scores() async throws {
        let folder = try TemporaryFolder()
        let documents: [PushedDocuments.Document] = [
            .init("one", quality: nil), .init("two", quality: 3), .init("three", quality: -1),
        ]
        let audit = try await Self.audit(try folder.write(PushedDocuments.stream(documents), to: "web/x.dwdocs"))
        #expect(audit.problems.map(\.kind) == [.unusableQuality])
        #expect(audit.problems.map(\.record) == [2])
        #expect(abs(audit.sources[0].quality - (3 + 2 * 3 + 5) / 11) < 0.35)
    }

    @Test("text that is not UTF-8 counts with U+FFFD and is reported by document")
    func invalidText() async throws {
        let folder = try TemporaryFolder()
        var stream = PushedDocuments.stream([.init("one"), .init("two")])
        let place = try #require(stream.firstRange(of: Array("two".utf8))?.lowerBound)
        stream[place] = 0xFF
        let audit = try await Self.audit(try folder.write(stream, to: "web/x.dwdocs"))
        #expect(audit.problems.map(\.kind) == [.invalidUTF8])
        #expect(audit.problems.map(\.record) == [1])
        #expect(audit.totals.documents == 2)
    }

    @Test("a sample of pushed documents is lines of JSON with their columns")
    func sample() async throws {
        let folder = try TemporaryFolder()
        let documents: [PushedDocuments.Document] = [.init("a \"b\"\n", source: "code", quality: 2)]
        let path = try folder.write(PushedDocuments.stream(documents), to: "in/x.dwdocs")
        let corpus = try Corpus(paths: [path])
        let sample = try await CorpusSampler(share: 0.999_999).write(corpus, to: folder.path + "/out")
        #expect(sample.taken == 1)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/out")
        let name = try #require(files.first { $0.hasSuffix(".jsonl") })
        let line = try String(contentsOfFile: "\(folder.path)/out/\(name)", encoding: .utf8)
        #expect(line == "{\"text\": \"a \\\"b\\\"\\n\", \"source\": \"code\", \"quality\": 2.0}\n")
    }

    // MARK: Streams that are not whole

    private static let two: [PushedDocuments.Document] = [
        .init("one", source: "a", quality: 1), .init("three", source: "b", quality: 2),
    ]

    /// Why a stream is refused; `nil` where it is read.
    private static func refusal(
        _ stream: [UInt8], in folder: TemporaryFolder, state: String? = nil
    ) async throws -> String? {
        let path = try folder.write(stream, to: "web/x.dwdocs")
        let corpus = try Corpus(paths: [path], format: FormatSelection(kind: .documents))
        do {
            _ = try await Auditor(options: options()).audit(corpus, state: state)
            return nil
        } catch CorpusError.brokenShard(_, let reason) {
            return reason
        }
    }

    @Test("a stream that is cut anywhere counts for nothing and leaves no commit")
    func cut() async throws {
        let whole = PushedDocuments.stream(Self.two, blocks: 1)
        let folder = try TemporaryFolder()
        for length in 0..<whole.count {
            let state = length % 40 == 0 ? "\(folder.path)/state-\(length)" : nil
            let reason = try await Self.refusal(Array(whole.prefix(length)), in: folder, state: state)
            #expect(reason != nil, "the first \(length) bytes")
        }
        let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(left.contains { $0.hasPrefix("state-") } && !left.contains { $0.contains("commit-") })
        #expect(try await Self.refusal(whole, in: folder) == nil)
        #expect(try await Self.refusal(whole + [0], in: folder) == "bytes follow the end mark")
    }

    @Test(
        "a stream that contradicts itself is refused in a sentence",
        arguments: [
            (8, 2, "the stream is of version 2"), (12, 1, "bytes that are not zero"),
            (0, 0x50, "no stream of pushed documents"), (16, 0x45, "neither a block nor the end mark"),
            (20, 3, "a block"), (24, 0x10, "the unknown flags 16"), (24, 9, "do not announce"), (28, 1, "a block"),
            (32, 0, "shorter than its columns"), (40, 1, "do not announce"), (56, 200, "decrease"),
            (48 + 24 + 16, 7, "names the source 7"),
        ])
    func contradiction(_ offset: Int, _ byte: UInt8, _ said: String) async throws {
        var stream = PushedDocuments.stream(Self.two)
        stream[offset] = byte
        let reason = try #require(try await Self.refusal(stream, in: TemporaryFolder()))
        #expect(reason.contains(said), "\(reason)")
    }

    @Test("no change of a byte makes a stream with checksums count otherwise, or ends the process", arguments: 1...2)
    func flips(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let stream = PushedDocuments.stream(
            Self.documents(&random, count: 4), blocks: 2, .init(isWide: seed == 1, hasChecksum: true))
        let folder = try TemporaryFolder()
        for offset in stream.indices {
            var changed = stream
            changed[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            #expect(try await Self.refusal(changed, in: folder) != nil, "seed \(seed), byte \(offset)")
        }
    }
}
