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

    @Test("several vocabularies count in one pass, each as it does alone, and a plan takes the first")
    func several() throws {
        let folder = try TestFolder([
            "mine.tiktoken": Self.ranks,
            "bytes.tiktoken": String(Self.ranks.split(separator: "\n").prefix(256).joined(separator: "\n")) + "\n",
            "web/a.jsonl": "{\"text\": \"ab abc\"}\n{\"text\": \"ab abc\"}\n{\"text\": \"x\"}\n",
        ])
        let run = try CommandRun(
            [
                "audit", "web", "--tokenizer", "cl100k=mine.tiktoken", "--tokenizer", "cl100k=bytes.tiktoken", "-o",
                "audit.json",
            ],
            in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Tokens of mine, 1.444 bytes a token."))
        #expect(run.output.contains("mine            9       5    44.4 %          1.800          1.444"))
        #expect(run.output.contains("bytes          13       7    46.2 %          1.857          1.000"))
        let audit = try Audit(parsing: Array(folder.read("audit.json").utf8))
        #expect(audit.totals.tokens == 9)
        #expect(audit.byFurtherTokenizer.map(\.totals.tokens) == [13])
        let plan = try CommandRun(
            ["plan", "audit.json", "--flops", "1e9", "--law", "muennighoff", "--json"], in: folder.path)
        #expect(plan.output.contains("\"unique_tokens\": 5"))
        #expect(!plan.output.contains("estimated_tokens"))
        let twice = try CommandRun(
            ["audit", "web", "--tokenizer", "cl100k=mine.tiktoken", "--tokenizer", "cl100k=mine.tiktoken"],
            in: folder.path)
        #expect(twice.status == 64)
        #expect(twice.errors.contains("--tokenizer cl100k=mine.tiktoken is the vocabulary of mine once more."))
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
        #expect(unknown.errors.contains("give the path of a vocabulary file"))
    }

    @Test("a model's folder, or a file of settings in it, counts with the vocabulary there or says how to get one")
    func folders() throws {
        let settings = "{\"tokenizer_class\": \"LlamaTokenizer\"}"
        let words = """
            {"model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}},
            "pre_tokenizer": {"type": "WhitespaceSplit"}}
            """
        let folder = try TestFolder([
            "bare/tokenizer_config.json": settings, "model/tokenizer_config.json": settings,
            "model/tokenizer.json": words, "web/a.jsonl": "{\"text\": \"a b a\"}\n",
        ])
        for path in ["model", "model/", "model/tokenizer_config.json"] {
            let run = try CommandRun(["audit", "web", "--tokenizer", path, "--json"], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("\"tokens\": 3,"))
        }
        for path in ["bare", "bare/tokenizer_config.json"] {
            let run = try CommandRun(["audit", "web", "--tokenizer", path], in: folder.path)
            #expect(run.status == 65)
            #expect(run.errors.contains("tokenizer.json"))
        }
    }
}
