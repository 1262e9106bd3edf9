import TestSupport
import Testing

@testable import TokenCounting

@Suite struct VocabularyFileTests {
    @Test("A rank file counts with the pattern that is named, and asks for one where none is")
    func rankFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(RankFile.text(), to: "mine.tiktoken")
        let counter = try VocabularyCounter(file: path, pattern: .cl100k)
        #expect(counter.identity.name == "mine")
        #expect(counter.identity.isCertified)
        #expect(counter.vocabularySize == 261)
        #expect(
            counter.identity.policy
                == TokenizationPolicy(specialTokens: .plainText, addsBeginningOfText: false, normalization: "none"))
        #expect(counter.count("hello abc") == 3)
        #expect(
            folder.refusal(of: path)
                == "mine.tiktoken: a rank file does not say how text is cut, and this one is none that is known by its "
                + "digest: name its pattern, as in cl100k=mine.tiktoken; there are r50k, cl100k, llama3, qwen2, qwen3.5, "
                + "o200k, tekken, deepseek, starcoder")
    }

    @Test("A file that is not there, a folder, and nonsense are named")
    func noVocabulary() throws {
        let folder = try TemporaryFolder()
        #expect(folder.refusal(of: folder.path + "/none") == "none: there is no such file")
        #expect(
            folder.refusal(of: folder.path)?.hasSuffix("is a folder; give the vocabulary file inside it") == true)
        #expect(
            folder.refusal(of: try folder.write("hello there\n", to: "x.txt"))
                == "x.txt:1: the token is not base64")
    }

    @Test(
        "Damaged files of every format are refused or read, never worse",
        arguments: ["json", "tekken", "model", "gguf"])
    func damage(format: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let whole: [UInt8] =
            switch format {
            case "json": Array(Samples.huggingFace().utf8)
            case "tekken": Array(Samples.tekken().utf8)
            case "model": Samples.sentencePiece([("\u{2581}", -1), ("a", -2), ("\u{2581}a", -3)], type: 2)
            default: Samples.gguf()
            }
        let folder = try TemporaryFolder()
        for round in 0..<60 {
            var damaged = whole
            if round % 2 == 0 { damaged = Array(damaged.prefix(Int.random(in: 0...whole.count, using: &generator))) }
            if !damaged.isEmpty {
                for _ in 0..<Int.random(in: 0...3, using: &generator) {
                    damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^=
                        1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            let path = try folder.write(damaged, to: "damaged")
            if let counter = try? VocabularyCounter(file: path, pattern: .cl100k) { _ = counter.count("a hé 中 12") }
        }
    }
}
