/// Reads the tokenizer in the metadata of a GGUF file; the weights after it are not read.
struct GGUFReader {
    /// The four bytes that such a file begins with.
    static let magic = Array("GGUF".utf8)

    private let bytes: [UInt8]
    private let path: String
    /// Whether the file continues after these bytes.
    private let hasMore: Bool
    private var position = 4

    /// The part of the metadata that a tokenizer is made of.
    private struct Metadata {
        var model: String?
        var pre: String?
        var tokens: [[UInt8]] = []
        var scores: [Float] = []
        var types: [Int] = []
        var merges: [[UInt8]] = []
        var addsPrefix: Bool?
        var removesExtraSpaces: Bool?
        var hasMap = false
    }

    /// The patterns for llama.cpp's names of pretokenizers, and whether whole tokens are kept.
    ///
    /// From `llama_vocab::impl::load` and `llm_tokenizer_bpe` in llama.cpp, as vendored by llama-cpp-python 0.3.36. A
    /// GGUF file does not describe normalisation, and llama.cpp does none; so neither does this reader, though Qwen's
    /// own code composes text first.
    private static let patterns: [String: (pattern: PretokenPattern, keepsWholeTokens: Bool)] = [
        "gpt-2": (.r50k, false), "llama-bpe": (.llama3, true), "llama3": (.llama3, true), "llama-v3": (.llama3, true),
        "qwen2": (.qwen2, false), "qwen35": (.qwen35, false), "deepseek-v3": (.deepseek, false),
        "gpt-4o": (.o200k, false), "llama4": (.o200k, false), "tekken": (.tekken, true),
    ]

    /// The model of a file; reads only as many bytes as the metadata needs.
    static func read(_ path: String) throws(TokenCountingError) -> ReadModel {
        var limit = 1 << 26
        while true {
            let (bytes, hasMore) = try FileBytes.read(path, limit: limit)
            var reader = GGUFReader(bytes: bytes, path: path, hasMore: hasMore)
            if let metadata = try reader.metadata() { return try reader.model(metadata) }
            limit *= 4
        }
    }

    private init(bytes: [UInt8], path: String, hasMore: Bool) {
        self.bytes = bytes
        self.path = path
        self.hasMore = hasMore
    }

    private func fault(_ reason: String) -> TokenCountingError {
        .unusableVocabulary(path: path, line: nil, reason: reason)
    }

    /// Thrown inside where the bytes at hand end.
    private struct End: Error {}

    /// The metadata; `nil` if it continues after the bytes read so far.
    private mutating func metadata() throws(TokenCountingError) -> Metadata? {
        do {
            return try readMetadata()
        } catch let error as TokenCountingError {
            throw error
        } catch {
            if hasMore { return nil }
            throw fault("the metadata ends at byte \(bytes.count): the file is cut off")
        }
    }

