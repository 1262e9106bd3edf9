import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditCheckTests {
    /// Four copies of one text over two sources, and one text of its own.
    private static func audit(damaged: Bool = false) async throws -> Audit {
        let folder = try TemporaryFolder()
        let same = "{\"text\": \"sixteen letters!\"}\n"
        try folder.write(same + same + same + (damaged ? "{\n" : ""), to: "web/a.jsonl")
        try folder.write(same + "{\"text\": \"another sixteen.\"}\n", to: "wiki/b.jsonl")
        let options = AuditOptions(tokenizer: try ByteRatioCounter())
        return try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
    }

    private static func results(_ audit: Audit, _ change: (inout AuditCheck) -> Void) -> [AuditCheckResult] {
        var check = AuditCheck()
        change(&check)
        #expect(!check.isEmpty)
        return check.results(for: audit)
    }

    @Test("a limit is kept at its own value and broken just past it")
    func edges() async throws {
        // 20 tokens, 8 of them unique; web holds 12 of 4, wiki 8 of 8, and the two share 4.
        let audit = try await Self.audit()
        let gates: [(String, Double, (inout AuditCheck, Double) -> Void)] = [
            ("max_hidden_epochs", 2.5, { $0.maximumHiddenEpochs = $1 }),
            ("max_source_hidden_epochs", 3, { $0.maximumSourceHiddenEpochs = $1 }),
            ("max_hidden_epochs", 3, { $0.hiddenEpochLimits = [.init(source: "web", limit: $1)] }),
            ("max_overlap", 1, { $0.maximumOverlap = $1 }),
        ]
        for (name, value, set) in gates {
            let kept = Self.results(audit) { set(&$0, value) }
            #expect(kept.map(\.gate) == [name])
            #expect(kept.map(\.isPassed) == [true], "\(name)")
            #expect(kept.map(\.value) == [value], "\(name)")
            #expect(Self.results(audit) { set(&$0, value.nextDown) }.map(\.isPassed) == [false], "\(name)")
        }
        for (tokens, isPassed) in [(8.0, true), (9, false)] {
            #expect(Self.results(audit) { $0.minimumUniqueTokens = tokens }.map(\.isPassed) == [isPassed])
        }
        let wiki = Self.results(audit) { $0.uniqueTokenLimits = [.init(source: "wiki", limit: 9)] }
        #expect(wiki.map(\.subject) == ["source `wiki`"])
        #expect(wiki.map(\.isPassed) == [false])
    }

    @Test("every source over a limit is named")
    func sources() async throws {
        let audit = try await Self.audit()
        let results = Self.results(audit) { $0.maximumSourceHiddenEpochs = 0.5 }
        #expect(results.map(\.subject) == ["source `web`", "source `wiki`"])
        #expect(results.allSatisfy { !$0.isPassed })
    }

    @Test("a source that is not in the audit keeps no limit")
    func unknownSource() async throws {
        let audit = try await Self.audit()
        let results = Self.results(audit) { $0.hiddenEpochLimits = [.init(source: "books", limit: 9)] }
        #expect(results.map(\.isPassed) == [false])
        #expect(results.first?.reason == "the audit has no such source")
    }

    @Test("copies are told exactly where the audit knows the largest number, else by powers of two")
    func copies() async throws {
        let listed = try await Self.audit()
        // As datawall 0.1 wrote them.
        var plain = listed
        plain.largestCopies = nil
        for (limit, sure, exact) in [(1, false, false), (2, false, false), (3, false, false), (4, true, true)] {
            #expect(Self.results(plain) { $0.maximumCopies = limit }.map(\.isPassed) == [sure], "\(limit)")
            #expect(Self.results(listed) { $0.maximumCopies = limit }.map(\.isPassed) == [exact], "\(limit)")
        }
        let unsure = Self.results(plain) { $0.maximumCopies = 3 }
        #expect(unsure.first?.reason.contains("audit again: files of version 2") == true)
    }

    @Test("damage, estimates and another tokenizer are told")
    func rest() async throws {
        let sound = try await Self.audit()
        let damaged = try await Self.audit(damaged: true)
        for (audit, isSound) in [(sound, true), (damaged, false)] {
            #expect(Self.results(audit) { $0.requiresCompleteness = true }.map(\.isPassed) == [isSound])
            #expect(Self.results(audit) { $0.maximumDamagedShare = 0.1 }.map(\.isPassed) == [isSound])
            #expect(Self.results(audit) { $0.maximumDamagedShare = 1.0 / 6 }.map(\.isPassed) == [true])
        }
        #expect(Self.results(sound) { $0.requiresCountedTokens = true }.map(\.isPassed) == [false])
        #expect(Self.results(sound) { $0.tokenizer = "bytes/4" }.map(\.isPassed) == [true])
        #expect(Self.results(sound) { $0.tokenizer = "gpt2" }.map(\.isPassed) == [false])
        #expect(AuditCheck().isEmpty)
    }
}
