import CorpusAudit
import Testing

@Suite struct FieldPathTests {
    @Test(
        "dots separate keys, a backslash keeps them",
        arguments: [
            ("text", ["text"]), ("a.b.c", ["a", "b", "c"]), (#"a\.b.c"#, ["a.b", "c"]), (#"a\\b"#, [#"a\b"#]),
        ])
    func reads(text: String, keys: [String]) throws {
        let path = try FieldPath(text)
        #expect(path.keys == keys)
        #expect(path.description == text)
    }

    @Test("a path with an empty key is refused", arguments: ["", ".", "a.", ".a", "a..b", "a\\"])
    func refuses(text: String) {
        #expect(throws: CorpusError.self) { try FieldPath(text) }
    }
}
