import Testing

@testable import TokenCounting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder of its own for a test's files, gone with it.
final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/datawall-tokens-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
        }
    }

    deinit {
        for name in FileBytes.names(in: path) { unlink(path + "/" + name) }
        rmdir(path)
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) -> String {
        let file = path + "/" + name
        guard let handle = fopen(file, "wb") else { return file }
        defer { fclose(handle) }
        _ = fwrite(bytes, 1, bytes.count, handle)
        return file
    }

    @discardableResult
    func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }
}

/// Small vocabularies in each format.
enum Samples {
    static let cl100k =
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"#

    /// The byte-level alphabet, as names in JSON.
    static var letters: [String] {
        (0..<256).map { byte in
            let letter = Unicode.Scalar(ByteAlphabet.codes[byte]).map { String(Character($0)) } ?? ""
            return letter == "\"" ? #"\""# : letter == "\\" ? #"\\"# : letter
        }
    }

    static func huggingFace(
        normalizer: String = "null", pattern: String = cl100k, type: String = "BPE", extra: String = "",
        merges: String = #"["h e", "l l", "he ll", ["hell", "o"]]"#, added: String = "[]"
    ) -> String {
        let vocabulary = (letters + ["he", "ll", "hell", "hello"]).enumerated().map { "\"\($1)\": \($0)" }
        return """
            {"version": "1.0", "added_tokens": \(added), "normalizer": \(normalizer),
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "\(pattern)"}, "behavior": "Isolated", "invert": false},
            {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]},
            "model": {"type": "\(type)", \(extra)"vocab": {\(vocabulary.joined(separator: ",\n"))},
            "merges": \(merges)}}
            """
    }

    static func tekken(pattern: String = PretokenPattern.tekken.spellings[0], size: Int = 258, shift: Int = 0) -> String
    {
        let tokens = (UInt8.min...UInt8.max).map { [$0] } + [Array("he".utf8), Array("ll".utf8)]
        let entries = tokens.enumerated().map {
            #"{"rank": \#($0 + ($0 > 100 ? shift : 0)), "token_bytes": "\#(RankFile.encode($1))", "token_str": null}"#
        }
        let escaped = pattern.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: #"\\"#)
        return """
            {"config": {"pattern": "\(escaped)", "num_vocab_tokens": 258, "default_vocab_size": \(size + 10),
            "default_num_special_tokens": 10, "version": "v3"}, "vocab": [
            \(entries.joined(separator: ",\n"))]}
            """
    }

    // MARK: SentencePiece

