import Testing

@testable import TokenCounting

@Suite struct HuggingFaceReaderTests {
    @Test("A byte-level tokenizer.json counts by its merges")
    func huggingFace() throws {
        let folder = Folder()
        let path = folder.write("tokenizer.json", Samples.huggingFace())
        let counter = try VocabularyCounter(file: path)
        #expect(counter.pattern == .llama3)
        #expect(counter.count("hello") == 1)
        #expect(counter.count("hell hello ell") == 6)
    }

    @Test("Added tokens cut the text unless they are special")
    func addedTokens() throws {
        let folder = Folder()
        let added =
            #"[{"id": 300, "content": "<think>", "special": false}, {"id": 301, "content": "<end>", "special": true}]"#
        let counter = try VocabularyCounter(file: folder.write("tokenizer.json", Samples.huggingFace(added: added)))
        #expect(counter.count("hello<think>hello") == 3)
        #expect(counter.count("<end>") == 5)
    }

    @Test("A tokenizer.json that normalises to form C composes first")
    func composes() throws {
        let folder = Folder()
        let counter = try VocabularyCounter(
            file: folder.write("tokenizer.json", Samples.huggingFace(normalizer: #"{"type": "NFC"}"#)))
        #expect(counter.count("e\u{301}") == 2)
        #expect(counter.identity.policy?.normalization == "nfc")
    }

    @Test(
        "What a tokenizer.json asks for and is not done is refused by its name",
        arguments: [
            (Samples.huggingFace(type: "Unigram"), "tokenizer.json: the model is Unigram; BPE is supported"),
            (Samples.huggingFace(type: "WordPiece"), "tokenizer.json: the model is WordPiece; BPE is supported"),
            (
                Samples.huggingFace(normalizer: #"{"type": "NFKC"}"#),
                "tokenizer.json: the normalizer NFKC is not supported; NFC is"
            ),
            (Samples.huggingFace(pattern: "x+"), "tokenizer.json: text is cut by an unknown pattern: x+"),
            (
                Samples.huggingFace(extra: #""end_of_word_suffix": "</w>", "#),
                "tokenizer.json: end_of_word_suffix \"</w>\" is not supported"
            ),
            (
                Samples.huggingFace(extra: #""dropout": 0.1, "#),
                "tokenizer.json: dropout makes counts a matter of chance"
            ),
            (Samples.huggingFace(merges: #"["h x"]"#), "tokenizer.json:265: the merge makes \"hx\", which is no token"),
            (
                Samples.huggingFace(merges: #"["hx e"]"#),
                "tokenizer.json:265: the merge names \"hx\", which is no token"
            ),
            (
                Samples.huggingFace(merges: #"["h"]"#),
                "tokenizer.json:265: a merge is two tokens with a space between them, not \"h\""
            ),
            (
                String(Samples.huggingFace().dropLast(40)),
                "tokenizer.json:265: the JSON ends too soon: the file may be cut off"
            ),
            ("{}", "tokenizer.json: this JSON is neither a tokenizer.json nor a Tekken file nor GPT-2's encoder.json"),
            (" \n", "tokenizer.json: the file is empty"),
        ])
    func refusedHuggingFace(text: String, expected: String) {
        let folder = Folder()
        #expect(folder.refusal(of: folder.write("tokenizer.json", text)) == expected)
    }
}
