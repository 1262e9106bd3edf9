import OrderedJSON
import Testing

@Suite struct JSONRecordTests {
    enum Colour: String, CaseIterable, JSONRepresentable { case red, blue }

    struct Letter: JSONSpelled, Equatable {
        var letter: Character = "a"

        static let spelling = "one letter"
        var description: String { String(letter) }

        init() {}
        init?(spelled text: String) {
            guard text.count == 1 else { return nil }
            letter = Character(text)
        }
    }

    struct Part: JSONRecord, Equatable {
        var name = ""
        var weight = 0.0
        var cap: Double?
        var isBound = false

        static let blank = Part()
        static let fields: [JSONField<Part>] = [
            .init("name", \.name, "Its name.", .notEmpty),
            .init("weight", \.weight, "Its share.", .share),
            .init("cap", \.cap, "The most passes.", .positive, presence: .readIfPresent),
            .init("bound", \.isBound, "Whether it is at its cap.", presence: .writtenIfSet),
        ]
    }

    struct File: JSONRecord, Equatable {
        var count = 0
        var colour = Colour.red
        var letter = Letter()
        var range: ClosedRange<Double>?
        var rows: [[Double]] = []
        var values = JSONDictionary<Double>()
        var parts: [Part] = []
        var error: String?

        static let blank = File()
        private static let isSound: @Sendable (File) -> Bool = { $0.error == nil }
        static let fields: [JSONField<File>] = [
            .init("format", constant: "test"),
            .init("count", \.count, "How many.", .count),
            .init("colour", \.colour),
            .init("letter", \.letter, presence: .readIfPresent),
            .init("range", \.range, presence: .readIfPresent),
            .init("rows", \.rows, presence: .writtenIfSet),
            .init("values", \.values, writtenWhere: isSound),
            .init("parts", \.parts, "The parts.", .notEmpty),
            .init(written: "total", { $0.parts.reduce(0) { $0 + $1.weight } }, "The sum of weights."),
            .init("error", \.error, presence: .writtenIfSet),
        ]

        func check(at place: JSONPlace) throws(JSONPathError) {
            guard parts.map(\.name) == parts.map(\.name).sorted() else {
                throw JSONPathError(path: place.path + "parts", reason: "must be in the order of their names")
            }
        }
    }

    /// A record whose file has a part's fields as its own.
    struct Whole: JSONRecord, Equatable {
        var part = Part()
        var pair: [Int] = [0, 0]

        static let blank = Whole()
        static let fields: [JSONField<Whole>] =
            Part.fields.map { JSONField($0, of: \.part) } + [
                .init("pair", \.pair, "Two numbers.", .elements(2)),
                .init(written: "sum", { $0.pair.reduce(0, +) }, "Their sum.", .notNegative),
                .init(written: "product", { $0.pair.reduce(1, *) }, "Their product."),
                .init("nothing", constant: nil, "Nothing yet."),
            ]
    }

