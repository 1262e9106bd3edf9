import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditFileTests {
    private func audit() async throws -> Audit {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\", \"q\": 2}\n{\"text\": \"shared\"}\n{", to: "web/1.jsonl")
        try folder.write("{\"text\": \"shared\", \"q\": 0.5}\n{\"text\": \"\", \"q\": 1}", to: "<script>/1.jsonl")
        for name in ["web/2.avro", "web/3.avro", ".hidden"] { try folder.write("Obj\u{1}", to: name) }
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
                "format", "version", "level", "exact", "complete", "datawall_version", "made_by", "options",
                "tokenizer", "totals", "sources", "overlap", "copies", "largest_copies", "near_duplicates",
                "contamination", "problem_counts", "problems", "skipped", "filtered", "inputs",
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
                "{\"format\": \"datawall-audit\", \"version\": 3}",
                "the audit file is of version 3, and this datawall (0.2.0) reads versions 1 and 2: use the datawall that "
                    + "wrote it, or audit again"
            ),
            (
                "{\"format\": \"datawall-audit\", \"version\": \"2\"}",
                "the audit file cannot be used: version must be an integer"
            ),
            ("{\"format\": \"datawall-audit\", \"version\": 1}", "the audit file cannot be used: level is missing"),
            (
                "{\"format\": \"datawall-audit\", \"version\": 1, \"options\": {\"sources\": {}}}",
                "the audit file cannot be used: version must be 2: the file has options by source, as version 1 has none"
            ),
            ("{\"format\": \"datawall-audit\", \"version\": 2}", "the audit file cannot be used: level is missing"),
        ])
    func refusal(text: String, message: String) {
        let error = #expect(throws: AuditFileError.self) { try Audit(parsing: Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test("a key that is not known is refused, unless a later datawall wrote it")
    func unknownKeys() async throws {
        let text = try await audit().json.fileText()
        let later = text.replacing("\"exact\": true,", with: "\"exact\": true, \"news\": [1],")
        let error = #expect(throws: AuditFileError.self) { try Audit(parsing: Array(later.utf8)) }
        #expect(
            error?.description.hasPrefix(
                "the audit file cannot be used: news is not known; known here are format, version, level") == true)
        #expect(throws: Never.self) {
            try Audit(parsing: Array(later.replacing("\"0.2.0\"", with: "\"0.10.0\"").utf8))
        }
    }

    @Test(
        "what cannot be used is named with its path",
        arguments: [
            ("\"shards\": 2,", "\"shards\": \"2\",", "totals.shards must be an integer, not a string"),
            ("\"empty_units\": 1", "\"empty_units\": 1.5", "totals.empty_units must be an integer, not 1.5"),
            ("\"empty_units\": 1", "\"empty_units\": -1", "totals.empty_units must be 0 or more, not -1"),
            ("\"empty_units\": 1,", "", "totals.empty_units is missing"),
            (
                "\"level\": \"document\"", "\"level\": \"page\"",
                "level must be one of document, paragraph, line, not 'page'"
            ),
            ("\"exact\": true", "\"exact\": false", "exact must be true, not false"),
            ("\"filtered\": []", "\"filtered\": [1]", "filtered[0] must be an object, not a number"),
            ("\"files\": 2", "\"files\": 0", "skipped[0].files must be positive, not 0"),
            (
                "\"may_hold_data\": true", "\"may_hold_data\": 1",
                "skipped[0].may_hold_data must be true or false, not a number"
            ),
            (
                "\"sources\": [\"<script>\", \"web\"]", "\"sources\": [\"web\"]",
                "overlap[0].sources must have 2 elements, not 1"
            ),
            ("\"bad_json\": 1", "\"bad_json\": -1", "problem_counts.bad_json is no count that can be: -1"),
            (
                "\"bad_json\": 1", "\"bad_json\": 9223372036854775807",
                "problem_counts has counts that cannot be: the file's add up to more than 2⁶³ − 1"
            ),
            (
                "\"unique_tokens\": 2,\n    \"repeated", "\"unique_tokens\": 4,\n    \"repeated",
                "totals.unique_tokens is above tokens: 4 of 3"
            ),
            (
                "\"name\": \"web\"", "\"name\": \"\\u003cscript>\"",
                "sources[1].name is the name of an earlier source: <script>"
            ),
        ])
    func paths(good: String, bad: String, message: String) async throws {
        let text = try await audit().json.fileText().replacing("\\u003c", with: "<")
        #expect(text.contains(good))
        let error = #expect(throws: AuditFileError.self) {
            try Audit(parsing: Array(text.replacing(good, with: bad).utf8))
        }
        #expect(error?.description == "the audit file cannot be used: \(message)")
    }

    @Test("a key that occurs twice and a number that is too large are no JSON of ours")
    func notJSON() async throws {
        let text = try await audit().json.fileText()
        for (good, bad, reason) in [
            ("\"exact\": true,", "\"exact\": true, \"exact\": true,", "the key \"exact\" occurs twice"),
            ("\"bytes_per_token\": 4.0", "\"bytes_per_token\": 1e400", "a number too large to hold"),
        ] {
            let error = #expect(throws: AuditFileError.self) {
                try Audit(parsing: Array(text.replacing(good, with: bad).utf8))
            }
            #expect(error?.description.contains(reason) == true)
        }
    }

    @Test("counts that add up to more than 64 bits hold are refused")
    func tooLarge() async throws {
        let small = try SmallCorpus(seed: 3, shards: 2, records: 5)
        let audit = try await Auditor(options: try small.options()).audit(try small.corpus())
        guard case .object(var members) = audit.json,
            let place = members.firstIndex(where: { $0.key == "filtered" })
        else {
            Issue.record("no object")
            return
        }
        let row: JSONValue = .object(["source": "s", "documents": .integer(1 << 62)])
        members[place].value = .array([row, row])
        let bytes = Array(JSONValue.object(members).fileText().utf8)
        let error = #expect(throws: AuditFileError.self) { try Audit(parsing: bytes) }
        guard case .unusable("filtered", let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("add up to more than 2⁶³"))
    }

    @Test("sources that do not add up to the totals are refused")
    func sums() async throws {
        let audit = try await audit()
        for change in [\Audit.Source.tokens, \.ownedUniqueTokens] {
            var other = audit
            other.tokenizer.isEstimate = false
            other.sources[0][keyPath: change] += 1
            #expect(throws: AuditFileError.self) { try Audit(parsing: Array(other.json.fileText().utf8)) }
        }
    }
}
