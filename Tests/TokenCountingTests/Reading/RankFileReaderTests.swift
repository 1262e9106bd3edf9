import Testing

@testable import TokenCounting

/// A rank file of all bytes and some tokens.
enum RankFile {
    static func encode(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word = 0
            for index in 0..<3 { word = word << 8 | (start + index < bytes.count ? Int(bytes[start + index]) : 0) }
            for index in 0..<4 { text.append(index <= group.count ? digits[word >> (18 - 6 * index) & 63] : "=") }
        }
        return text
    }

    static func text(_ tokens: [String] = ["ab", "abc", "he", "ll", "hello"]) -> String {
        let all = (UInt8.min...UInt8.max).map { [$0] } + tokens.map { Array($0.utf8) }
        return all.enumerated().map { "\(encode($1)) \($0)\n" }.joined()
    }
}

@Suite struct RankFileReaderTests {
    private func message(_ text: String) -> String? {
        do {
            _ = try RankFileReader.read(Array(text.utf8), path: "v.tiktoken", allowsGaps: false)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("A whole file is read")
    func whole() throws {
        let (tokens, ranks) = try RankFileReader.read(Array(RankFile.text().utf8), path: "v", allowsGaps: false)
        #expect(tokens.count == 261)
        #expect(tokens[256] == Array("ab".utf8))
        #expect(ranks == (0..<261).map(UInt32.init))
    }

    @Test(
        "Each fault is named with its file and line",
        arguments: [
            ("", "v.tiktoken: no token is in the file"),
            ("AA== 0\nAQ==\n", "v.tiktoken:2: a token in base64, a space and a rank are wanted; the line has no space"),
            (
                "AA== 0\nAQ",
                "v.tiktoken:2: a token in base64, a space and a rank are wanted; the line has no space, and the file ends with it: it may be cut off"
            ),
            ("A?== 0\n", "v.tiktoken:1: the token is not base64"),
            ("AA== 0\nAQ= 1\n", "v.tiktoken:2: the token is not base64"),
            ("AA== x\n", "v.tiktoken:1: the rank is not a number below 2^31"),
            ("AA== 4294967295\n", "v.tiktoken:1: the rank is not a number below 2^31"),
            ("AA== 0\nAQ== 0\n", "v.tiktoken:2: rank 0 is already that of line 1"),
            ("AA== 0\nAA== 1\n", "v.tiktoken:2: the token is already that of line 1"),
            ("AA== 0\nAQ== 1", "v.tiktoken:2: the file ends within its last line: it may be cut off"),
            (
                "AA== 0\n",
                "v.tiktoken: there is no token for byte 1, so some text has no tokens: the file may be cut off"
            ),
            (
                RankFile.text() + "enp6 300\n",
                "v.tiktoken: rank 261 is missing, though ranks go up to 300: the file may be damaged"
            ),
        ])
    func faults(text: String, expected: String) {
        #expect(message(text) == expected)
    }

    @Test("Whatever is cut off or flipped is refused or read, never worse")
    func damage() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let text = Array(RankFile.text().utf8)
        for _ in 0..<300 {
            var damaged = Array(text[..<Int.random(in: 0...text.count, using: &generator)])
            if !damaged.isEmpty, Bool.random(using: &generator) {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^=
                    1 << UInt8.random(in: 0..<8, using: &generator)
            }
            _ = try? RankFileReader.read(damaged, path: "v", allowsGaps: false)
        }
    }
}
