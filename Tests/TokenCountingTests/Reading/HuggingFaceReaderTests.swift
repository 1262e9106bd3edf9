import TestSupport
import Testing

@testable import TokenCounting

@Suite struct HuggingFaceReaderTests {
    @Test("A score is read as the reference reads it, which is not always the nearest number")
    func scores() throws {
        let (root, text) = try JSONText.read(
            Array("[-2.9843432903289795, 0, -1e-2, 12.5E1, 123456789012345678901234]".utf8), path: "x")
        let scores = (root.elements ?? []).map { text.reference($0) }
        #expect(scores[0] == -Double(29_843_432_903_289_795 as UInt64) / 1e16)
        #expect(scores[1...].elementsEqual([0, -0.01, 125, Double(12_345_678_901_234_567_890 as UInt64) * 1e4]))
    }

    @Test("A byte-level tokenizer.json counts by its merges")
    func huggingFace() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Samples.huggingFace(), to: "tokenizer.json")
        let counter = try VocabularyCounter(file: path)
        #expect(counter.pattern == .llama3)
        #expect(counter.count("hello") == 1)
        #expect(counter.count("hell hello ell") == 6)
    }

    @Test("Added tokens cut the text unless they are special")
    func addedTokens() throws {
        let folder = try TemporaryFolder()
        let added =
            #"[{"id": 300, "content": "<think>", "special": false}, {"id": 301, "content": "<end>", "special": true}]"#
        let counter = try VocabularyCounter(file: folder.write(Samples.huggingFace(added: added), to: "tokenizer.json"))
        #expect(counter.count("hello<think>hello") == 3)
        #expect(counter.count("<end>") == 5)
    }

    @Test("A tokenizer.json that normalises to form C composes first")
    func composes() throws {
        let folder = try TemporaryFolder()
        let counter = try VocabularyCounter(
            file: try folder.write(Samples.huggingFace(normalizer: #"{"type": "NFC"}"#), to: "tokenizer.json"))
        #expect(counter.count("e\u{301}") == 2)
        #expect(counter.identity.policy?.normalization == "nfc")
    }

    @Test(
        "What a tokenizer.json asks for and is not done is refused by its name",
        arguments: [
            (
                Samples.huggingFace(type: "Neural"),
                "tokenizer.json: the model is Neural; BPE, Unigram, WordPiece and WordLevel are supported"
            ),
            (Samples.huggingFace(type: "Unigram"), "tokenizer.json:5: the model has no vocab"),
            (
                Samples.huggingFace(type: "WordPiece"),
                "tokenizer.json:5: the unknown token \"[UNK]\" is not in the vocabulary"
            ),
            (
                Samples.huggingFace(normalizer: #"{"type": "Rot13"}"#),
                "tokenizer.json: the normalizer Rot13 is not supported"
            ),
            (
                Samples.huggingFace(normalizer: #"{"type": "Strip", "strip_left": true}"#),
                "tokenizer.json:1: Strip has no strip_right"
            ),
            (
                Samples.huggingFace(normalizer: #"{"type": "Precompiled", "precompiled_charsmap": "AAEAAAAA"}"#),
                "tokenizer.json:1: the table of characters (precompiled_charsmap) is damaged"
            ),
            (
                Samples.huggingFace(pattern: "x*"),
                "tokenizer.json: the pattern x* cannot be counted with: it matches an empty text"
            ),
            (Samples.huggingFace(extra: #""vocab": {}, "#), "tokenizer.json:5: the model has \"vocab\" twice"),
            (
                #"{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}"#,
                "tokenizer.json:1: the vocabulary has 1 entries"
            ),
            (
                #"{"model": {"type": "BPE", "vocab": {"a": 0, "b": 0}, "merges": []}}"#,
                "tokenizer.json:1: the token \"b\" has the number 0, which another has already"
            ),
            (
                #"{"model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0], ["a", -1]]}}"#,
                "tokenizer.json:1: the token \"a\" occurs there twice"
            ),
            (
                #"{"model": {"type": "Unigram", "unk_id": null, "vocab": [["a", 0], ["b", -1]]}}"#,
                "tokenizer.json: a Unigram model without an unknown token (unk_id) is not supported"
            ),
            (
                Samples.huggingFace(added: #"[{"id": 1, "content": "x"}, {"id": 1, "content": "y"}]"#),
                "tokenizer.json:1: the added token \"y\" has the number 1, which \"x\" has already"
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
    func refusedHuggingFace(text: String, expected: String) throws {
        let folder = try TemporaryFolder()
        #expect(folder.refusal(of: try folder.write(text, to: "tokenizer.json")) == expected)
    }
}
