import TestSupport
import Testing

@testable import TokenCounting

@Suite struct GGUFReaderTests {
    @Test("A GGUF file's tokenizer counts, and others are refused by their kind")
    func gguf() throws {
        let folder = try TemporaryFolder()
        let counter = try VocabularyCounter(file: folder.write(Samples.gguf(), to: "m.gguf"))
        #expect(counter.count("he he") == 2)
        #expect(
            folder.refusal(of: try folder.write(Samples.gguf(model: "bert"), to: "b.gguf"))
                == "b.gguf: the tokenizer is of the kind \"bert\"; llama, gpt2 and gemma4 are supported")
        #expect(
            folder.refusal(of: try folder.write(Samples.gguf(model: "gpt2", pre: "mine"), to: "c.gguf")) ?? ""
                == "c.gguf: the pretokenizer is \"mine\"; supported are deepseek-v3, gpt-2, gpt-4o, llama-bpe, llama-v3, "
                + "llama3, llama4, qwen2, qwen35, tekken")
        #expect(
            folder.refusal(of: try folder.write(Samples.gguf(version: 9), to: "d.gguf"))
                == "d.gguf: GGUF version 9 is not known; 2 and 3 are")
        let cut = Array(Samples.gguf().prefix(1_000))
        #expect(
            folder.refusal(of: try folder.write(cut, to: "e.gguf"))
                == "e.gguf: the metadata ends at byte 1000: the file is cut off")
    }
}
