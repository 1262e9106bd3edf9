import Testing

@testable import TokenCounting

@Suite struct JSONTextTests {
    private func message(_ text: String) -> String? {
        do {
            _ = try JSONText.read(Array(text.utf8), path: "t.json")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Values are read with their escapes")
    func values() throws {
        let text = #"{"a": [1, -2.5e1, true, false, null], "b": {"c": "x\n\"\\\/\u00e9\ud83d\ude00"}, "a b": 3}"#
        let (root, _) = try JSONText.read(Array(text.utf8), path: "t.json")
        #expect(root["a"]?.elements?.count == 5)
        #expect(root["a"]?.elements?[0].index == 1)
        #expect(root["a"]?.elements?[1].index == nil)
        #expect(root["a"]?.elements?[2].bool == true)
        #expect(root["b"]?["c"]?.text == "x\n\"\\/\u{E9}\u{1F600}")
        #expect(root["a b"]?.index == 3)
        #expect(root["c"] == nil)
    }

    @Test(
        "Each fault is named with its line",
        arguments: [
            ("", "t.json:1: the JSON ends too soon: the file may be cut off"),
            ("{\n\"a\": [1,\n2", "t.json:3: the JSON ends too soon: the file may be cut off"),
            ("{\n\"a", "t.json:2: a string does not end: the file may be cut off"),
            ("{\n\"a\" 1}", "t.json:2: a colon is wanted after a name in a JSON object"),
            ("[1 2]", "t.json:1: a comma or a bracket is wanted here"),
            ("{a: 1}", "t.json:1: a name in quotes is wanted in a JSON object"),
            ("[\n\ntru]", "t.json:3: this is no JSON value"),
            ("[1]\n[2]", "t.json:2: there is more after the JSON value's end"),
            (#"["\x"]"#, "t.json:1: an escape in a string is none of JSON's"),
            (#"["\ud800"]"#, "t.json:1: a string contains half of a surrogate pair"),
            (String(repeating: "[", count: 100), "t.json:1: the JSON is nested more than 64 deep"),
        ])
    func faults(text: String, expected: String) {
        #expect(message(text) == expected)
    }

    @Test("Whatever is cut off or flipped is refused or read, never worse")
    func damage() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let text = Array(
            #"{"model": {"vocab": {"a": 0, "\u00e9": 1}, "merges": [["a", "b"], "c d"], "x": [true, null, 1e5]}}"#.utf8)
        for _ in 0..<2_000 {
            var damaged = Array(text[..<Int.random(in: 0...text.count, using: &generator)])
            if !damaged.isEmpty {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^=
                    1 << UInt8.random(in: 0..<8, using: &generator)
            }
            _ = try? JSONText.read(damaged, path: "t.json")
        }
    }
}