    private static func varint(_ value: Int) -> [UInt8] {
        var value = value
        var bytes: [UInt8] = []
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(value)]
    }

    private static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(bytes.count) + bytes
    }

    private static func field(_ number: Int, _ value: Int) -> [UInt8] { varint(number << 3) + varint(value) }

    private static func float(_ value: Float) -> [UInt8] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }

    static func sentencePiece(
        _ pieces: [(String, Float)], type: Int, fallback: Bool = true, prefix: Bool = true, kinds: [Int: Int] = [:]
    ) -> [UInt8] {
        var all: [(text: String, score: Float, kind: Int)] = [("<unk>", 0, 2), ("<s>", 0, 3)]
        if fallback {
            for byte in UInt8.min...UInt8.max {
                all.append((String(decoding: PieceList.byteName(byte), as: UTF8.self), 0, 6))
            }
        }
        for (index, piece) in pieces.enumerated() { all.append((piece.0, piece.1, kinds[index] ?? 1)) }
        var bytes: [UInt8] = []
        for piece in all {
            bytes += field(
                1, field(1, Array(piece.text.utf8)) + varint(2 << 3 | 5) + float(piece.score) + field(3, piece.kind))
        }
        bytes += field(2, field(3, type) + field(35, fallback ? 1 : 0))
        return bytes + field(3, field(3, prefix ? 1 : 0) + field(4, 0) + field(5, 1))
    }

    // MARK: GGUF

    private static func little<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func string(_ text: String) -> [UInt8] { little(UInt64(text.utf8.count)) + Array(text.utf8) }

    static func gguf(model: String = "llama", version: UInt32 = 3, pre: String? = nil) -> [UInt8] {
        var tokens: [(String, Float, Int32)] = [("<unk>", 0, 2)]
        for byte in UInt8.min...UInt8.max {
            tokens.append((String(decoding: PieceList.byteName(byte), as: UTF8.self), 0, 6))
        }
        tokens += [("\u{2581}", -1, 1), ("h", -2, 1), ("e", -3, 1), ("he", -4, 1), ("\u{2581}he", -5, 1)]
        var entries: [[UInt8]] = [
            string("general.name") + little(UInt32(8)) + string("test"),
            string("tokenizer.ggml.model") + little(UInt32(8)) + string(model),
            string("tokenizer.ggml.tokens") + little(UInt32(9)) + little(UInt32(8)) + little(UInt64(tokens.count))
                + tokens.flatMap { string($0.0) },
            string("tokenizer.ggml.scores") + little(UInt32(9)) + little(UInt32(6)) + little(UInt64(tokens.count))
                + tokens.flatMap { float($0.1) },
            string("tokenizer.ggml.token_type") + little(UInt32(9)) + little(UInt32(5)) + little(UInt64(tokens.count))
                + tokens.flatMap { little($0.2) },
            string("tokenizer.ggml.merges") + little(UInt32(9)) + little(UInt32(8)) + little(UInt64(1)) + string("h e"),
        ]
        if let pre { entries.append(string("tokenizer.ggml.pre") + little(UInt32(8)) + string(pre)) }
        return GGUFReader.magic + little(version) + little(UInt64(0)) + little(UInt64(entries.count))
            + entries.flatMap { $0 }
    }
}

@Suite struct ReaderTests {
    private func count(_ counter: VocabularyCounter, _ text: String) -> UInt32 {
        VocabularyCounterTests.counts(counter.makeSession(), Array(text.utf8))[0]
    }

    /// The message of the error that reading gives, without the test's folder.
    private func message(_ folder: Folder, _ path: String, pattern: PretokenPattern? = nil) -> String? {
        do {
            _ = try VocabularyCounter(file: path, pattern: pattern)
            return nil
        } catch {
            var text = error.description
            while let range = text.firstRange(of: folder.path + "/") { text.removeSubrange(range) }
            return text
        }
    }

