import TestSupport
import Testing

@testable import TokenCounting

@Suite struct AddedTokensTests {
    private func cut(_ text: String, _ tokens: [AddedToken]) -> [String] {
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            TokenFinder(tokens).cut(start, buffer.count) { piece, length in
                pieces.append(String(decoding: UnsafeBufferPointer(start: piece, count: length), as: UTF8.self))
            } token: {
                pieces.append("*")
            }
        }
        return pieces
    }

    private func token(_ text: String) -> AddedToken { AddedToken(bytes: Array(text.utf8)) }

    @Test("The leftmost and then the longest token is cut out")
    func leftmostLongest() {
        #expect(cut("xabcaby", [token("ab"), token("abc")]) == ["x", "*", "*", "y"])
        #expect(cut("", [token("ab")]) == [])
        #expect(cut("ab", [token("ab")]) == ["*"])
    }

    @Test("A token that strips takes the white space beside it")
    func strips() {
        var left = token("<m>")
        left.stripsLeft = true
        #expect(cut("a \u{3000}<m> b", [left]) == ["a", "*", " b"])
        var right = token("<m>")
        right.stripsRight = true
        #expect(cut("a <m> \n b<m>", [right]) == ["a ", "*", "b", "*"])
        // The second is in the white space that the first has taken, and counts all the same.
        #expect(cut("<m>  \n x", [right, token("\n")]) == ["*", "*", " x"])
    }

    @Test("A single word has no word beside it")
    func singleWord() {
        var word = token("the")
        word.isSingleWord = true
        #expect(cut("the other: the_ the", [word]) == ["*", " other: the_ ", "*"])
        #expect(cut("é\u{301}the ½the", [word]) == ["é\u{301}the ½", "*"])
    }

    @Test("Where a special token's spelling stands, no other token begins")
    func special() {
        var special = token("<|ab|>")
        special.isSpecial = true
        #expect(cut("<|ab|>ab", [special, token("ab")]) == ["<|ab|>", "*"])
    }

    @Test("A token that is looked for after normalization is spelled as normalization leaves it")
    func normalized() throws {
        let folder = try TemporaryFolder()
        let added = #"[{"id": 300, "content": "e\u0301x", "special": false, "normalized": true}]"#
        let counter = try VocabularyCounter(
            file: try folder.write(
                Samples.huggingFace(normalizer: #"{"type": "NFC"}"#, added: added), to: "tokenizer.json"))
        #expect(counter.count("e\u{301}x") == 1)
        #expect(counter.count("\u{E9}x") == 1)
        #expect(counter.count("ex") == 2)
    }
}
