import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditDifferenceTests {
    private func audit(_ files: KeyValuePairs<String, String>, level: Audit.Level = .document) async throws -> Audit {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = level
        var corpus = try Corpus(paths: [folder.path])
        for index in corpus.shards.indices {
            corpus.shards[index].path = String(corpus.shards[index].path.dropFirst(folder.path.count + 1))
        }
        return try await Auditor(options: options).audit(corpus)
    }

    @Test("an audit does not differ from itself")
    func same() async throws {
        let audit = try await audit(["a/x.jsonl": "{\"text\": \"one\"}\n"])
        let difference = AuditDifference(from: audit, to: audit)
        #expect(difference.isEmpty)
        #expect(difference.json["same"] == true)
    }

    @Test("sources, inputs, damage and sums that changed are told")
    func changes() async throws {
        let before = try await audit([
            "a/x.jsonl": "{\"text\": \"one\"}\n", "a/y.jsonl": "{\"text\": \"two\"}\n",
            "b/z.jsonl": "{\"text\": \"three\"}\n",
        ])
        let after = try await audit([
            "a/x.jsonl": "{\"text\": \"one\"}\n{\"text\": \"one\"}\n{\n", "a/y.jsonl": "{\"text\": \"two\"}\n",
            "c/z.jsonl": "{\"text\": \"three\"}\n", "c/z.avro": "Obj\u{1}", "c/README": "",
        ])
        let difference = AuditDifference(from: before, to: after)
        #expect(!difference.isEmpty)
        #expect(difference.settings == [])
        let totals = Dictionary(uniqueKeysWithValues: difference.totals.map { ($0.name, $0.change) })
        #expect(totals["documents"] == 1)
        #expect(totals["repeated_tokens"] == 1)
        #expect(totals["unique_tokens"] == 0)
        #expect(difference.sources.map(\.name) == ["a", "c", "b"])
        #expect(difference.sources.map { $0.before == nil } == [false, true, false])
        #expect(difference.sources.map { $0.after == nil } == [false, false, true])
        #expect(difference.problems.map(\.name) == ["bad_json"])
        #expect(difference.problems.map(\.after) == [1])
        #expect(difference.skipped.map(\.name) == ["avro", "no_data"])
        #expect(difference.skipped.map(\.after) == [1, 1])
        #expect(difference.json["skipped"]?["avro"]?["after"] == 1)
        #expect(
            difference.inputs.map { "\($0.shard) \($0.change)" } == [
                "a/x.jsonl changed", "b/z.jsonl removed", "c/z.jsonl added",
            ])
        #expect(difference.json["sources"]?.compactText.contains("\"change\": \"removed\"") == true)
    }

    @Test("settings that differ are told first")
    func settings() async throws {
        let files: KeyValuePairs = ["a/x.jsonl": "{\"text\": \"one\"}\n"]
        let difference = AuditDifference(from: try await audit(files), to: try await audit(files, level: .line))
        #expect(difference.settings.map(\.name) == ["level"])
        #expect(difference.settings.map(\.before) == ["document"])
        #expect(difference.settings.map(\.after) == ["line"])
        #expect(!difference.isEmpty)
    }
}
