import Foundation
import OrderedJSON
import TestSupport
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct RecordConditionTests {
    static func audit(_ corpus: Corpus, state: String? = nil) async throws -> Audit {
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 4))
        options.memory = 64 << 20
        return try await Auditor(options: options).audit(corpus, state: state)
    }

    static func fields(_ condition: String, text: [String] = ["text"], source: String? = nil) throws -> FieldSelection {
        var fields = FieldSelection(text: try FieldPath(text[0]), source: try source.map { try FieldPath($0) })
        fields.furtherTexts = try text.dropFirst().map { try FieldPath($0) }
        fields.condition = try RecordCondition(condition)
        return fields
    }

    /// The numbers of the records that a condition keeps, and the kinds of problems.
    private static func kept(
        _ records: [String], _ condition: String
    ) async throws -> (documents: Int, filtered: Int, problems: [String]) {
        let folder = try TemporaryFolder(["web/a.jsonl": records.joined(separator: "\n") + "\n"])
        let audit = try await audit(try Corpus(paths: [folder.path], fields: try fields(condition)))
        return (
            audit.totals.documents, audit.filtered.reduce(0) { $0 + $1.documents },
            audit.problemCounts.map { "\($0.kind.rawValue) \($0.count)" }
        )
    }

    @Test(
        "a record is read where its fields fulfil the condition",
        arguments: [
            (#""s": 3"#, "s >= 3", true), (#""s": 2.9"#, "s >= 3", false), (#""s": "3""#, "s >= 3", true),
            (#""s": 3"#, "s = '3'", true), (#""s": "03""#, "s = 3", false), (#""s": "03""#, "s = '03'", true),
            (#""l": "en""#, "l = en", true), (#""l": "EN""#, "l = en", false), (#""l": "en""#, "l != en", false),
            (#""l": "\u0065n""#, "l = 'en'", true), (#""m": {"l": "en"}"#, "m.l = en", true),
            (#""a.b": 1"#, #"a\.b = 1"#, true), (#""x": 1"#, "l = en", false), (#""x": 1"#, "l != en", true),
            (#""x": 1"#, "s < 3", false), (#""x": 1"#, "l = null", true), (#""l": null"#, "l = null", true),
            (#""l": "x""#, "l != null", true), (#""l": "NA""#, "l = NA", true), (#""l": "NA""#, "l = x", false),
            (#""l": """#, "l = ''", true), (#""s": NaN"#, "s > 0", false), (#""b": true"#, "b = true", true),
            (#""b": false"#, "b = true", false), (#""s": 1, "l": "en""#, "l = en and s > 0", true),
            (#""s": 1, "l": "de""#, "l = en and s > 0", false), (#""s": 1, "l": "de""#, "l = en or s > 0", true),
            (#""s": 1, "s": 5"#, "s > 3", true), (#""s": 5, "s": null"#, "s > 3", false),
            (#""s": 5, "t": 1"#, "s > 3 && t < 3 || s = 0", true), (#""text": 7, "s": 1"#, "s > 3", false),
            (#""n": 9007199254740992"#, "n = 9007199254740993", false),
            (#""n": 9007199254740993"#, "n = 9007199254740993", true),
            (#""n": "18446744073709551615""#, "n > 18446744073709551614", true),
            (#""n": -9007199254740993"#, "n < -9007199254740992", true),
            (#""n": 9007199254740993"#, "n > 9e15", true), (#""n": 9007199254740993"#, "n = null", false),
        ])
    func holds(members: String, condition: String, isKept: Bool) async throws {
        let record = members.contains("\"text\"") ? "{\(members)}" : "{\"text\": \"x\", \(members)}"
        let found = try await Self.kept([record], condition)
        #expect(found.documents == (isKept ? 1 : 0))
        #expect(found.filtered == (isKept ? 0 : 1))
    }

    @Test(
        "a value of a wrong type is damage: the record is neither counted nor filtered",
        arguments: [
            (#""s": "high""#, "s > 3"), (#""s": [1]"#, "s = 1"), (#""s": {"a": 1}"#, "s = 1"), (#""s": true"#, "s > 0"),
        ])
    func wrongType(members: String, condition: String) async throws {
        let found = try await Self.kept(["{\"text\": \"x\", \(members)}", "{\"text\": \"y\", \"s\": 9}"], condition)
        #expect(found.problems == ["unfilterable 1"])
        #expect(found.documents + found.filtered == 1)
    }

    @Test("records are counted as filtered by their source, and the audit says how it was asked")
    func bySource() async throws {
        let folder = try TemporaryFolder([
            "in/a.jsonl": """
            {"text": "one", "from": "web", "s": 1}
            {"text": "two", "from": "web", "s": 2}
            {"text": "three", "from": "code", "s": 1}
            {"text": "four", "from": "books", "s": 3}

            """
        ])
        let fields = try Self.fields("s >= 2", source: "from")
        let corpus = try Corpus(paths: [folder.path + "/in"], fields: fields)
        let audit = try await Self.audit(corpus)
        #expect(audit.filtered == [.init(source: "code", documents: 1), .init(source: "web", documents: 1)])
        #expect(audit.sources.map(\.documents) == [1, 0, 1] && audit.isComplete)
        #expect(audit.madeBy == "datawall audit \(folder.path)/in --where 's >= 2' --source-key from")
        #expect(audit.options.sources.first?.value.first?.condition == "s >= 2")
        let read = try Audit(parsing: Array(audit.json.fileText().utf8))
        #expect(read == audit)
        // Finished work of another condition is not taken for this one's.
        _ = try await Self.audit(corpus, state: folder.path + "/state")
        await #expect(throws: RunError.self) {
            _ = try await Self.audit(
                try Corpus(paths: [folder.path + "/in"], fields: try Self.fields("s >= 1", source: "from")),
                state: folder.path + "/state")
        }
    }

    @Test("rows of Parquet are filtered by the same rules")
    func parquet() async throws {
        let folder = try TemporaryFolder()
        let bytes = ParquetShards.file(
            [
                "text": .texts(["a", "b", nil, "d", "e"]), "title": .texts(["A", nil, "C", "D", "E"]),
                "meta.score": .doubles([1, 5, nil, .nan, 9]), "lang": .texts(["en", "en", "en", "de", nil]),
                "n": .integers([1, 2, 3, 4, nil]),
            ], groupRows: 2
        ).bytes
        try folder.write(bytes, to: "in/a.parquet")
        func counts(_ condition: String, text: [String] = ["text"]) async throws -> [Int] {
            let corpus = try Corpus(paths: [folder.path + "/in"], fields: try Self.fields(condition, text: text))
            let audit = try await Self.audit(corpus)
            return [
                audit.totals.documents, audit.filtered.first?.documents ?? 0,
                audit.problemCounts.reduce(0) { $0 + $1.count },
            ]
        }
        #expect(try await counts("meta.score >= 5") == [2, 3, 0])
        #expect(try await counts("lang = en and n <= 2") == [2, 3, 0])
        #expect(try await counts("meta.score = null") == [1, 3, 1])
        #expect(try await counts("n > 0", text: ["title", "text"]) == [4, 1, 0])
        #expect(try await counts("lang > 3") == [0, 1, 4])
        #expect(try await counts("nothing = 1") == [0, 0, 1])
    }

    @Test("files without fields are refused, and conditions that cannot be read")
    func refused() throws {
        let folder = try TemporaryFolder(["in/a.txt": "text", "in/b.jsonl": "{\"text\": \"x\"}\n"])
        for condition in ["s > 3"] {
            let error = #expect(throws: CorpusError.self) {
                try Corpus(paths: [folder.path], fields: try Self.fields(condition))
            }
            #expect("\(error.map { "\($0)" } ?? "")".contains("a.txt has no fields"))
        }
        for condition in [
            "", "s >", "s > 1 and", "a[].b = 1", "a..b = 1", (0..<33).map { "f\($0) = 1" }.joined(separator: " and "),
        ] {
            #expect(throws: CorpusError.self) { try RecordCondition(condition) }
        }
    }

    @Test("a manifest gives a source a condition of its own")
    func manifest() async throws {
        let folder = try TemporaryFolder([
            "web.jsonl": "{\"text\": \"one\", \"s\": 1}\n{\"text\": \"two\", \"s\": 2}\n",
            "code.jsonl": "{\"text\": \"x\"}\n",
            "corpus.yml":
                "sources:\n  - {name: web, paths: web.jsonl, where: 's = 2'}\n  - {name: code, paths: code.jsonl}\n",
        ])
        let audit = try await Self.audit(try Corpus(manifest: folder.path + "/corpus.yml"))
        #expect(audit.filtered == [.init(source: "web", documents: 1)] && audit.totals.documents == 2)
    }

    @Test("a sample leaves filtered records out")
    func sample() async throws {
        let folder = try TemporaryFolder([
            "in/a.jsonl": (0..<50).map { "{\"text\": \"\($0)\", \"s\": \($0)}\n" }.joined()
        ])
        let corpus = try Corpus(paths: [folder.path + "/in"], fields: try Self.fields("s < 20"))
        let sample = try await CorpusSampler(share: 0.9999).write(corpus, to: folder.path + "/out")
        #expect(sample.documents == 20 && sample.filtered == 30 && sample.taken == 20)
    }
}

@Suite struct JoinedTextTests {
    private static func texts(_ record: String, _ keys: [String]) async throws -> (bytes: Int, problems: [Problem]) {
        let folder = try TemporaryFolder(["web/a.jsonl": record + "\n"])
        var fields = FieldSelection(text: try FieldPath(keys[0]))
        fields.furtherTexts = try keys.dropFirst().map { try FieldPath($0) }
        let corpus = try Corpus(paths: [folder.path], fields: fields)
        let audit = try await RecordConditionTests.audit(corpus)
        return (audit.totals.documents == 0 ? -1 : audit.totals.bytes, audit.problems)
    }

    /// What the scanner makes of a record.
    private static func text(_ record: String, _ keys: [String]) throws -> String? {
        var fields = FieldSelection(text: try FieldPath(keys[0]))
        fields.furtherTexts = try keys.dropFirst().map { try FieldPath($0) }
        var scanner = FieldScanner(fields)
        let bytes = Array(record.utf8) + [UInt8](repeating: 0, count: FieldScanner.requiredPadding)
        return try bytes.withUnsafeBufferPointer { bytes in
            try scanner.scan(UnsafeBufferPointer(rebasing: bytes[..<record.utf8.count])).text
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test(
        "texts of lists and of several fields are joined by line feeds, in their order",
        arguments: [
            (
                #"{"messages": [{"role": "a", "content": "one"}, {"content": "tw\no"}]}"#, ["messages[].content"],
                "one\ntw\no"
            ),
            (#"{"p": ["a", "b\u00e9", ""]}"#, ["p[]"], "a\nbé\n"),
            (#"{"messages": []}"#, ["messages[].content"], ""),
            (#"{"messages": [{"content": null}, {"role": "x"}, {"content": "c"}]}"#, ["messages[].content"], "c"),
            (#"{"b": "two", "a": "one"}"#, ["a", "b"], "one\ntwo"), (#"{"b": "two", "a": null}"#, ["a", "b"], "two"),
            (#"{"b": "two"}"#, ["a", "b"], "two"), (#"{"a": "x", "a": "y", "b": "z"}"#, ["a", "b"], "y\nz"),
            (#"{"m": [{"c": [{"t": "1"}, {"t": "2"}]}, {"c": [{"t": "3"}]}]}"#, ["m[].c[].t"], "1\n2\n3"),
            (#"{"m": [{"c": "x"}], "m": [{"c": "y"}]}"#, ["m[].c"], "y"),
            (#"{"m": [{"c": "x", "c": "y"}, {"c": "z"}]}"#, ["m[].c"], "y\nz"),
            (#"{"d": {"m": [{"c": {"t": "deep"}}]}, "title": "T"}"#, ["title", "d.m[].c.t"], "T\ndeep"),
            (#"{"m": [{"c": "x", "r": "user"}]}"#, ["m[].r", "m[].c"], "user\nx"),
            (#"{"a[]": "k"}"#, [#"a\[]"#, "b"], "k"),
        ])
    func joins(record: String, keys: [String], text: String) throws {
        #expect(try Self.text(record, keys) == text)
    }

    @Test(
        "what is no string is damage by name",
        arguments: [
            (#"{"m": [{"c": 1}]}"#, ["m[].c"], "text_not_a_string", "`m[].c`"),
            (#"{"m": "x"}"#, ["m[].c"], "text_not_a_string", "a string is at"),
            (#"{"m": ["x"]}"#, ["m[].c"], "text_not_a_string", "a string is at"),
            (#"{"m": [{"c": ["x"]}]}"#, ["m[].c"], "text_not_a_string", "an array is at"),
            (#"{"a": "x", "b": 2}"#, ["a", "b"], "text_not_a_string", "a number is at the text key `b`"),
            (#"{"x": 1}"#, ["a", "b"], "missing_key", "`a`, `b`"),
            (#"{"m": null}"#, ["m[].c"], "missing_key", "`m[].c`"),
            (#"{"m": [{"c": "x"]}"#, ["m[].c"], "bad_json", "JSON"),
            (#"{"text": ["x"]}"#, ["text"], "text_not_a_string", "KEY[]"),
        ])
    func damage(record: String, keys: [String], kind: String, message: String) async throws {
        let found = try await Self.texts(record, keys)
        #expect(found.bytes == -1 && found.problems.map(\.kind.rawValue) == [kind])
        #expect(found.problems.first?.message.contains(message) == true, "\(found.problems)")
    }

    @Test("paths with lists are read as they are written", arguments: ["a[]", "a[].b", "a.b[].c[].d", #"a\[].b"#])
    func paths(text: String) throws { #expect(try FieldPath(text).description == text) }

    @Test("paths with brackets elsewhere are refused", arguments: ["[]", "a[][]", "a[]b", "a.[]"])
    func badPaths(text: String) { #expect(throws: CorpusError.self) { try FieldPath(text) } }
}
