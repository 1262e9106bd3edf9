import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditFileTests {
    private func audit() async throws -> Audit {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\", \"q\": 2}\n{\"text\": \"shared\"}\n{", to: "web/1.jsonl")
        try folder.write("{\"text\": \"shared\", \"q\": 0.5}\n{\"text\": \"\", \"q\": 1}", to: "<script>/1.jsonl")
        for name in ["web/2.parquet", "web/3.parquet", ".hidden"] { try folder.write("PAR1", to: name) }
        let corpus = try Corpus(paths: [folder.path], fields: FieldSelection(quality: FieldPath("q")))
        return try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
    }

    @Test("an audit reads back as it was written")
    func roundTrip() async throws {
        let audit = try await audit()
        #expect(audit.problems.count == 2)
        let text = audit.json.fileText()
        let again = try Audit(parsing: Array(text.utf8))
        #expect(again == audit)
        #expect(again.json.fileText() == text)
    }

    @Test("keys stand in the documented order")
    func keyOrder() async throws {
        func keys(_ value: JSONValue?) -> [String] {
            guard case .object(let members)? = value else { return [] }
            return members.map(\.key)
        }
        let json = try await audit().json
        #expect(
            keys(json) == [
                "format", "version", "level", "exact", "complete", "datawall_version", "options", "tokenizer", "totals",
                "sources", "overlap", "copies", "largest_copies", "problem_counts", "problems", "skipped", "inputs",
            ])
        #expect(
            keys(json["totals"]) == [
                "shards", "documents", "units", "unique_units", "empty_units", "bytes", "unique_bytes", "tokens",
                "unique_tokens", "repeated_tokens", "hidden_epochs", "weighted_unique_tokens",
            ])
    }

    @Test(
        "a file that is no audit of ours is refused with its reason",
        arguments: [
            ("{", "the file is not JSON: a key in quotes is missing at line 1, column 2"),
            ("{}", "this is not an audit file: its format is not named, not \"datawall-audit\""),
            (
                "{\"format\": \"datawall-plan\"}",
                "this is not an audit file: its format is \"datawall-plan\", not \"datawall-audit\""
            ),
            (
                "{\"format\": \"datawall-audit\", \"version\": 2}",
                "the audit file is of version 2, made by a later datawall; this one reads version 1"
            ),
            ("{\"format\": \"datawall-audit\", \"version\": 1}", "the audit file cannot be used: level is missing"),
        ])
    func refusal(text: String, message: String) {
        let error = #expect(throws: AuditFileError.self) { try Audit(parsing: Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test("keys of a later minor version are passed over, and a wrong value is named with its way")
    func tolerance() async throws {
        let text = try await audit().json.fileText()
        let later = text.replacing("\"exact\": true,", with: "\"exact\": true, \"news\": [1],")
        #expect(throws: Never.self) { try Audit(parsing: Array(later.utf8)) }
        let wrong = text.replacing("\"shards\": 2,", with: "\"shards\": \"2\",")
        let error = #expect(throws: AuditFileError.self) { try Audit(parsing: Array(wrong.utf8)) }
        #expect(error?.description == "the audit file cannot be used: totals.shards is a string, not an integer")
    }

    @Test("a file without a list of skipped files reads, one with a list that makes no sense is refused")
    func skipped() async throws {
        let audit = try await audit()
        #expect(audit.skipped.map(\.kind) == ["hidden", "parquet"])
        #expect(audit.skipped[1].files == 2)
        #expect(audit.skipped[1].bytes == 8)
        guard case .object(let members) = audit.json else { return }
        let older = JSONValue.object(members.filter { $0.key != "skipped" }).fileText()
        #expect(try Audit(parsing: Array(older.utf8)).skipped == [])
        let text = audit.json.fileText()
        for (good, bad, reason) in [
            ("\"files\": 2", "\"files\": 0", "skipped has a kind `parquet` without a file or without an example"),
            ("\"files\": 2", "\"files\": -2", "skipped[1].files is negative"),
            (
                "\"may_hold_data\": true", "\"may_hold_data\": 1",
                "skipped[1].may_hold_data is a number, not true or false"
            ),
        ] {
            let error = #expect(throws: AuditFileError.self) {
                try Audit(parsing: Array(text.replacing(good, with: bad).utf8))
            }
            #expect(error?.description == "the audit file cannot be used: \(reason)")
        }
    }
}
