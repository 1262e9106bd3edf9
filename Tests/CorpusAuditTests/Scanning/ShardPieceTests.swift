import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Threads share the row groups of a large file, and nothing in the audit shows it.
@Suite struct ShardPieceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let fields: FieldSelection? = try? FieldSelection(
        source: FieldPath("source"), quality: FieldPath("meta.score"))

    /// Two Parquet files with repeats, nulls, several sources and missing scores.
    private func write(seed: UInt64, rows: Int = 900) throws {
        var generator = SeededGenerator(seed: seed)
        for name in ["a", "b"] {
            let texts: [String?] = (0..<rows).map { row in
                if Int.random(in: 0..<25, using: &generator) == 0 { return nil }
                let number = Int.random(in: 0..<rows, using: &generator)
                return "text \(number) " + String(repeating: "wörd ", count: row % 17)
            }
            let sources: [String?] = texts.indices.map { ["web", "wiki", "ä", nil][($0 / 100) % 4] }
            let scores: [Double?] = texts.indices.map { $0 % 11 == 0 ? nil : Double($0 % 5) }
            let file = ParquetShards.file(
                ["text": .texts(texts), "meta.score": .doubles(scores), "source": .texts(sources)],
                groupRows: Int.random(in: 10...60, using: &generator), pageRows: 16)
            try folder.write(file.bytes, to: "shards/\(name).parquet")
        }
    }

    private func options(threads: Int, pieceBytes: Int) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.threads = threads
        options.pieceBytes = pieceBytes
        options.commitInterval = .zero
        options.partInterval = .zero
        return options
    }

    private func corpus() throws -> Corpus {
        try Corpus(paths: [folder.path + "/shards"], fields: try #require(Self.fields))
    }

    @Test("an audit is the same whatever the pieces and the threads", arguments: [1, 2, 3] as [UInt64])
    func sameAudit(seed: UInt64) async throws {
        try write(seed: seed)
        let whole = try await Auditor(options: options(threads: 1, pieceBytes: 1 << 30)).audit(corpus())
        for (threads, pieceBytes) in [(1, 1), (2, 2_000), (3, 9_000), (8, 1)] {
            let auditor = Auditor(options: try options(threads: threads, pieceBytes: pieceBytes))
            let audit = try await auditor.audit(corpus())
            #expect(audit.json.fileText() == whole.json.fileText(), "seed \(seed), \(threads) threads")
            let state = "\(folder.path)/state-\(threads)"
            let resumable = try await auditor.audit(corpus(), state: state)
            #expect(resumable.json.fileText() == whole.json.fileText(), "seed \(seed), \(threads) threads")
            #expect(try await RunMerger().merge([state]).json.fileText() == whole.json.fileText())
        }
    }

    @Test("pieces whose commits are missing are read again, and no others", arguments: 1...6 as ClosedRange<UInt64>)
    func resumed(seed: UInt64) async throws {
        try write(seed: seed)
        let whole = try await Auditor(options: options(threads: 1, pieceBytes: 1 << 30)).audit(corpus())
        let state = folder.path + "/state"
        _ = try await Auditor(options: options(threads: 2, pieceBytes: 3_000)).scan(corpus(), into: state)
        var generator = SeededGenerator(seed: seed)
        let commits = ScanJournal.names(in: state + "/commits", endingIn: ".json")
        #expect(commits.count > 4)
        for name in commits where Bool.random(using: &generator) {
            try FileManager.default.removeItem(atPath: "\(state)/commits/\(name)")
        }
        let left = Set(ScanJournal.names(in: state + "/commits", endingIn: ".json"))
        if left.count < commits.count {
            await #expect(throws: RunError.self, "seed \(seed)") { try await RunMerger().merge([state]) }
            #expect(try ScanStatus(of: [state]).isComplete == false)
        }
        // Other threads, and other pieces of what is left.
        _ = try await Auditor(options: options(threads: 3, pieceBytes: 5_000)).scan(corpus(), into: state)
        #expect(left.isSubset(of: ScanJournal.names(in: state + "/commits", endingIn: ".json")), "seed \(seed)")
        #expect(try ScanStatus(of: [state]).isComplete)
        #expect(try await RunMerger().merge([state]).json.fileText() == whole.json.fileText(), "seed \(seed)")
    }

    @Test("a file of which a part is committed is read again from its start once it has changed")
    func changed() async throws {
        try write(seed: 7)
        let state = folder.path + "/state"
        _ = try await Auditor(options: options(threads: 2, pieceBytes: 3_000)).scan(corpus(), into: state)
        let commits = ScanJournal.names(in: state + "/commits", endingIn: ".json")
        for name in commits.suffix(3) { try FileManager.default.removeItem(atPath: "\(state)/commits/\(name)") }
        try write(seed: 8)
        let whole = try await Auditor(options: options(threads: 1, pieceBytes: 1 << 30)).audit(corpus())
        let audit = try await Auditor(options: options(threads: 2, pieceBytes: 3_000)).audit(corpus(), state: state)
        #expect(audit.json.fileText() == whole.json.fileText())
    }

    @Test("damage is listed in the order of its rows, a hundred of a kind for a shard, whatever the pieces")
    func damage() async throws {
        let texts: [String?] = (0..<2_000).map { $0 % 3 == 0 ? nil : "text \($0)" }
        var bytes = ParquetShards.file(["text": .texts(texts)], groupRows: 50, pageRows: 10).bytes
        for place in stride(from: bytes.count / 5, to: bytes.count / 2, by: 3_001) { bytes[place] ^= 0xFF }
        try folder.write(bytes, to: "shards/a.parquet")
        let corpus = try Corpus(paths: [folder.path + "/shards"])
        let whole = try await Auditor(options: options(threads: 1, pieceBytes: 1 << 30)).audit(corpus)
        let listed = Dictionary(grouping: whole.problems, by: \.kind).mapValues(\.count)
        #expect(listed == [.missingKey: 100, .damagedParquet: 2, .invalidUTF8: 1])
        for (threads, pieceBytes) in [(1, 1), (4, 1), (2, 5_000)] {
            let audit = try await Auditor(options: options(threads: threads, pieceBytes: pieceBytes)).audit(corpus)
            #expect(audit.json.fileText() == whole.json.fileText(), "\(threads) threads")
        }
    }

    @Test("pieces of what is left leave out what was read, and none is larger than it must be")
    func division() {
        let sizes = [Int](repeating: 10, count: 10)
        func ranges(_ pieces: [ShardPiece]) -> [Range<Int>] { pieces.filter { !$0.isDigest }.map { $0.first..<$0.end } }
        let all = ShardDivision.pieces(of: sizes, after: [], bytes: 25)
        #expect(ranges(all) == [0..<3, 3..<6, 6..<9, 9..<10] && ShardPiece.areWhole(all))
        let known = [ShardPiece(first: 3, end: 6, total: 10), .digest(of: 10)]
        let rest = ShardDivision.pieces(of: sizes, after: known, bytes: 25)
        #expect(ranges(rest) == [0..<3, 6..<9, 9..<10] && ShardPiece.areWhole(known + rest))
        #expect(!ShardPiece.areWhole(rest) && ShardPiece.contradict(known + all))
        #expect(ShardDivision.pieces(of: [7], after: [], bytes: 1).count == 2)
    }
}
