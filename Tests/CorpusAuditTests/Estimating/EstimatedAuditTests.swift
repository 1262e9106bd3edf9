import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Audits whose tokens are estimated from bytes: rounded once, whatever the units.
@Suite struct EstimatedAuditTests {
    @Test(
        "every column is within one token of its bytes, and columns that belong together add up",
        arguments: [Audit.Level.document, .paragraph, .line], [4.0, 3.7, 0.3, 1_000])
    func columns(level: Audit.Level, ratio: Double) async throws {
        let small = try SmallCorpus(seed: 11)
        // A token a byte: the exact sums.
        var options = try small.options(level: level)
        options.tokenizer = try ByteRatioCounter(bytesPerToken: 1)
        let exact = try await Auditor(options: options).audit(small.corpus())
        options.tokenizer = try ByteRatioCounter(bytesPerToken: ratio)
        let audit = try await Auditor(options: options).audit(small.corpus())
        func isNear(_ tokens: Int, _ bytes: Int) -> Bool { abs(Double(tokens) - Double(bytes) / ratio) < 1 + 1e-9 }

        #expect(audit.totals.tokens == Int((Double(audit.totals.bytes) / ratio).rounded()))
        #expect(audit.totals.uniqueTokens == Int((Double(audit.totals.uniqueBytes) / ratio).rounded()))
        #expect(audit.sources.reduce(0) { $0 + $1.ownedUniqueTokens } == audit.totals.uniqueTokens)
        for (source, bytes) in zip(audit.sources, exact.sources) {
            #expect(isNear(source.tokens, source.bytes) && source.bytes == bytes.tokens)
            #expect(isNear(source.uniqueTokens, source.uniqueBytes))
            #expect(isNear(source.ownedUniqueTokens, bytes.ownedUniqueTokens))
            #expect(isNear(source.exclusiveTokens, bytes.exclusiveTokens))
            #expect(source.exclusiveTokens <= source.ownedUniqueTokens)
            #expect(source.ownedUniqueTokens <= source.uniqueTokens && source.uniqueTokens <= source.tokens)
            #expect(source.copies.reduce(0) { $0 + $1.tokens } == source.uniqueTokens)
            #expect(source.copies.reduce(0) { $0 + $1.occurrenceTokens } == source.tokens)
            #expect(source.qualityHistogram.reduce(0) { $0 + $1.uniqueTokens } == source.uniqueTokens)
            #expect(source.qualityHistogram.reduce(0) { $0 + $1.tokens } == source.tokens)
            #expect(source.uniqueTokens == 0 || abs(source.quality / bytes.quality - 1) < 1e-6)
            for (bucket, exact) in zip(source.copies, bytes.copies) { #expect(isNear(bucket.tokens, exact.tokens)) }
        }
        #expect(audit.copies.reduce(0) { $0 + $1.tokens } == audit.totals.uniqueTokens)
        #expect(audit.copies.reduce(0) { $0 + $1.occurrenceTokens } == audit.totals.tokens)
        for bucket in audit.copies {
            #expect(bucket.tokens <= bucket.occurrenceTokens)
            #expect(bucket.to > 1 || bucket.tokens == bucket.occurrenceTokens)
        }
        for (pair, bytes) in zip(audit.overlap, exact.overlap) { #expect(isNear(pair.tokens, bytes.tokens)) }
    }

    @Test("scans, merges and shared merges give the estimates of one pass", arguments: [Audit.Level.document, .line])
    func splits(level: Audit.Level) async throws {
        let small = try SmallCorpus(seed: 12)
        var options = try small.options(level: level)
        options.tokenizer = try ByteRatioCounter(bytesPerToken: 3.7)
        options.furtherTokenizers = [ByteKindCounter()]
        options.topCopies = 5
        let corpus = try small.corpus()
        let whole = try await Auditor(options: options).audit(corpus).json.fileText()
        let runs = small.folder.path + "/runs"
        for task in 0..<3 {
            _ = try await Auditor(options: options).scan(corpus, into: runs, task: #require(ScanTask("\(task)/3")))
        }
        let merger = RunMerger(threads: 2, topCopies: 5)
        #expect(try await merger.merge([runs]).json.fileText() == whole)
        var partials: [String] = []
        for range in ["0-1000", "1001-4095"] {
            partials.append("\(small.folder.path)/\(range).json")
            try await merger.reduce([runs], partitions: #require(PartitionRange(range))).write(to: partials.last ?? "")
        }
        #expect(try await merger.merge([runs], partials: partials).json.fileText() == whole)
    }

    @Test("lines of nine bytes are estimated at nine bytes, not at twelve")
    func shortLines() async throws {
        let folder = try TemporaryFolder()
        let lines = (0..<1_000).map { String(format: "line %04d", $0) }.joined(separator: "\n")
        try folder.write(lines, to: "s/a.txt")
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = .line
        let audit = try await Auditor(options: options).audit(Corpus(paths: [folder.path]))
        #expect(audit.totals.bytes == 9_000)
        #expect(audit.totals.tokens == 2_250)
        #expect(audit.totals.uniqueTokens == 2_250)
        #expect(audit.totals.weightedUniqueTokens == 2_250)
    }
}
