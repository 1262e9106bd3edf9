import Foundation
import TestSupport
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AttributeReaderTests {
    private static let documents = """
        {"id": "a", "text": "one"}
        {"id": "b", "text": "twö"}
        {"id": "c", "text": "three"}

        """
    private static let attributes = """
        {"id": "a", "attributes": {"good__score": [[0, 1, 3.0], [1, 3, 0.0]], "flag": true}}
        {"id": "b", "attributes": {"good__score": [[0, 3, 2.0]], "flag": false}}
        {"id": "c", "attributes": {"good__score": 5, "flag": true}}

        """

    private static func audit(
        attributes: String?, documents: String = documents, quality: String? = "attributes.good.score",
        condition: String? = nil, state: Bool = false
    ) async throws -> Audit {
        let folder = try TemporaryFolder(["in/documents/web/a.jsonl": documents, "in/attributes/other/x": ""])
        if let attributes { try folder.write(attributes, to: "in/attributes/good/web/a.jsonl") }
        var fields = FieldSelection(quality: try quality.map { try FieldPath($0) })
        fields.condition = try condition.map { try RecordCondition($0) }
        return try await RecordConditionTests.audit(try Corpus(paths: [folder.path + "/in"], fields: fields))
    }

    private static func scores(_ audit: Audit) -> [Double] {
        audit.sources.flatMap { $0.scores.compactMap(\.from) }
    }

    @Test("attributes are joined by position, and spans by their length")
    func joins() async throws {
        let audit = try await Self.audit(attributes: Self.attributes)
        #expect(audit.isComplete && audit.totals.documents == 3, "\(audit.problems)")
        #expect(Self.scores(audit) == [1, 2, 5])
        #expect(audit.inputs.map { $0.shard.suffix(30) }.contains { $0.hasSuffix("attributes/good/web/a.jsonl") })
        let filtered = try await Self.audit(
            attributes: Self.attributes, quality: nil,
            condition: "attributes.good.score > 1 and attributes.good.flag = true")
        #expect(filtered.filtered == [.init(source: "web", documents: 2)] && filtered.totals.documents == 1)
    }

    @Test(
        "attributes of another shard are named, and only records before them count",
        arguments: [
            (attributes.replacingOccurrences(of: "\"b\"", with: "\"x\""), 1, "mismatched_attributes", "'x'"),
            (
                attributes.split(separator: "\n").dropLast().joined(separator: "\n"), 2, "mismatched_attributes",
                "end after 2"
            ),
            (attributes + "{\"id\": \"d\"}\n", 3, "mismatched_attributes", "1 records more"),
            (
                attributes.replacingOccurrences(of: "true}}\n{\"id\": \"b\"", with: "true}\n{\"id\": \"b\""), 0,
                "mismatched_attributes", "not JSON"
            ),
            ("", 0, "missing_attributes", "cannot be read"),
        ])
    func others(attributes: String, documents: Int, kind: String, message: String) async throws {
        let audit = try await Self.audit(attributes: attributes)
        #expect(audit.totals.documents == documents && !audit.isComplete)
        #expect(audit.problemCounts.map(\.kind.rawValue) == [kind], "\(audit.problems)")
        #expect(audit.problems.first?.message.contains(message) == true, "\(audit.problems)")
        // Where the shard is broken off, the record named is the first that does not count.
        if let record = audit.problems.first?.record { #expect(record == documents) }
    }

    @Test("attributes of an empty shard are left over")
    func emptyShard() async throws {
        let audit = try await Self.audit(attributes: Self.attributes, documents: "")
        #expect(audit.problems.map(\.kind) == [.mismatchedAttributes] && !audit.isComplete)
        #expect(audit.problems.first?.message.contains("3 records more") == true, "\(audit.problems)")
    }

    @Test("a shard without attributes is not read")
    func missing() async throws {
        let audit = try await Self.audit(attributes: nil)
        #expect(audit.totals.documents == 0 && audit.problems.map(\.kind) == [.missingAttributes])
    }

    @Test(
        "spans that do not cover the text give no quality",
        arguments: [
            ("[[0, 1, 3], [2, 3, 1]]", "from 1 to 2"), ("[[0, 2, 3], [1, 3, 1]]", "two spans"),
            ("[[0, 2, 3]]", "the text has 3"),
            ("[[0, 4, 3]]", "the text has 3"), ("[[1, 3, 3]]", "from 0 to 1"), ("[[0, 3]]", "none of spans"),
            ("[0, 3, 1]", "none of spans"), ("\"good\"", "no number"),
        ])
    func gaps(value: String, message: String) async throws {
        let line = "{\"id\": \"a\", \"attributes\": {\"score\": \(value)}}\n"
        let document = "{\"id\": \"a\", \"text\": \"one\"}\n"
        let audit = try await Self.audit(attributes: line, documents: document)
        #expect(audit.totals.documents == 1)
        #expect(audit.problemCounts.map(\.kind.rawValue) == ["missing_quality", "unusable_attribute"])
        #expect(audit.problems.contains { $0.message.contains(message) }, "\(audit.problems)")
        guard value != "\"good\"" else { return }
        let filtered = try await Self.audit(
            attributes: line, documents: document, quality: nil, condition: "attributes.good.score > 1")
        #expect(filtered.problemCounts.map(\.kind.rawValue) == ["unfilterable"])
    }

    @Test("without a folder of attributes, attributes is a field of the record")
    func ownField() async throws {
        let folder = try TemporaryFolder([
            "documents/a.jsonl": "{\"text\": \"x\", \"attributes\": {\"good\": {\"score\": 3}}}\n"
        ])
        let fields = FieldSelection(quality: try FieldPath("attributes.good.score"))
        let audit = try await RecordConditionTests.audit(try Corpus(paths: [folder.path], fields: fields))
        #expect(audit.isComplete && Self.scores(audit) == [3])
    }

    @Test("a scan reads a shard again whose attributes changed")
    func resumes() async throws {
        let folder = try TemporaryFolder([
            "in/documents/web/a.jsonl": Self.documents, "in/attributes/good/web/a.jsonl": Self.attributes,
        ])
        let fields = FieldSelection(quality: try FieldPath("attributes.good.score"))
        let corpus = try Corpus(paths: [folder.path + "/in"], fields: fields)
        let first = try await RecordConditionTests.audit(corpus, state: folder.path + "/state")
        let again = try await RecordConditionTests.audit(corpus, state: folder.path + "/state")
        #expect(first == again)
        try folder.write(
            Self.attributes.replacingOccurrences(of: "\": 5", with: "\": 7"), to: "in/attributes/good/web/a.jsonl")
        let changed = try await RecordConditionTests.audit(corpus, state: folder.path + "/state")
        #expect(Self.scores(changed) == [1, 2, 7])
    }
}
