import TestSupport
import Testing

@testable import TokenCounting

@Suite struct TokenizerLibraryTests {
    @Test(
        "Names are those of models, of tiktoken's files and of folders",
        arguments: [
            ("/c/hub/models--meta-llama--Llama-3.1-8B/snapshots/abc/tokenizer.json", "meta-llama/Llama-3.1-8B"),
            ("/tmp/data-gym-cache/9b5ad71b2ce5302211f9c61530b329a4922fc6a4", "cl100k"),
            ("/v/cl100k_base.tiktoken", "cl100k"), ("/v/llama3/tokenizer.model", "llama3"),
            ("/v/tekken_240911.json", "tekken_240911"),
            ("/v/gguf/phi-3.gguf", "phi-3"),
            ("/litellm/tokenizers/4779b2e930340267a7fc4e655eede04103083ab3", "gpt2"),
            ("/m/mistral_instruct_tokenizer_240323.model.v3", "mistral_instruct_tokenizer_240323"),
            ("/m/t5/spiece.model", "t5"),
        ])
    func names(path: String, name: String) {
        #expect(TokenizerLibrary.name(of: path) == name)
    }

    @Test("What lies in the folders is found by name, by path and by path with a pattern")
    func finding() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Samples.huggingFace(), to: "tokenizer-mine.json")
        try folder.write(RankFile.text(), to: "ranks.tiktoken")
        try folder.write("no vocabulary", to: "readme.txt")
        let library = TokenizerLibrary(folders: [folder.path])
        #expect(library.files().map(\.name) == ["ranks", "tokenizer-mine"])
        #expect(try library.counter(named: "tokenizer-mine").pattern == .llama3)
        #expect(try library.counter(named: path).pattern == .llama3)
        #expect(try library.counter(named: "o200k=\(folder.path)/ranks.tiktoken").pattern == .o200k)
        let entries = library.entries()
        #expect(entries.count == 2)
        #expect((try? entries[1].result.get())?.identity.sha256?.count == 64)
        #expect((try? entries[0].result.get()) == nil)
    }

    @Test("A name that is nowhere is refused with what there is and where it was looked for")
    func unknown() throws {
        let folder = try TemporaryFolder()
        try folder.write(Samples.huggingFace(), to: "tokenizer-mine.json")
        #expect(
            throws: TokenCountingError.unknownTokenizer(
                name: "gpt9", known: ["tokenizer-mine"], searched: [folder.path])
        ) {
            try TokenizerLibrary(folders: [folder.path]).counter(named: "gpt9")
        }
        let error = TokenCountingError.unknownTokenizer(name: "gpt9", known: [], searched: ["/a", "/b"])
        #expect(
            error.description
                == "no tokenizer \"gpt9\" was found in /a, /b; give the path of a vocabulary file (tokenizer.json, "
                + "tokenizer.model, a .tiktoken file) or of a model's folder, or put its folder into DATAWALL_TOKENIZERS"
        )
    }

    @Test(
        "A vocabulary that is not found comes with the way to get it",
        arguments: [
            ("cl100k_base", #"python3 -c "import tiktoken; tiktoken.get_encoding('cl100k_base')""#),
            ("org/model", "huggingface-cli download org/model tokenizer.json"), ("gpt9", "DATAWALL_TOKENIZERS"),
        ])
    func waysToGet(name: String, way: String) {
        let error = TokenCountingError.unknownTokenizer(name: name, known: ["x"], searched: ["/a"])
        #expect(error.description.hasPrefix("no tokenizer \"\(name)\" was found in /a; there are x; "))
        #expect(error.description.hasSuffix(way))
    }

    @Test("A model's folder, or the settings in it, lead to the vocabulary")
    func folders() throws {
        let folder = try TemporaryFolder()
        let library = TokenizerLibrary(folders: [])
        let settings = try folder.write("{}", to: "tokenizer_config.json")
        for path in [folder.path, settings] {
            #expect {
                try library.counter(named: path)
            } throws: { "\($0)".contains("huggingface-cli download MODEL tokenizer.json") }
        }
        try folder.write(Samples.huggingFace(), to: "my-tokenizer.json")
        #expect(try library.counter(named: folder.path).pattern == .llama3)
        try folder.write(Samples.huggingFace(normalizer: #"{"type": "NFC"}"#), to: "tokenizer.json")
        #expect(try library.counter(named: settings).identity.policy?.normalization == "nfc")
    }

    @Test("What lies there and cannot be counted with is listed with the reason")
    func uncountable() throws {
        let folder = try TemporaryFolder()
        try folder.write("[UNK]\nthe\n", to: "vocab.txt")
        try folder.write("x", to: "ranks.tiktoken.gz")
        try folder.write("no model", to: "tokenizer.model.v9")
        let reasons = TokenizerLibrary(folders: [folder.path]).entries().map { entry -> String in
            guard case .failure(let error) = entry.result else { return "counted" }
            return "\(error)".split(separator: "/").last.map(String.init) ?? ""
        }
        // A word list next to another vocabulary needs no word.
        #expect(reasons.count == 2)
        #expect(reasons.contains("ranks.tiktoken.gz: it is compressed; unpack it with gunzip"))
        #expect(reasons.contains { $0.hasPrefix("tokenizer.model.v9:1: ") })
    }
}
