import Testing

@testable import TokenCounting

@Suite struct GPT2ReaderTests {
    @Test("GPT-2's two files count, whichever is named, and a cut list of merges is refused")
    func gpt2() throws {
        let folder = Folder()
        let vocabulary = (Samples.letters + ["he", "ll", "hell", "hello", "<|endoftext|>"]).enumerated().map {
            "\"\($1)\": \($0)"
        }
        folder.write("encoder.json", "{" + vocabulary.joined(separator: ", ") + "}")
        let path = folder.write("vocab.bpe", "#version: 0.2\nh e\nl l\nhe ll\nhell o\n")
        let counter = try VocabularyCounter(file: path)
        #expect(counter.count("hello ell") == 4)
        #expect(try VocabularyCounter(file: folder.path + "/encoder.json").count("hello ell") == 4)
        folder.write("vocab.bpe", "#version: 0.2\nh e\nl l\nhe ll\n")
        #expect(
            folder.refusal(of: path)
                == "vocab.bpe:5: no merge makes the token \"hello\" of encoder.json: the file may be cut off")
        folder.write("vocab.bpe", "#version: 0.2\nh e\nl l\nhe\n")
        #expect(folder.refusal(of: path) == "vocab.bpe:4: a merge is two tokens with a space between them, not \"he\"")
    }
}
