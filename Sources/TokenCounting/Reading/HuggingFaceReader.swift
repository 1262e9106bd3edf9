/// Reads Hugging Face's `tokenizer.json`: byte-level BPE, and BPE over characters with byte fallback.
///
/// Everything that changes a count is either understood or refused by its name.
struct HuggingFaceReader {
    private let root: JSONValue
    private let text: JSONText
    private let model: JSONValue

    /// Whether a JSON value is such a file.
    static func recognises(_ root: JSONValue) -> Bool { root["model"]?.members != nil }

    /// The model of a file.
    static func read(_ root: JSONValue, _ text: JSONText) throws(TokenCountingError) -> ReadModel {
        guard let model = root["model"], model.members != nil else { throw text.fault("this is no tokenizer.json") }
        return try HuggingFaceReader(root: root, text: text, model: model).read()
    }

    private func unsupported(_ reason: String) -> TokenCountingError {
        .unsupportedTokenizer(path: text.path, reason: reason)
    }

    private func read() throws(TokenCountingError) -> ReadModel {
        if let version = root["version"]?.text, version != "1.0" {
            throw unsupported("the format's version is \"\(version)\"; 1.0 is supported")
        }
        let type = model["type"]?.text ?? (model["merges"] == nil ? "unnamed" : "BPE")
        guard type == "BPE" else { throw unsupported("the model is \(type); BPE is supported") }
        for option in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let value = model[option]?.text, !value.isEmpty {
                throw unsupported("\(option) \"\(value)\" is not supported")
            }
        }
        if case .number(let dropout)? = model["dropout"]?.kind, dropout != 0 {
            throw unsupported("dropout makes counts a matter of chance")
        }
        let normalizers = steps(root["normalizer"], "normalizers")
        let pretokenizers = steps(root["pre_tokenizer"], "pretokenizers")
        if pretokenizers.last?["type"]?.text == "ByteLevel" {
            return .pretokens(try byteLevel(normalizers, pretokenizers))
        }
        return .pieces(try overCharacters(normalizers, pretokenizers))
    }

    /// The steps of a sequence, which may be nested, or the one step there is.
    private func steps(_ value: JSONValue?, _ name: String) -> [JSONValue] {
        guard let value else { return [] }
        guard value["type"]?.text == "Sequence" else { return [value] }
        return (value[name]?.elements ?? []).flatMap { steps($0, name) }
    }

    // MARK: Byte-level

    private func byteLevel(_ normalizers: [JSONValue], _ steps: [JSONValue]) throws(TokenCountingError)
        -> TokenizerModel
    {
        var composes = false
        for normalizer in normalizers {
            let name = normalizer["type"]?.text ?? "unnamed"
            guard name == "NFC" else { throw unsupported("the normalizer \(name) is not supported; NFC is") }
            composes = true
        }
        let last = steps[steps.count - 1]
        if last["add_prefix_space"]?.bool ?? true {
            throw unsupported("byte-level text with a space put before it (add_prefix_space) is not supported")
        }
        let pattern: PretokenPattern
        if last["use_regex"]?.bool ?? true {
            guard steps.count == 1 else { throw unsupported("ByteLevel's own pattern after another is not supported") }
            pattern = .r50k
        } else {
            pattern = try self.pattern(Array(steps.dropLast()))
        }
        var reader = try vocabulary { ByteAlphabet.decode($0) }
        try merges(into: &reader)
        return try reader.byteLevelModel(
            pattern, keepsWholeTokens: model["ignore_merges"]?.bool ?? false, composes: composes,
            addedTokens: try addedTokens(composes: composes))
    }

    private func pattern(_ steps: [JSONValue]) throws(TokenCountingError) -> PretokenPattern {
        var expressions: [String] = []
        for step in steps {
            let name = step["type"]?.text ?? "unnamed"
            guard name == "Split" else { throw unsupported("the pretokenizer \(name) is not supported") }
            let behaviour = step["behavior"]?.text ?? ""
            let inverts = step["invert"]?.bool ?? false
            guard (behaviour == "Isolated" && !inverts) || (behaviour == "Removed" && inverts && steps.count == 1)
            else {
                throw unsupported("a Split that is \(behaviour)\(inverts ? ", inverted," : "") is not supported")
            }
            guard let expression = step["pattern"]?["Regex"]?.text else {
                throw unsupported("a Split by a plain string is not supported")
            }
            expressions.append(expression)
        }
        if expressions == PretokenPattern.deepSeekParts { return .deepseek }
        guard expressions.count == 1, let pattern = PretokenPattern(regularExpression: expressions[0]) else {
            throw unsupported("text is cut by an unknown pattern: \(expressions.joined(separator: ", then "))")
        }
        return pattern
    }

    // MARK: Over characters

    private func overCharacters(
        _ normalizers: [JSONValue], _ steps: [JSONValue]
    ) throws(TokenCountingError) -> PieceModel {
        var addsPrefix = false
        var replacesSpaces = false
        for normalizer in normalizers {
            switch normalizer["type"]?.text ?? "unnamed" {
            case "Prepend" where normalizer["prepend"]?.text == "\u{2581}" && !replacesSpaces: addsPrefix = true
            case "Replace"
            where normalizer["pattern"]?["String"]?.text == " " && normalizer["content"]?.text == "\u{2581}":
                replacesSpaces = true
            case let name: throw unsupported("the normalizer \(name) is not supported where tokens are of characters")
            }
        }
        for step in steps {
            switch step["type"]?.text ?? "unnamed" {
            // After spaces were replaced there are none to split at.
            case "Split" where replacesSpaces && step["pattern"]?["String"]?.text == " ": break
            case "Metaspace"
            where !replacesSpaces && step["replacement"]?.text == "\u{2581}" && step["split"]?.bool == false
                && step["prepend_scheme"]?.text == "never":
                replacesSpaces = true
            case let name: throw unsupported("the pretokenizer \(name) is not supported where tokens are of characters")
            }
        }
        guard replacesSpaces else { throw unsupported("BPE over characters without spaces as U+2581 is not supported") }
        guard model["byte_fallback"]?.bool == true else {
            throw unsupported("BPE over characters without byte fallback is not supported")
        }
        // It would speak of whole texts, which nothing cuts here.
        if model["ignore_merges"]?.bool == true {
            throw unsupported("ignore_merges is not supported where tokens are of characters")
        }
        var reader = try vocabulary { $0 }
        try merges(into: &reader)
        var byteTokens = InlineArray<256, UInt32>(repeating: 0)
        for byte in UInt8.min...UInt8.max {
            guard let identifier = reader.identifiers[PieceList.byteName(byte)] else {
                throw text.fault(
                    "the token \(String(decoding: PieceList.byteName(byte), as: UTF8.self)) is missing", at: model)
            }
            byteTokens[Int(byte)] = identifier
        }
        let added = try addedTokens(composes: false)
        if addsPrefix, let added, !added.isEmpty {
            throw unsupported("added tokens that are not special are not supported where a prefix is put before text")
        }
        let list = reader.list(
            .init(keepsWholeTokens: model["ignore_merges"]?.bool ?? false, cutsCharacters: true, byteTokens: byteTokens)
        )
        return PieceModel(
            merging: .pairs(list), pieces: reader.tokens.values,
            normalizer: PieceNormalizer(map: nil, addsPrefix: addsPrefix, removesExtraSpaces: false),
            userDefined: plainAddedTokens(), vocabularySize: reader.identifiers.count)
    }

    // MARK: Parts

    private func vocabulary(
        _ decode: ([UInt8]) -> [UInt8]?
    ) throws(TokenCountingError) -> MergeListReader {
        guard let members = model["vocab"]?.members else { throw text.fault("the model has no vocab", at: model) }
        var reader = MergeListReader(path: text.path)
        for (name, value) in members {
            guard let identifier = value.index else {
                throw text.fault("the number of \"\(String(decoding: name, as: UTF8.self))\" is none", at: value)
            }
            try reader.add(name, bytes: decode(name), identifier: identifier) { text.fault($0, at: value) }
        }
        return reader
    }

    private func merges(into reader: inout MergeListReader) throws(TokenCountingError) {
        guard let merges = model["merges"]?.elements else { throw text.fault("the model has no merges", at: model) }
        for merge in merges {
            if let line = merge.bytes {
                try reader.merge(line: line) { text.fault($0, at: merge) }
            } else if let pair = merge.elements, pair.count == 2, let left = pair[0].bytes, let right = pair[1].bytes {
                try reader.merge(left, right) { text.fault($0, at: merge) }
            } else {
                throw text.fault("a merge is two tokens", at: merge)
            }
        }
    }

    private func plainAddedTokens() -> [[UInt8]] {
        (root["added_tokens"]?.elements ?? []).filter { $0["special"]?.bool != true }.compactMap {
            $0["content"]?.bytes
        }
    }

    private func addedTokens(composes: Bool) throws(TokenCountingError) -> AddedTokens? {
        var tokens: [(bytes: [UInt8], isSpecial: Bool, isNormalized: Bool)] = []
        for token in root["added_tokens"]?.elements ?? [] {
            guard let content = token["content"]?.bytes else {
                throw text.fault("an added token has no content", at: token)
            }
            let isSpecial = token["special"]?.bool ?? false
            if !isSpecial {
                for option in ["single_word", "lstrip", "rstrip"] where token[option]?.bool == true {
                    throw unsupported("the added token \"\(String(decoding: content, as: UTF8.self))\" has \(option)")
                }
            }
            tokens.append((content, isSpecial, token["normalized"]?.bool ?? !isSpecial))
        }
        return tokens.isEmpty ? nil : AddedTokens(tokens)
    }
}

