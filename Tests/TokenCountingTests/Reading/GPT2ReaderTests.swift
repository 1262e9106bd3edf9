import TestSupport
import Testing

@testable import TokenCounting

@Suite struct GPT2ReaderTests {
    @Test("GPT-2's two files count, whichever is named, and a cut list of merges is refused")
    func gpt2() throws {
        let folder = try TemporaryFolder()
        let vocabulary = (Samples.letters + ["he", "ll", "hell", "hello", "<|endoftext|>"]).enumerated().map {
            "\"\($1)\": \($0)"
        }
        try folder.write("{" + vocabulary.joined(separator: ", ") + "}", to: "encoder.json")
        let path = try folder.write("#version: 0.2\nh e\nl l\nhe ll\nhell o\n", to: "vocab.bpe")
        let counter = try VocabularyCounter(file: path)
        #expect(counter.count("hello ell") == 4)
        #expect(try VocabularyCounter(file: folder.path + "/encoder.json").count("hello ell") == 4)
        try folder.write("#version: 0.2\nh e\nl l\nhe ll\n", to: "vocab.bpe")
        #expect(
            folder.refusal(of: path)
                == "vocab.bpe:5: no merge makes the token \"hello\" of encoder.json: the file may be cut off")
        try folder.write("#version: 0.2\nh e\nl l\nhe\n", to: "vocab.bpe")
        #expect(folder.refusal(of: path) == "vocab.bpe:4: a merge is two tokens with a space between them, not \"he\"")
    }
}
