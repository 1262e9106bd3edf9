import Foundation
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct InputVerificationTests {
    @Test("an input that changed, went or came is told", arguments: [1, 3])
    func changes(threads: Int) async throws {
        let folder = try TemporaryFolder()
        for name in ["same", "grown", "edited", "gone"] {
            try folder.write("{\"text\": \"\(name)\"}\n", to: "shards/\(name).jsonl")
        }
        let corpus = try Corpus(paths: [folder.path + "/shards"])
        let audit = try await Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter())).audit(corpus)
        let before = try await InputVerification(of: audit, corpus: corpus, threads: threads)
        #expect(before.isUnchanged)
        #expect(before.rows.count == 4)

        try folder.write("{\"text\": \"grown\"}\n{\"text\": \"more\"}\n", to: "shards/grown.jsonl")
        try folder.write("{\"text\": \"Edited\"}\n", to: "shards/edited.jsonl")
        try folder.write("{\"text\": \"fresh\"}\n", to: "shards/fresh.jsonl")
        try FileManager.default.removeItem(atPath: folder.path + "/shards/gone.jsonl")
        let now = try Corpus(paths: [folder.path + "/shards"])
        let after = try await InputVerification(of: audit, corpus: now, threads: threads)
        let found = Dictionary(
            uniqueKeysWithValues: after.rows.map { ($0.shard.split(separator: "/").last ?? "", $0.finding) })
        #expect(
            found == [
                "same.jsonl": .unchanged, "grown.jsonl": .resized(from: 18, to: 35), "edited.jsonl": .altered,
                "gone.jsonl": .missing, "fresh.jsonl": .new,
            ])
        #expect(!after.isUnchanged)
        #expect(after.rows.map(\.shard) == after.rows.map(\.shard).sorted())
        // Without shards named, nothing can be new.
        let alone = try await InputVerification(of: audit)
        #expect(alone.rows.count == 4)
    }

    @Test("paths of a manifest are looked for beside it, and what was standard input is said to be")
    func places() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"one\"}\n", to: "web/a.jsonl")
        try folder.write("sources:\n  - {name: web, paths: [web]}\n", to: "corpus.yml")
        let corpus = try Corpus(manifest: folder.path + "/corpus.yml")
        var audit = try await Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter())).audit(corpus)
        #expect(audit.inputs.map(\.shard) == ["web/a.jsonl"])
        #expect(try await InputVerification(of: audit, in: folder.path).isUnchanged)
        #expect(try await InputVerification(of: audit, corpus: corpus).isUnchanged)
        audit.inputs[0].shard = "-"
        let rows = try await InputVerification(of: audit).rows
        #expect(rows.map(\.finding) == [.notRepeatable])
        #expect(rows[0].description == "-: was a stream: pipe it in again and name '-'")
    }
}