    private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.count - position >= size else { throw End() }
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += size
        return Number(truncatingIfNeeded: value)
    }

    private mutating func string() throws -> [UInt8] {
        let length = try number(UInt64.self)
        guard length <= 1 << 30 else { throw fault("there is a string of \(length) bytes at byte \(position)") }
        guard bytes.count - position >= Int(length) else { throw End() }
        position += Int(length)
        return Array(bytes[position - Int(length)..<position])
    }

    private mutating func skip(_ type: UInt32, depth: Int = 0) throws {
        let size: Int
        switch type {
        case 0, 1, 7: size = 1
        case 2, 3: size = 2
        case 4, 5, 6: size = 4
        case 10, 11, 12: size = 8
        case 8:
            _ = try string()
            return
        case 9 where depth < 8:
            let (inner, count) = try arrayHead()
            for _ in 0..<count { try skip(inner, depth: depth + 1) }
            return
        default: throw fault("a value at byte \(position) is of the unknown type \(type)")
        }
        guard bytes.count - position >= size else { throw End() }
        position += size
    }

    private mutating func arrayHead() throws -> (type: UInt32, count: Int) {
        let type = try number(UInt32.self)
        let count = try number(UInt64.self)
        guard count <= 1 << 28 else { throw fault("there is an array of \(count) values at byte \(position)") }
        // Every value takes a byte at least, so a count beyond the file's end is found before it is believed.
        if Int(count) > bytes.count - position { throw End() }
        return (type, Int(count))
    }

    private mutating func array<Element>(
        _ name: String, _ wanted: UInt32, _ element: (inout Self) throws -> Element
    ) throws -> [Element] {
        let (type, count) = try arrayHead()
        guard type == wanted else { throw fault("\(name) is an array of type \(type), not \(wanted)") }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    private mutating func readMetadata() throws -> Metadata {
        let version = try number(UInt32.self)
        guard version == 2 || version == 3 else { throw fault("GGUF version \(version) is not known; 2 and 3 are") }
        _ = try number(UInt64.self)
        let count = try number(UInt64.self)
        guard count <= 1 << 20 else { throw fault("the file claims \(count) entries of metadata") }
        var metadata = Metadata()
        for _ in 0..<count {
            let name = String(decoding: try string(), as: UTF8.self)
            let type = try number(UInt32.self)
            switch (name, type) {
            case ("tokenizer.ggml.model", 8): metadata.model = String(decoding: try string(), as: UTF8.self)
            case ("tokenizer.ggml.pre", 8): metadata.pre = String(decoding: try string(), as: UTF8.self)
            case ("tokenizer.ggml.tokens", 9): metadata.tokens = try array(name, 8) { try $0.string() }
            case ("tokenizer.ggml.merges", 9): metadata.merges = try array(name, 8) { try $0.string() }
            case ("tokenizer.ggml.scores", 9):
                metadata.scores = try array(name, 6) { Float(bitPattern: try $0.number(UInt32.self)) }
            case ("tokenizer.ggml.token_type", 9):
                metadata.types = try array(name, 5) { Int(try $0.number(Int32.self)) }
            case ("tokenizer.ggml.add_space_prefix", 7): metadata.addsPrefix = try number(UInt8.self) != 0
            case ("tokenizer.ggml.remove_extra_whitespaces", 7):
                metadata.removesExtraSpaces = try number(UInt8.self) != 0
            case ("tokenizer.ggml.precompiled_charsmap", 9):
                metadata.hasMap = true
                try skip(type)
            default: try skip(type)
            }
        }
        return metadata
    }

    private func model(_ metadata: Metadata) throws(TokenCountingError) -> ReadModel {
        guard let model = metadata.model, !metadata.tokens.isEmpty else { throw fault("the file carries no tokenizer") }
        guard metadata.types.isEmpty || metadata.types.count == metadata.tokens.count else {
            throw fault("there are \(metadata.tokens.count) tokens and \(metadata.types.count) types of tokens")
        }
        switch model {
        case "llama": return .pieces(try scored(metadata))
        case "gpt2": return .pretokens(try byteLevel(metadata))
        case "gemma4": return .pieces(try merged(metadata))
        default:
            throw .unsupportedTokenizer(
                path: path, reason: "the tokenizer is of the kind \"\(model)\"; llama, gpt2 and gemma4 are supported")
        }
    }

    private func kind(_ metadata: Metadata, _ index: Int) throws(TokenCountingError) -> PieceList.Kind {
        guard !metadata.types.isEmpty else { return .normal }
        guard let kind = PieceList.Kind(rawValue: metadata.types[index]) else {
            throw fault("token \(index) is of the unknown type \(metadata.types[index])")
        }
        return kind
    }

    private func scored(_ metadata: Metadata) throws(TokenCountingError) -> PieceModel {
        guard metadata.scores.count == metadata.tokens.count else {
            throw fault("there are \(metadata.tokens.count) tokens and \(metadata.scores.count) scores")
        }
        if metadata.hasMap {
            throw .unsupportedTokenizer(path: path, reason: "a table of characters in a GGUF file is not supported")
        }
        var list = PieceList(path: path)
        for (index, token) in metadata.tokens.enumerated() {
            list.pieces.append((token, metadata.scores[index], try kind(metadata, index)))
        }
        return try list.mergingModel(
            PieceNormalizer(
                map: nil, addsPrefix: metadata.addsPrefix ?? true,
                removesExtraSpaces: metadata.removesExtraSpaces ?? false))
    }

    private func byteLevel(_ metadata: Metadata) throws(TokenCountingError) -> TokenizerModel {
        guard let name = metadata.pre, let rules = Self.patterns[name] else {
            throw .unsupportedTokenizer(
                path: path,
                reason: "the pretokenizer is \(metadata.pre.map { "\"\($0)\"" } ?? "not named"); supported are "
                    + Self.patterns.keys.sorted().joined(separator: ", "))
        }
        let reader = try mergeList(metadata) { ByteAlphabet.decode($0) }
        var added: [AddedToken] = []
        for (index, token) in metadata.tokens.enumerated() {
            switch try kind(metadata, index) {
            case .userDefined: added.append(AddedToken(bytes: token))
            case .control, .unknown: added.append(AddedToken(bytes: token, isSpecial: true))
            default: break
            }
        }
        return try reader.byteLevelModel(
            rules.pattern, keepsWholeTokens: rules.keepsWholeTokens, form: nil,
            addedTokens: AddedTokens(added))
    }

    private func merged(_ metadata: Metadata) throws(TokenCountingError) -> PieceModel {
        let reader = try mergeList(metadata) { $0 }
        var byteTokens = InlineArray<256, UInt32>(repeating: 0)
        for byte in UInt8.min...UInt8.max {
            guard let identifier = reader.identifiers[PieceList.byteName(byte)] else {
                throw fault("the token \(String(decoding: PieceList.byteName(byte), as: UTF8.self)) is missing")
            }
            byteTokens[Int(byte)] = identifier
        }
        var userDefined: [AddedToken] = []
        for (index, token) in metadata.tokens.enumerated() where try kind(metadata, index) == .userDefined {
            userDefined.append(AddedToken(bytes: token))
        }
        return PieceModel(
            merging: .pairs(reader.list(.init(keepsWholeTokens: false, cutsCharacters: true, byteTokens: byteTokens))),
            pieces: reader.tokens.values,
            normalizer: PieceNormalizer(
                map: nil, addsPrefix: metadata.addsPrefix ?? false,
                removesExtraSpaces: metadata.removesExtraSpaces ?? false),
            userDefined: TokenFinder(userDefined), vocabularySize: metadata.tokens.count)
    }

    private func mergeList(
        _ metadata: Metadata, _ decode: ([UInt8]) -> [UInt8]?
    ) throws(TokenCountingError) -> MergeListReader {
        guard !metadata.merges.isEmpty else { throw fault("the file carries no merges") }
        var reader = MergeListReader(path: path)
        for (index, token) in metadata.tokens.enumerated() {
            let isText = try kind(metadata, index) == .normal
            try reader.add(token, bytes: isText ? decode(token) : nil, identifier: UInt32(index)) { fault($0) }
        }
        for merge in metadata.merges { try reader.merge(line: merge) { fault($0) } }
        return reader
    }
}
