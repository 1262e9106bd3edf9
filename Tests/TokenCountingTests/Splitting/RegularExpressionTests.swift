import Testing

@testable import TokenCounting

@Suite struct RegularExpressionTests {
    private func matches(_ pattern: String, _ text: String) throws -> [String] {
        let expression = try RegularExpression(pattern)
        let bytes = Array(text.utf8)
        var found: [String] = []
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            expression.forEachMatch(start, buffer.count) {
                found.append(String(decoding: bytes[$0..<$1], as: UTF8.self))
            }
        }
        return found
    }

    @Test(
        "Matches are leftmost, and the first alternative wins",
        arguments: [
            ("a|ab", "abab", ["a", "a"]), ("ab|a", "aab", ["a", "ab"]), ("[0-9]{2,3}", "1234567", ["123", "456"]),
            (#"\s+(?!\S)|\s+"#, "a   b  ", ["  ", " ", "  "]), (#"\p{Lu}\p{Ll}*"#, "ÉtéABc", ["Été", "A", "Bc"]),
            (#"[^\s\p{L}]+"#, "a+-é 1b", ["+-", "1"]), ("a++b|aa", "aaab aac", ["aaab", "aa"]),
            ("(?>a|ab)c|abc", "abc ac", ["abc", "ac"]), ("(?i:'s|'t)", "'S'\u{17F}'t'x", ["'S", "'\u{17F}", "'t"]),
            ("^a|b$", "ab\nab", ["a", "b", "a", "b"]), (#"\Aa|b\z"#, "ab\nab", ["a", "b"]),
            ("x(?=y)", "xyxz", ["x"]), ("[^a[^b]]|c", "abc", ["b", "c"]), (#"\u4e00|[一-三]+"#, "一二三四", ["一", "三"]),
            ("(?:ab?){1,2}c", "abac", ["abac"]), (".", "a\nb", ["a", "b"]), (#"[\p{Han}]+"#, "中文a", ["中文"]),
            (#"\P{L}|\p{^N}"#, "a1", ["a", "1"]), ("[0-9]{1,3}+", "1234567a89", ["1234567", "89"]),
            ("[-a]|[b-]", "-ab", ["-", "a", "b"]),
        ])
    func matching(pattern: String, text: String, expected: [String]) throws {
        #expect(try matches(pattern, text) == expected)
    }

    @Test(
        "What is not known is refused by name",
        arguments: [
            ("a*", "it matches an empty text"), ("(a+)+b", "a repetition inside a repetition is not supported"),
            ("a+?", "lazy repetition is not supported"), ("(a", "a group does not end"),
            ("a)", "a bracket closes that none opened"),
            ("[a", "a class does not end"), (#"\p{Greek}"#, "the property Greek is not supported"),
            ("[[:alpha:]]", "POSIX classes are not supported"), ("(?<=a)b", "the group (?< is not supported"),
            (#"\b"#, #"the escape \b is not supported"#), ("[a&&b]", "the intersection of classes is not supported"),
            ("(?i:é)", "letters beyond ASCII without regard to case are not supported"),
            ("(?i:fi)", "the letters of a ligature without regard to case are not supported"),
            ("+a", "a repetition has nothing to repeat"),
            ("a{2,3}+", "a plus behind a count in braces is not supported"),
        ])
    func refused(pattern: String, reason: String) {
        #expect {
            try RegularExpression(pattern)
        } throws: { ($0 as? RegularExpression.Refusal)?.reason == reason }
    }

    @Test(
        "The scanners of known patterns and the expressions they stand for cut alike",
        arguments: PretokenPattern.allCases)
    func knownPatterns(pattern: PretokenPattern) throws {
        guard pattern != .deepseek, pattern != .starcoder else { return }
        for spelling in pattern.spellings where PretokenPattern(oniguruma: spelling) != nil {
            let expression = try RegularExpression(spelling)
            for seed in 0..<300 {
                var fuzzer = TextFuzzer(seed: UInt64(seed))
                let text = fuzzer.text()
                text.withUnsafeBufferPointer { buffer in
                    guard let start = buffer.baseAddress else { return }
                    var cuts: [Int] = []
                    var matched: [Int] = []
                    pattern.forEachPretoken(TextScan(start, end: buffer.count, classes: UnicodeClasses.table)) {
                        cuts.append($1)
                    }
                    expression.forEachMatch(start, buffer.count) { matched.append($1) }
                    #expect(cuts == matched, "seed \(seed)")
                }
            }
        }
    }
}
