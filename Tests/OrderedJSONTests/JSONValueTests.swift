import OrderedJSON
import Testing

@Suite struct JSONValueTests {
    @Test("keys keep their order, integers stay exact and doubles stay doubles")
    func writing() {
        let value: JSONValue = .object([
            "b": 1, "a": .number(1), "big": .integer(.max), "tiny": 1e-300, "none": nil, "list": [true, "x"],
        ])
        #expect(
            value.compactText
                == #"{"b": 1, "a": 1.0, "big": 9223372036854775807, "tiny": 1e-300, "none": null, "list": [true, "x"]}"#
        )
    }

    @Test("a number that is not finite is written as null, which every reader takes")
    func notFinite() {
        let value = JSONValue.array([
            .number(.nan), .number(.infinity), .number(-.infinity), .number(.leastNonzeroMagnitude),
        ])
        #expect(value.compactText == "[null, null, null, 5e-324]")
    }

    @Test("what does not fit a line is spread over several")
    func layout() {
        let value: JSONValue = .object(["name": "web", "rows": .array((0..<4).map { .object(["n": .integer($0)]) })])
        #expect(
            value.fileText(width: 24) == """
                {
                  "name": "web",
                  "rows": [
                    {"n": 0},
                    {"n": 1},
                    {"n": 2},
                    {"n": 3}
                  ]
                }

                """)
    }

    @Test(
        "strings read back as they were written",
        arguments: ["", "\"\\/\u{8}\u{c}\n\r\t\u{0}", "é漢🎉\u{2028}", "<script>", "a\u{7f}b"])
    func roundTrip(text: String) throws {
        let value: JSONValue = .object([text: .string(text)])
        #expect(try JSONValue(parsing: Array(value.compactText.utf8)) == value)
        #expect(!value.compactText.contains("<"))
    }

    @Test("escapes are undone, surrogate pairs joined")
    func escapes() throws {
        let text = #"{"\u0061": "\ud83c\udf89\/\u00e9", "n": [1, 1.5, -2e3, 12345678901234567890]}"#
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value["a"] == .string("🎉/é"))
        #expect(value["n"] == .array([1, 1.5, .number(-2000), .number(12345678901234567168)]))
    }

    @Test(
        "a text that is not JSON is refused with its place",
        arguments: [
            ("", "the text ends before a value at line 1, column 1"),
            ("{\"a\": 1,\n \"a\": 2}", "the key \"a\" occurs twice at line 2, column 2"),
            ("[1 2]", "a comma or ] is missing at line 1, column 4"),
            ("{\"a\" 1}", "a colon is missing after \"a\" at line 1, column 6"),
            ("01", "a number that starts with 0 at line 1, column 1"),
            ("1.", "a number without digits after the point at line 1, column 1"),
            ("1e999", "a number too large to hold at line 1, column 1"),
            ("\"\\ud800\"", "half of a surrogate pair at line 1, column 2"),
            ("\"\\x\"", "an unknown escape at line 1, column 2"),
            ("\"a\nb\"", "a control character inside a string at line 1, column 3"),
            ("nul", "a word that is not null at line 1, column 1"),
            ("{} {}", "text after the end of the value at line 1, column 4"),
            ("\"abc", "a string that does not end at line 1, column 1"),
            (String(repeating: "[", count: 600), "more than 512 levels of nesting at line 1, column 513"),
        ])
    func refusal(text: String, message: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(error?.description == message)
    }
}
