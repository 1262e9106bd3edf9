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
        ])
    func names(path: String, name: String) {
        #expect(TokenizerLibrary.name(of: path) == name)
    }

    @Test("What lies in the folders is found by name, by path and by path with a pattern")
    func finding() throws {
        let folder = Folder()
        let path = folder.write("tokenizer-mine.json", Samples.huggingFace())
        folder.write("ranks.tiktoken", RankFile.text())
        folder.write("readme.txt", "no vocabulary")
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
    func unknown() {
        let folder = Folder()
        folder.write("tokenizer-mine.json", Samples.huggingFace())
        #expect(
            throws: TokenCountingError.unknownTokenizer(
                name: "gpt9", known: ["tokenizer-mine"], searched: [folder.path])
        ) {
            try TokenizerLibrary(folders: [folder.path]).counter(named: "gpt9")
        }
        let error = TokenCountingError.unknownTokenizer(name: "gpt9", known: [], searched: ["/a", "/b"])
        #expect(
            error.description
                == "no tokenizer \"gpt9\" was found in /a, /b; give the path of a vocabulary file, or put its folder into "
                + "DATAWALL_TOKENIZERS")
        #expect(
            TokenCountingError.unknownTokenizer(name: "gpt9", known: ["x"], searched: ["/a"]).description
                == "no tokenizer \"gpt9\" was found in /a; there are x")
    }
}
