import Foundation
import Testing

@testable import CorpusAudit

@Suite struct JSONOutlineTests {
    private func outline(_ text: String) -> JSONOutline { JSONOutline(Array(text.utf8)[...]) }

    @Test("a value ends where its bracket closes, and its line feeds are counted")
    func whole() {
        #expect(outline("{}x") == .whole(length: 2, lineFeeds: 0))
        #expect(outline("{\"a\": [1, {\"}\": null}], \"b\": -1e5}\n{}") == .whole(length: 34, lineFeeds: 0))
        #expect(outline("[\n{\"a\":\n\"\\\"\"}\n]\n") == .whole(length: 15, lineFeeds: 3))
    }

    @Test("a text that ends inside its value is told from one that is no JSON")
    func unfinished() {
        for text in ["{", "[", "{\"a", "{\"a\\", "{\"a\"", "{\"a\":", "{\"a\": 1", "{\"a\": 1,", "[[", "[1, tr"] {
            #expect(outline(text) == .unfinished(lineFeeds: 0), "\(text)")
        }
        for text in [
            "{\"a\n", "{{", "{\n{", "{]", "[}", "{\"a\" 1", "{\"a\": 1 \"b\"", "{,", "[,", "{\"a\":,", "{a: 1}", "[1,]",
            "{'a'",
            "{\"a\": 1,}",
        ] {
            #expect(outline(text) == .malformed, "\(text)")
        }
    }

    @Test("whatever Foundation writes has the outline that Foundation reads", arguments: [11, 12, 13])
    func differential(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func value(_ depth: Int) -> Any {
            switch depth > 3 ? Int.random(in: 2..<5, using: &random) : Int.random(in: 0..<5, using: &random) {
            case 0: (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth + 1) }
            case 1:
                Dictionary(
                    uniqueKeysWithValues: (0..<Int.random(in: 0..<4, using: &random)).map {
                        ("k\"\\\($0)", value(depth + 1))
                    })
            case 2: Int.random(in: -1_000...1_000, using: &random)
            case 3: ["", "a", "\n\t", "\\\"", "}]{[", "é漢"].randomElement(using: &random) ?? ""
            default: [true, false].randomElement(using: &random) ?? true
            }
        }
        for _ in 0..<200 {
            let options: JSONSerialization.WritingOptions = Bool.random(using: &random) ? [] : [.prettyPrinted]
            let bytes = Array(try JSONSerialization.data(withJSONObject: ["x": value(0)], options: options))
            let lineFeeds = bytes.count { $0 == 0x0A }
            #expect(JSONOutline(bytes[...]) == .whole(length: bytes.count, lineFeeds: lineFeeds))
            let cut = Int.random(in: 1..<bytes.count, using: &random)
            #expect(JSONOutline(bytes[..<cut]) == .unfinished(lineFeeds: bytes[..<cut].count { $0 == 0x0A }))
        }
    }
}
