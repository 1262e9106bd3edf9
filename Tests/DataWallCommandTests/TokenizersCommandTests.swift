import DataWallKit
import Foundation
import Testing

@Suite struct TokenizersCommandTests {
    /// A rank file of all 256 bytes and the token "ab", as tiktoken's are.
    private static let ranks =
        ((UInt8.min...UInt8.max).map { Data([$0]) } + [Data("ab".utf8)]).enumerated()
        .map { "\($1.base64EncodedString()) \($0)\n" }.joined()

    @Test("a vocabulary is described by its family, size and digest")
    func described() throws {
        let folder = try TestFolder(["mine.tiktoken": Self.ranks])
        let run = try CommandRun(["tokenizers", "o200k=mine.tiktoken"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("mine: o200k, 257 tokens\nsha256 "))
        let json = try CommandRun(["tokenizers", "o200k=mine.tiktoken", "--json"], in: folder.path)
        #expect(json.output.contains("\"certified\": true"))
    }

    @Test("an audit counts with the vocabulary that is named, exactly")
    func audited() throws {
        let folder = try TestFolder([
            "mine.tiktoken": Self.ranks,
            "web/a.jsonl": "{\"text\": \"ab abc\"}\n{\"text\": \"ab abc\"}\n{\"text\": \"x\"}\n",
        ])
        let run = try CommandRun(["audit", "web", "--tokenizer", "cl100k=mine.tiktoken", "--json"], in: folder.path)
        #expect(run.status == 0)
        // "ab", then a space and "ab" and "c", twice; then "x".
        #expect(run.output.contains("\"tokens\": 9,"))
        #expect(run.output.contains("\"unique_tokens\": 5,"))
        #expect(run.output.contains("\"name\": \"mine\""))
        #expect(run.output.contains("\"estimate\": false"))
    }

    @Test("what cannot be counted with is refused with what, where and why")
    func refused() throws {
        let folder = try TestFolder([
            "mine.tiktoken": Self.ranks, "cut.tiktoken": String(Self.ranks.dropLast(4)), "web/a.jsonl": "{}\n",
        ])
        let cut = try CommandRun(["audit", "web", "--tokenizer", "cl100k=cut.tiktoken"], in: folder.path)
        #expect(cut.status == 65)
        #expect(cut.errors.contains("cut.tiktoken:257: "))
        let absent = try CommandRun(["audit", "web", "--tokenizer", "cl100k=none.tiktoken"], in: folder.path)
        #expect(absent.status == 66)
        #expect(absent.errors.contains("none.tiktoken: there is no such file"))
        let unknown = try CommandRun(["audit", "web", "--tokenizer", "gpt-99"], in: folder.path)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("no tokenizer \"gpt-99\" was found in "))
    }
}