/// What a reader found: a tokenizer that cuts by a pattern, or one of SentencePiece's kind.
enum ReadModel: Sendable {
    case pretokens(TokenizerModel)
    case pieces(PieceModel)

    /// How text is cut before its bytes are merged, where there is such a step.
    var pattern: PretokenPattern? {
        guard case .pretokens(let model) = self else { return nil }
        return model.pattern
    }

    /// What kind of tokenizer it is, in a word or two.
    var family: String {
        switch self {
        case .pretokens(let model): model.pattern.rawValue
        case .pieces(let model):
            switch model.merging {
            case .scores, .pairs: "sentencepiece bpe"
            case .lattice: "sentencepiece unigram"
            }
        }
    }

    /// What is done to a text before it is cut, in the words of ``TokenizationPolicy/normalization``.
    var normalization: String {
        switch self {
        case .pretokens(let model): model.composes ? "nfc" : "none"
        case .pieces(let model): model.normalizer.name
        }
    }

    /// The number of tokens.
    var vocabularySize: Int {
        switch self {
        case .pretokens(let model): model.vocabularySize
        case .pieces(let model): model.vocabularySize
        }
    }

    func makeSession() -> any TokenCountingSession {
        switch self {
        case .pretokens(let model): model.makeSession()
        case .pieces(let model): model.makeSession()
        }
    }
}
