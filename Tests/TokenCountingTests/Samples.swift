@testable import TokenCounting

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
