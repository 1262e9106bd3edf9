import TestSupport
import Testing

@testable import TokenCounting

@Suite struct SentencePieceReaderTests {
    @Test("A SentencePiece model merges by score, with bytes for unknown characters")
    func sentencePieceMerging() throws {
        let folder = try TemporaryFolder()
        let pieces: [(String, Float)] = [
            ("\u{2581}", -9), ("a", -8), ("b", -7), ("ab", -1), ("\u{2581}a", -2), ("\u{2581}ab", -3),
        ]
        let counter = try VocabularyCounter(file: folder.write(Samples.sentencePiece(pieces, type: 2), to: "m.model"))
        #expect(counter.family == "sentencepiece bpe")
        #expect(counter.identity.policy?.normalization == "space_prefix")
        #expect(counter.count("ab ab") == 2)
        #expect(counter.count("") == 0)
        // "▁" from the prefix, then two bytes.
        #expect(counter.count("é") == 3)
        let plain = try VocabularyCounter(
            file: try folder.write(Samples.sentencePiece(pieces, type: 2, fallback: false), to: "n.model"))
        #expect(plain.count("éüab") == 3)
    }

    @Test("A Unigram model takes the best path")
    func sentencePieceUnigram() throws {
        let folder = try TemporaryFolder()
        let pieces: [(String, Float)] = [
            ("\u{2581}", -3), ("a", -2), ("b", -2), ("ab", -3.5), ("\u{2581}a", -3), ("ba", -1),
        ]
        let counter = try VocabularyCounter(file: folder.write(Samples.sentencePiece(pieces, type: 1), to: "u.model"))
        #expect(counter.family == "sentencepiece unigram")
        // "▁a" and "b" cost 5, "▁" and "ab" 6.5; "▁a", "ba" cost 4.
        #expect(counter.count("ab") == 2)
        #expect(counter.count("aba") == 2)
    }

    @Test(
        "A SentencePiece model that is wrong is refused",
        arguments: [
            (Samples.sentencePiece([("a", 0), ("a", 1)], type: 2), "m.model: the piece \"a\" occurs there twice"),
            (Samples.sentencePiece([("a", .nan)], type: 2), "m.model: the piece \"a\" has no finite score"),
            (
                Samples.sentencePiece([("a", 0)], type: 3),
                "m.model: the model type is WORD; BPE and UNIGRAM are supported"
            ),
            (Samples.sentencePiece([("a", 0)], type: 9), "m.model: the model type is 9; BPE and UNIGRAM are supported"),
            (
                Samples.sentencePiece([("a", 0)], type: 2, kinds: [0: 5]),
                "m.model: unused pieces are not supported where pieces merge"
            ),
            (
                Samples.sentencePiece([("a", 0)], type: 2) + Samples.sentencePiece([("b", 0)], type: 2),
                "m.model: two models are in the file, one behind the other"
            ),
            (Samples.sentencePiece([("a", 0)], type: 2, kinds: [0: 7]), "m.model: piece 258 is of the unknown type 7"),
            (
                Array(Samples.sentencePiece([("a", 0)], type: 2).dropLast(3)),
                "m.model: byte 4947 is not SentencePiece's model format: the file may be cut off"
            ),
        ])
    func refusedSentencePiece(bytes: [UInt8], expected: String) throws {
        let folder = try TemporaryFolder()
        let found = folder.refusal(of: try folder.write(bytes, to: "m.model"))
        if expected.contains(" byte ") {
            #expect(found?.hasSuffix("is not SentencePiece's model format: the file may be cut off") == true)
        } else {
            #expect(found == expected)
        }
    }
}