    @Test("A rank file counts with the pattern that is named, and asks for one where none is")
    func rankFile() throws {
        let folder = Folder()
        let path = folder.write("mine.tiktoken", RankFile.text())
        let counter = try VocabularyCounter(file: path, pattern: .cl100k)
        #expect(counter.identity.name == "mine")
        #expect(counter.identity.isCertified)
        #expect(counter.vocabularySize == 261)
        #expect(
            counter.identity.policy
                == TokenizationPolicy(specialTokens: .plainText, addsBeginningOfText: false, normalization: "none"))
        #expect(count(counter, "hello abc") == 3)
        #expect(
            message(folder, path)
                == "mine.tiktoken: a rank file does not say how text is cut, and this one is none that is known by its "
                + "digest: name its pattern, as in cl100k=mine.tiktoken; there are r50k, cl100k, llama3, qwen2, qwen3.5, "
                + "o200k, tekken, deepseek")
    }

    @Test("A byte-level tokenizer.json counts by its merges")
    func huggingFace() throws {
        let folder = Folder()
        let path = folder.write("tokenizer.json", Samples.huggingFace())
        let counter = try VocabularyCounter(file: path)
        #expect(counter.pattern == .llama3)
        #expect(count(counter, "hello") == 1)
        #expect(count(counter, "hell hello ell") == 6)
    }

    @Test("Added tokens cut the text unless they are special")
    func addedTokens() throws {
        let folder = Folder()
        let added =
            #"[{"id": 300, "content": "<think>", "special": false}, {"id": 301, "content": "<end>", "special": true}]"#
        let counter = try VocabularyCounter(file: folder.write("tokenizer.json", Samples.huggingFace(added: added)))
        #expect(count(counter, "hello<think>hello") == 3)
        #expect(count(counter, "<end>") == 5)
    }

    @Test("A tokenizer.json that normalises to form C composes first")
    func composes() throws {
        let folder = Folder()
        let counter = try VocabularyCounter(
            file: folder.write("tokenizer.json", Samples.huggingFace(normalizer: #"{"type": "NFC"}"#)))
        #expect(count(counter, "e\u{301}") == 2)
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
        #expect(message(folder, folder.write("tokenizer.json", text)) == expected)
    }

    @Test("A Tekken file counts, and a wrong one is refused")
    func tekken() throws {
        let folder = Folder()
        let counter = try VocabularyCounter(file: folder.write("tekken.json", Samples.tekken()))
        #expect(counter.pattern == .tekken)
        #expect(count(counter, "hell") == 2)
        #expect(
            message(folder, folder.write("a.json", Samples.tekken(size: 300)))
                == "a.json:2: 300 tokens are wanted, and there are 258")
        #expect(
            message(folder, folder.write("b.json", Samples.tekken(shift: 1)))
                == "b.json:104: rank 102 stands where 101 is wanted")
        #expect(
            message(folder, folder.write("c.json", Samples.tekken(pattern: "x+")))
                == "c.json: text is cut by an unknown pattern: x+")
    }

    @Test("GPT-2's two files count, whichever is named, and a cut list of merges is refused")
    func gpt2() throws {
        let folder = Folder()
        let vocabulary = (Samples.letters + ["he", "ll", "hell", "hello", "<|endoftext|>"]).enumerated().map {
            "\"\($1)\": \($0)"
        }
        folder.write("encoder.json", "{" + vocabulary.joined(separator: ", ") + "}")
        let path = folder.write("vocab.bpe", "#version: 0.2\nh e\nl l\nhe ll\nhell o\n")
        let counter = try VocabularyCounter(file: path)
        #expect(count(counter, "hello ell") == 4)
        #expect(count(try VocabularyCounter(file: folder.path + "/encoder.json"), "hello ell") == 4)
        folder.write("vocab.bpe", "#version: 0.2\nh e\nl l\nhe ll\n")
        #expect(
            message(folder, path)
                == "vocab.bpe:5: no merge makes the token \"hello\" of encoder.json: the file may be cut off")
        folder.write("vocab.bpe", "#version: 0.2\nh e\nl l\nhe\n")
        #expect(message(folder, path) == "vocab.bpe:4: a merge is two tokens with a space between them, not \"he\"")
    }

    @Test("A SentencePiece model merges by score, with bytes for unknown characters")
    func sentencePieceMerging() throws {
        let folder = Folder()
        let pieces: [(String, Float)] = [
            ("\u{2581}", -9), ("a", -8), ("b", -7), ("ab", -1), ("\u{2581}a", -2), ("\u{2581}ab", -3),
        ]
        let counter = try VocabularyCounter(file: folder.write("m.model", Samples.sentencePiece(pieces, type: 2)))
        #expect(counter.family == "sentencepiece bpe")
        #expect(counter.identity.policy?.normalization == "space_prefix")
        #expect(count(counter, "ab ab") == 2)
        #expect(count(counter, "") == 0)
        // "▁" from the prefix, then two bytes.
        #expect(count(counter, "é") == 3)
        let plain = try VocabularyCounter(
            file: folder.write("n.model", Samples.sentencePiece(pieces, type: 2, fallback: false)))
        #expect(count(plain, "éüab") == 3)
    }

    @Test("A Unigram model takes the best path")
    func sentencePieceUnigram() throws {
        let folder = Folder()
        let pieces: [(String, Float)] = [
            ("\u{2581}", -3), ("a", -2), ("b", -2), ("ab", -3.5), ("\u{2581}a", -3), ("ba", -1),
        ]
        let counter = try VocabularyCounter(file: folder.write("u.model", Samples.sentencePiece(pieces, type: 1)))
        #expect(counter.family == "sentencepiece unigram")
        // "▁a" and "b" cost 5, "▁" and "ab" 6.5; "▁a", "ba" cost 4.
        #expect(count(counter, "ab") == 2)
        #expect(count(counter, "aba") == 2)
    }

    @Test(
        "A SentencePiece model that is wrong is refused",
        arguments: [
            (Samples.sentencePiece([("a", 0), ("a", 1)], type: 2), "m.model: the piece \"a\" stands there twice"),
            (Samples.sentencePiece([("a", .nan)], type: 2), "m.model: the piece \"a\" has no finite score"),
            (
                Samples.sentencePiece([("a", 0)], type: 3),
                "m.model: the model type is WORD; BPE and UNIGRAM are supported"
            ),
            (Samples.sentencePiece([("a", 0)], type: 9), "m.model: the model type is 9; BPE and UNIGRAM are supported"),
            (Samples.sentencePiece([("a", 0)], type: 2, kinds: [0: 5]), "m.model: unused pieces are not supported"),
            (Samples.sentencePiece([("a", 0)], type: 2, kinds: [0: 7]), "m.model: piece 258 is of the unknown type 7"),
            (
                Array(Samples.sentencePiece([("a", 0)], type: 2).dropLast(3)),
                "m.model: byte 4947 is not SentencePiece's model format: the file may be cut off"
            ),
        ])
    func refusedSentencePiece(bytes: [UInt8], expected: String) {
        let folder = Folder()
        let found = message(folder, folder.write("m.model", bytes))
        if expected.contains(" byte ") {
            #expect(found?.hasSuffix("is not SentencePiece's model format: the file may be cut off") == true)
        } else {
            #expect(found == expected)
        }
    }

    @Test("A GGUF file's tokenizer counts, and others are refused by their kind")
    func gguf() throws {
        let folder = Folder()
        let counter = try VocabularyCounter(file: folder.write("m.gguf", Samples.gguf()))
        #expect(count(counter, "he he") == 2)
        #expect(
            message(folder, folder.write("b.gguf", Samples.gguf(model: "bert")))
                == "b.gguf: the tokenizer is of the kind \"bert\"; llama, gpt2 and gemma4 are supported")
        #expect(
            message(folder, folder.write("c.gguf", Samples.gguf(model: "gpt2", pre: "mine"))) ?? ""
                == "c.gguf: the pretokenizer is \"mine\"; supported are deepseek-v3, gpt-2, gpt-4o, llama-bpe, llama-v3, "
                + "llama3, llama4, qwen2, qwen35, tekken")
        #expect(
            message(folder, folder.write("d.gguf", Samples.gguf(version: 9)))
                == "d.gguf: GGUF version 9 is not known; 2 and 3 are")
        let cut = Array(Samples.gguf().prefix(1_000))
        #expect(
            message(folder, folder.write("e.gguf", cut))
                == "e.gguf: the metadata ends at byte 1000: the file is cut off")
    }

    @Test("A file that is not there, a folder, and nonsense are named")
    func noVocabulary() {
        let folder = Folder()
        #expect(message(folder, folder.path + "/none") == "none: there is no such file")
        #expect(
            message(folder, folder.path)?.hasSuffix("is a folder; give the vocabulary file inside it") == true)
        #expect(
            message(folder, folder.write("x.txt", "hello there\n"))
                == "x.txt:1: the token is not base64")
    }

    @Test(
        "Damaged files of every format are refused or read, never worse",
        arguments: ["json", "tekken", "model", "gguf"])
    func damage(format: String) {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let whole: [UInt8] =
            switch format {
            case "json": Array(Samples.huggingFace().utf8)
            case "tekken": Array(Samples.tekken().utf8)
            case "model": Samples.sentencePiece([("\u{2581}", -1), ("a", -2), ("\u{2581}a", -3)], type: 2)
            default: Samples.gguf()
            }
        let folder = Folder()
        for round in 0..<60 {
            var damaged = whole
            if round % 2 == 0 { damaged = Array(damaged.prefix(Int.random(in: 0...whole.count, using: &generator))) }
            if !damaged.isEmpty {
                for _ in 0..<Int.random(in: 0...3, using: &generator) {
                    damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^=
                        1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            let path = folder.write("damaged", damaged)
            if let counter = try? VocabularyCounter(file: path, pattern: .cl100k) { _ = count(counter, "a hé 中 12") }
        }
    }
}
