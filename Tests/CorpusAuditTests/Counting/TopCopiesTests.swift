import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct TopCopiesTests {
    @Test(
        "the list is the head of all texts in order, however it is put together", arguments: [31, 32, 33] as [UInt64])
    func head(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let entries = (0..<400).map { number in
            TopCopies.Entry(
                fingerprint: Fingerprint(high: random.next(), low: random.next()),
                occurrences: Int.random(in: 2...12, using: &random), tokens: Int.random(in: 1...4, using: &random),
                bytes: Int.random(in: 1...4, using: &random), rank: 0, position: number)
        }
        for limit in [1, 2, 7, 100, 1_000] {
            let sorted = entries.sorted {
                ($0.occurrences, $0.bytes, $1.fingerprint) > ($1.occurrences, $1.bytes, $0.fingerprint)
            }
            var parts = (0..<3).map { _ in TopCopies(limit: limit) }
            for entry in entries.shuffled(using: &random) {
                let part = Int.random(in: 0..<3, using: &random)
                if parts[part].mayHold(occurrences: entry.occurrences) { parts[part].add(entry) }
            }
            var whole = parts[2]
            whole.merge(parts[0])
            whole.merge(parts[1])
            #expect(whole.sorted == Array(sorted.prefix(limit)), "seed \(seed), \(limit)")
        }
    }

    @Test("an audit names the most repeated texts and where their owners lie, the same from any split")
    func audit() async throws {
        let folder = try TemporaryFolder()
        func records(_ texts: String...) -> String { texts.map { "{\"text\": \"\($0)\"}\n" }.joined() }
        try folder.write(records("once", "thrice", "twice!", "pair", "thrice"), to: "web/a.jsonl")
        try folder.write(records("twice!", "thrice", "pair", ""), to: "books/b.jsonl")
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.topCopies = 2
        let corpus = try Corpus(paths: [folder.path])
        let audit = try await Auditor(options: options).audit(corpus)
        let found = try #require(audit.topCopies)
        #expect(found.map(\.occurrences) == [3, 2])
        #expect(found.map(\.bytes) == [6, 6])
        #expect(found.map(\.source) == ["books", "books"])
        #expect(found.map(\.record) == [1, 0])
        #expect(found.allSatisfy { $0.shard.hasSuffix("books/b.jsonl") })
        #expect(found[0].fingerprint == Array("thrice".utf8).withUnsafeBufferPointer { Fingerprint(of: $0) })
        #expect(found[0].repeatedTokens == 4)
        let text = audit.json.fileText()
        #expect(try Audit(parsing: Array(text.utf8)) == audit)

        let runs = folder.path + "/runs"
        for task in 0..<2 {
            let share = try #require(ScanTask("\(task)/2"))
            _ = try await Auditor(options: options).scan(corpus, into: runs, task: share)
        }
        let merged = try await RunMerger(threads: 3, topCopies: 2).merge([runs])
        #expect(merged.json.fileText() == text)
        #expect(try await RunMerger().merge([runs]).topCopies == nil)
        // A weight moves the owner, not the list.
        let weighted = try await RunMerger(topCopies: 9).merge(
            [runs], declarations: [SourceDeclaration(name: "web", quality: 2)])
        #expect(weighted.topCopies?.map(\.occurrences) == [3, 2, 2])
        #expect(weighted.topCopies?.map(\.record) == [1, 2, 3])
        #expect(weighted.topCopies?.map(\.source) == ["web", "web", "web"])
    }
}