    @Test("a part's fields can be the record's own, and be taken from another record")
    func parts() throws {
        let whole = Whole(part: Part(name: "a", weight: 0.5, cap: nil, isBound: true), pair: [1, 2])
        let text =
            #"{"name": "a", "weight": 0.5, "cap": null, "bound": true, "pair": [1, 2], "sum": 3, "product": 2, "nothing": null}"#
        #expect(whole.json.compactText == text)
        #expect(try Whole(strictly: JSONValue(parsing: Array(text.utf8))) == whole)
        var other = Whole()
        for field in Whole.fields.prefix(2) { field.copy(from: whole, to: &other) }
        #expect(other == Whole(part: Part(name: "a", weight: 0.5)))
        #expect(Whole.schema.first { $0.key == "properties" }?.value["nothing"]?["description"] == "Nothing yet.")
        for (good, bad, message) in [
            ("\"a\"", "\"\"", "name must not be empty"), ("[1, 2]", "[1]", "pair must have 2 elements, not 1"),
            ("\"sum\": 3", "\"sum\": \"3\"", "sum must be an integer, not a string"),
            ("\"sum\": 3", "\"sum\": -3", "sum must be 0 or more, not -3"),
            (", \"sum\": 3", "", "sum is missing"),
            ("\"product\": 2", "\"product\": {}", "product must be an integer, not an object"),
            ("\"nothing\": null", "\"nothing\": 1", "nothing must be null, not 1"),
        ] {
            let error = #expect(throws: JSONPathError.self) {
                try Whole(strictly: JSONValue(parsing: Array(text.replacing(good, with: bad).utf8)))
            }
            #expect(error?.description == message)
        }
    }

    @Test("fields are found in any order")
    func order() throws {
        let part = try Part(
            strictly: JSONValue(parsing: Array(#"{"cap": 2, "bound": true, "weight": 1, "name": "a"}"#.utf8)))
        #expect(part == Part(name: "a", weight: 1, cap: 2, isBound: true))
    }

    private static let file = File(
        count: 3, colour: .blue, range: 1...2.5, values: JSONDictionary(["a", "b"], [1, 2]),
        parts: [Part(name: "code", weight: 0.25, cap: 4, isBound: true), Part(name: "web", weight: 0.75)])

    private static let text = """
        {"format": "test", "count": 3, "colour": "blue", "letter": "a", "range": [1.0, 2.5], "values": {"a": 1.0, "b": 2.0}, \
        "parts": [{"name": "code", "weight": 0.25, "cap": 4.0, "bound": true}, {"name": "web", "weight": 0.75, \
        "cap": null}], "total": 1.0}
        """

    private func read(_ text: String) throws -> File {
        try File(strictly: try JSONValue(parsing: Array(text.utf8)))
    }

    @Test("a record is written in the order of its table, and what is written is read back")
    func roundTrip() throws {
        #expect(Self.file.json.compactText == Self.text)
        #expect(try read(Self.text) == Self.file)
    }

    private struct Measured: JSONWrittenRecord {
        var loss: Double?
        var interval: Double??

        static let fields: [JSONField<Measured>] = [
            .init(writtenIfKnown: "loss", \.loss, "The loss."), .init(writtenIfKnown: "interval", \.interval),
        ]
    }

    @Test("a field that is only written is left out without a value, is null where the value is, and is not required")
    func writtenIfKnown() {
        #expect(Measured().json == .object([:]))
        #expect(Measured(loss: 2.5, interval: .some(nil)).json.compactText == #"{"loss": 2.5, "interval": null}"#)
        #expect(!Measured.schema.contains { $0.key == "required" })
    }

    @Test("fields are always written, written where they are set, or written where a condition holds")
    func presence() throws {
        var file = Self.file
        (file.range, file.rows, file.error) = (nil, [[1, 2]], "why")
        #expect(
            file.json.compactText
                == Self.text.replacing("[1.0, 2.5]", with: "null").replacing(
                    ", \"values\": {\"a\": 1.0, \"b\": 2.0}", with: ", \"rows\": [[1.0, 2.0]]"
                )
                .replacing("\"total\": 1.0}", with: "\"total\": 1.0, \"error\": \"why\"}"))
        // null says the same as nothing, where a field may be left out; further numbers may be integers.
        let short = try read(
            #"{"format": "test", "count": 3.0, "colour": "red", "rows": null, "parts": [{"name": "a", "weight": 1, "bound": null}], "total": 1}"#
        )
        #expect(short == File(count: 3, parts: [Part(name: "a", weight: 1)]))
    }

    @Test(
        "what cannot be used is named by its path",
        arguments: [
            ("[1]", "the file must be an object, not an array"),
            (text.replacing("\"test\"", with: "\"other\""), "format must be \"test\", not \"other\""),
            (text.replacing("\"count\": 3, ", with: ""), "count is missing"),
            (text.replacing("\"count\": 3", with: "\"count\": null"), "count must be an integer, not null"),
            (text.replacing("\"count\": 3", with: "\"count\": 2.5"), "count must be an integer, not 2.5"),
            (text.replacing("\"count\": 3", with: "\"count\": -1"), "count must be from 0 to 2⁵³, not -1"),
            (text.replacing("\"count\": 3", with: "\"count\": \"3\""), "count must be an integer, not a string"),
            (text.replacing("blue", with: "green"), "colour must be one of red, blue, not 'green'"),
            (text.replacing("\"a\", \"range", with: "\"ab\", \"range"), "letter must be one letter, not 'ab'"),
            (text.replacing("[1.0, 2.5]", with: "[3, 2.5]"), "range has its first number 3.0 above its second 2.5"),
            (text.replacing("[1.0, 2.5]", with: "[3]"), "range must be two numbers, the smaller first"),
            (text.replacing("\"b\": 2.0", with: "\"b\": []"), "values.b must be a number, not an array"),
            (text.replacing("0.25", with: "2.5"), "parts[0].weight must be from 0 to 1, not 2.5"),
            (text.replacing("4.0", with: "0"), "parts[0].cap must be positive, not 0"),
            (text.replacing("\"name\": \"web\", ", with: ""), "parts[1].name is missing"),
            (text.replacing("\"web\"", with: "\"\""), "parts[1].name must not be empty"),
            (
                text.replacing("\"cap\": null", with: "\"kap\": null"),
                "parts[1].kap is not known; known here are name, weight, cap, bound"
            ),
            (text.replacing("\"web\"", with: "\"a\""), "parts must be in the order of their names"),
        ])
    func paths(text: String, message: String) throws {
        let error = #expect(throws: JSONPathError.self) { try read(text) }
        #expect(error?.description == message)
    }

    @Test("a reader may pass over keys that it does not know, and says which")
    func unknownKeys() throws {
        var unknown: [JSONUnknownKey] = []
        let value = try JSONValue(parsing: Array(Self.text.replacing("\"cap\": null", with: "\"kap\": null").utf8))
        #expect(try File(value, unknownKeys: &unknown) == Self.file)
        #expect(unknown.map(\.path) == ["parts[1].kap"])
        #expect(unknown.first?.known == ["name", "weight", "cap", "bound"])
    }

    @Test("the schema states types, rules, order and what every file has")
    func schema() throws {
        let schema = File.schemaFile(of: "test-1", title: "a test", summary: "What it is for.")
        #expect(schema["$id"] == "test-1" && schema["type"] == "object")
        #expect(schema["required"] == ["format", "count", "colour", "parts", "total"])
        let properties = try #require(schema["properties"])
        #expect(properties["format"] == .object(["const": "test"]))
        #expect(properties["count"]?["minimum"] == 0 && properties["count"]?["maximum"] == .integer(1 << 53))
        #expect(properties["colour"] == .object(["enum": ["red", "blue"]]))
        #expect(properties["range"]?["type"] == ["array", "null"])
        #expect(properties["parts"]?["items"]?["properties"]?["weight"]?["maximum"] == 1)
        #expect(properties["values"]?["additionalProperties"] == .object(["type": "number"]))
    }
}
