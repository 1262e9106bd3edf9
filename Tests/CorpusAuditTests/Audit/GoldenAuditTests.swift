import Foundation
import OrderedJSON
import SchemaChecking
import Testing
import TokenCounting

@testable import CorpusAudit

/// Audit files byte by byte.
///
/// After a wanted change of version 2, write its files anew with `DATAWALL_RECORD=1` and look at each. Those of version 1 are what datawall 0.1 wrote of the same corpus, and stay as they are.
@Suite struct GoldenAuditTests {
    private static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: GoldenCorpus.files.appending(path: name)))
    }

    private static func audit(_ options: AuditOptions) async throws -> Audit {
        let golden = try GoldenCorpus()
        var corpus = try golden.corpus()
        // As if the command had been called in the corpus's folder.
        corpus.request?.manifest = "corpus.yml"
        return try await Auditor(options: options).audit(corpus)
    }

    @Test("an audit is written as it was when it was last looked at, and reads back", arguments: [false, true])
    func version2(isOfSeveral: Bool) async throws {
        let options = isOfSeveral ? GoldenCorpus.severalOptions() : AuditOptions(tokenizer: try ByteRatioCounter())
        let name = isOfSeveral ? "audit-2-tokenizers.json" : "audit-2.json"
        let audit = try await Self.audit(options)
        let text = audit.json.fileText()
        let golden = GoldenFile(name, in: "CorpusAuditTests/Golden")
        #expect(try golden.holds(text), "\(name) differs from the one kept: see GoldenFile")
        #expect(try Audit(parsing: Array(text.utf8)) == audit)
        #expect(try FileSchema(of: "audit").violations(of: audit.json) == [])
    }

    @Test("a file of version 1 reads as version 2 would have it, and says that it may have skipped files")
    func version1() async throws {
        let old = try Audit(parsing: Self.bytes("audit-1.json"))
        var new = try Audit(parsing: Self.bytes("audit-2.json"))
        #expect(!old.listsSkippedFiles && new.listsSkippedFiles)
        #expect(old.datawallVersion == "0.1.0" && old.madeBy == nil && old.largestCopies == nil && old.skipped == [])
        // Its options are those of two sources in one.
        #expect(old.options == Audit.Options(normalization: "none"))
        (new.datawallVersion, new.madeBy, new.options) = (old.datawallVersion, nil, old.options)
        (new.skipped, new.listsSkippedFiles, new.largestCopies) = ([], false, nil)
        for index in new.sources.indices { (new.sources[index].largestCopies, new.sources[index].scores) = (nil, []) }
        // A sentence that was said in other words.
        for index in new.problems.indices where new.problems[index].kind == .missingQuality {
            new.problems[index].message = old.problems[index].message
        }
        #expect(new == old)
    }

    @Test("lists of version 1 become an audit for each tokenizer, and a list of skipped files is kept")
    func version1OfSeveralTokenizers() throws {
        let audit = try Audit(parsing: Self.bytes("audit-1-tokenizers.json"))
        #expect(audit.listsSkippedFiles && audit.skipped.map(\.kind) == ["parquet"])
        #expect(audit.tokenizer.name == "words" && audit.totals.tokens == 35 && audit.totals.uniqueTokens == 18)
        let further = try #require(audit.byFurtherTokenizer.first)
        #expect(audit.byFurtherTokenizer.count == 1 && further.tokenizer.name == "bytes")
        // A token for each byte.
        #expect(further.totals.tokens == further.totals.bytes)
        #expect(further.sources.map(\.tokens) == audit.sources.map(\.bytes))
        #expect(further.copies.map(\.tokens).reduce(0, +) == audit.totals.uniqueBytes)
        #expect(further.topCopies?.map(\.tokens) == audit.topCopies?.map(\.bytes))
        let again = try Audit(parsing: Array(audit.json.fileText().utf8))
        #expect(again == audit)
    }

    @Test("options of version 1 that all shards share are those of every source")
    func sharedOptions() throws {
        let text = String(decoding: try Self.bytes("audit-1.json"), as: UTF8.self)
            .replacing("jsonl, txt-file", with: "jsonl").replacing("content, text", with: "content")
        let audit = try Audit(parsing: Array(text.utf8))
        let settings = Audit.ShardSettings(
            format: "jsonl", textKey: "content", qualityKey: "meta.score", qualityMap: "0:0.5,3:1,5:2")
        #expect(audit.options.sources.map(\.name) == ["wiki", "web", "code"])
        #expect(audit.options.sources.allSatisfy { $0.value == [settings] })
    }
}
