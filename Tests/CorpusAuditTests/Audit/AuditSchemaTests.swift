import OrderedJSON
import SchemaChecking
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditSchemaTests {
    @Test("an audit is what its schema says, key by key and in its order")
    func schema() async throws {
        #expect(try FileSchema.isCurrent(Audit.schemaFile, of: "audit"))
        let schema = try FileSchema(of: "audit")
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\"}\n{\"text\": \"b\"}\n{", to: "x/1.jsonl")
        try folder.write("{\"text\": \"a\"}", to: "y/1.jsonl")
        try folder.write("PAR1", to: "x/1.parquet")
        let corpus = try Corpus(paths: [folder.path])
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        #expect(schema.violations(of: audit.json) == [])
        var options = AuditOptions(tokenizer: ByteKindCounter())
        options.sampleShare = 0.999
        let sampled = try await Auditor(options: options).audit(corpus)
        #expect(schema.violations(of: sampled.json) == [])
        options.furtherTokenizers = [ByteKindCounter("feeds", counting: 0x0A)]
        let several = try await Auditor(options: options).audit(corpus)
        #expect(schema.violations(of: several.json) == [])
        // The check itself can fail.
        guard case .object(let members) = audit.json else { return }
        #expect(schema.violations(of: .object(members.reversed())) == ["file: order"])
    }
}
