import Testing

@testable import CorpusAudit

@Suite struct PathPatternTests {
    @Test(
        "patterns match as a shell with ** would",
        arguments: [
            ("a/*.jsonl", "a/x.jsonl", true), ("a/*.jsonl", "a/b/x.jsonl", false), ("a/**/*.jsonl", "a/x.jsonl", true),
            ("a/**/*.jsonl", "a/b/c/x.jsonl", true), ("**/x", "x", true), ("**", "a/b", true), ("a/**", "a", true),
            ("part-?.zst", "part-1.zst", true), ("part-?.zst", "part-10.zst", false), ("[ab]*", "bx", true),
            ("[!ab]*", "bx", false), ("[a-c]x", "bx", true), ("*a*b", "xaxxb", true), ("*a*b", "xaxxc", false),
            ("[", "[", true), ("a/[x", "a/[x", true), ("*.jsonl.zst", "a.jsonl", false),
            ("a\\[b\\]/*", "a[b]/x", true), ("a\\*", "a*", true), ("a\\*", "ab", false), ("a\\\\b", "a\\b", true),
        ])
    func matches(pattern: String, path: String, expected: Bool) {
        #expect(PathPattern(pattern).matches(path) == expected)
    }

    @Test("a pattern of many stars is not exponential")
    func manyStars() {
        let pattern = String(repeating: "a*", count: 50) + "b"
        #expect(!PathPattern(pattern).matches(String(repeating: "a", count: 5_000)))
    }
}
