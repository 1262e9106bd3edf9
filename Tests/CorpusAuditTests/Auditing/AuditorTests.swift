import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditorTests {
    private static let weights: [Int: Double] = [0: 0.2, 1: 0.2, 2: 0.2, 3: 1, 4: 1, 5: 2]

    /// Three sources of two shards each, in plain, zstd with many frames, and gzip, with the oracle's view of them.
    private static func corpus(seed: UInt64, records: Int, in folder: TemporaryFolder) throws -> AuditOracle {
        var generator = HostileCorpus(seed: seed)
        var oracle = AuditOracle(sources: [("wiki", 1.5), ("web", 1), ("code", 0.75)])
        for source in ["web", "wiki", "code"] {
            for part in 0..<2 {
                var lines: [String] = []
                for _ in 0..<records / 6 {
                    lines.append(generator.record(text: generator.nextText(), score: generator.score(), source: source))
                    if generator.score() == 0 { lines.append(["", " ", "\t\r"][part]) }
                }
                if source == "web", part == 1 {
                    let long = String(repeating: "five megabytes \\n ", count: 5 << 20 / 18)
                    lines.append("{\"meta\": {\"score\": 3}, \"text\": \"\(long)\"}")
                    lines.append("{\"text\": \"\(long)\", \"meta\": {\"score\": 5}}")
                }
                let path = "\(source)/part-\(part).jsonl"
                try oracle.add(lines: lines, source: source, path: path, scoreWeights: weights)
                let ending = part == 0 ? "\n" : ""
                let bytes = Array((lines.joined(separator: part == 0 ? "\n" : "\r\n") + ending).utf8)
                switch (source, part) {
                case ("web", _):
                    // Frames that end anywhere, inside lines and escapes too.
                    var packed: [UInt8] = []
                    for start in stride(from: 0, to: bytes.count, by: 100_003) {
                        packed += TemporaryFolder.zstd(Array(bytes[start..<min(start + 100_003, bytes.count)]))
                    }
                    try folder.write(packed, to: path + ".zst")
                case ("code", 0):
                    let half = bytes.count / 2
                    let packed =
                        TemporaryFolder.gzip(Array(bytes[..<half])) + TemporaryFolder.gzip(Array(bytes[half...]))
                    try folder.write(packed, to: path + ".gz")
                default:
                    try folder.write(bytes, to: path)
                }
            }
        }
        try folder.write(
            """
            sources:
              - {name: wiki, paths: ["wiki/*.jsonl"], quality: 1.5, max_epochs: 6, floor: 0.02}
              - {name: web, paths: ["web/**"]}
              - {name: code, paths: [code], quality: 0.75}
            """, to: "corpus.yml")
        return oracle
    }

    private func options(threads: Int) throws -> AuditOptions {
        var options = try AuditOptions(tokenizer: ByteRatioCounter())
        options.threads = threads
        return options
    }

    private static func fields() throws -> FieldSelection {
        try FieldSelection(quality: FieldPath("meta.score"), qualityMap: QualityMap("0:0.2,3:1,5:2"))
    }

    @Test("an audit of 20,000 hostile records is what plain dictionaries say", arguments: [20_261_121])
    func oracle(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let oracle = try Self.corpus(seed: seed, records: 20_400, in: folder)
        let corpus = try Corpus(manifest: folder.path + "/corpus.yml", fields: Self.fields())
        let audit = try await Auditor(options: options(threads: 2)).audit(corpus)

        #expect(audit.problems == [], "seed \(seed)")
        #expect(audit.isComplete)
        #expect(audit.totals.documents == oracle.documents)
        #expect(audit.totals.documents >= 20_400)
        #expect(audit.totals.units == oracle.documents)
        #expect(audit.totals.emptyUnits == oracle.emptyUnits)
        #expect(audit.totals.uniqueUnits == oracle.copies.count)
        #expect(audit.totals.bytes == oracle.bytes)
        #expect(audit.totals.uniqueBytes == oracle.copies.keys.reduce(0) { $0 + $1.count })
        // Estimates are rounded once: every sum is within a token of the exact quarter of its bytes.
        #expect(audit.totals.tokens == Int(oracle.tokens.rounded()))
        #expect(audit.totals.uniqueTokens == Int(oracle.uniqueTokens.rounded()))
        #expect(abs(audit.totals.weightedUniqueTokens / oracle.weightedUniqueTokens - 1) < 1e-4)
        #expect(audit.sources.map(\.name) == ["wiki", "web", "code"])
        #expect(audit.sources.reduce(0) { $0 + $1.ownedUniqueTokens } == audit.totals.uniqueTokens)
        for (place, source) in audit.sources.enumerated() {
            #expect(abs(Double(source.tokens) - oracle.tokens(place)) < 1)
            #expect(abs(Double(source.uniqueTokens) - oracle.uniqueTokens(place)) < 1)
            #expect(abs(Double(source.ownedUniqueTokens) - oracle.ownedTokens(place)) < 1)
            #expect(abs(Double(source.exclusiveTokens) - oracle.exclusiveTokens(place)) < 1)
            let quality = oracle.weightedUniqueTokens(place) / oracle.uniqueTokens(place)
            #expect(abs(source.quality / quality - 1) < 1e-9)
            #expect(abs(source.quality / (source.weightedUniqueTokens / Double(source.uniqueTokens)) - 1) < 1e-12)
            #expect(source.qualityHistogram.reduce(0) { $0 + $1.uniqueTokens } == source.uniqueTokens)
            #expect(source.qualityHistogram.reduce(0) { $0 + $1.tokens } == source.tokens)
            #expect(source.copies.reduce(0) { $0 + $1.units } == source.uniqueUnits)
            for bucket in source.copies {
                let expected = oracle.copies(from: bucket.from, to: bucket.to, source: place)
                #expect((bucket.units, bucket.occurrences) == (expected.units, expected.occurrences))
                #expect(abs(Double(bucket.tokens) - expected.tokens) < 1)
            }
        }
        for bucket in audit.copies {
            let expected = oracle.copies(from: bucket.from, to: bucket.to)
            #expect((bucket.units, bucket.occurrences) == (expected.units, expected.occurrences))
            #expect(abs(Double(bucket.tokens) - expected.tokens) < 1)
        }
        #expect(audit.copies.reduce(0) { $0 + $1.occurrenceTokens } == audit.totals.tokens)
        #expect(audit.overlap.count == 3)
        for pair in audit.overlap {
            let first = audit.sources.firstIndex { $0.name == pair.first } ?? 0
            let second = audit.sources.firstIndex { $0.name == pair.second } ?? 0
            let expected = oracle.overlap(first, second)
            #expect(pair.units == expected.units)
            #expect(abs(Double(pair.tokens) - expected.tokens) < 1)
        }
        #expect(audit.sources[0].maximumEpochs == 6)
        #expect(audit.sources[0].floor == 0.02)
    }

    @Test("an audit is the same, byte for byte, whatever the threads and the order of the shards", arguments: [7])
    func determinism(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        _ = try Self.corpus(seed: seed, records: 1_200, in: folder)
        var corpus = try Corpus(paths: [folder.path], fields: Self.fields())
        var files: Set<String> = []
        for threads in [1, 2, 5] {
            let options = try self.options(threads: threads)
            files.insert(try await Auditor(options: options).audit(corpus).json.fileText())
        }
        // The same shards backwards.
        corpus.shards.reverse()
        files.insert(
            try await Auditor(options: options(threads: 2)).audit(corpus).json
                .fileText())
        #expect(files.count == 1)
    }

    @Test("records may name their own source, and fall back to the folder where they do not")
    func sourceKey() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            {"text": "one", "meta": {"source": "b"}}
            {"text": "two", "meta": {"source": "a"}}
            {"text": "one", "meta": {"source": "a"}}
            {"text": "four", "meta": {}}
            {"text": "five", "meta": {"source": 7}}
            """, to: "mixed/part.jsonl")
        let fields = try FieldSelection(source: FieldPath("meta.source"))
        let corpus = try Corpus(paths: [folder.path], fields: fields)
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter(bytesPerToken: 1)))
            .audit(corpus)
        #expect(audit.sources.map(\.name) == ["7", "a", "b", "mixed"])
        #expect(audit.sources.map(\.documents) == [1, 2, 1, 1])
        #expect(audit.inputs[0].sources == ["7", "a", "b", "mixed"])
        #expect(audit.problemCounts == [.init(kind: .missingSource, count: 1)])
        // "one" belongs to "a": equal weight, earlier name.
        #expect(audit.sources.map(\.ownedUniqueTokens) == [4, 6, 0, 4])
    }

    @Test("over 4,096 sources are refused with what to do")
    func tooManySources() async throws {
        let folder = try TemporaryFolder()
        let lines = (0..<4_097).map { "{\"text\": \"\($0)\", \"url\": \"https://example.org/\($0)\"}" }
        try folder.write(lines.joined(separator: "\n"), to: "web/part.jsonl")
        let corpus = try Corpus(paths: [folder.path], fields: FieldSelection(source: FieldPath("url")))
        let error = await #expect(throws: CorpusError.self) {
            try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        }
        #expect(error?.description.contains("a source key should name a collection") == true)
    }
}
