import UnicodeText

/// Reads Hugging Face's `tokenizer.json`.
///
/// The kinds that most models have become a ``TokenizerModel`` or a ``PieceModel``; all others a ``PipelineModel``, step
/// for step as the file says. Everything that changes a count is either understood or refused by its name. A file's
/// truncation and padding are not applied: they cut a batch for a model, and are no part of how text becomes tokens.
struct HuggingFaceReader {
    let text: JSONText
    let root: JSONValue
    let model: JSONValue

    /// Whether a JSON value is such a file.
    static func recognises(_ root: JSONValue) -> Bool { root["model"]?.members != nil }

    /// The model of a file.
    static func read(_ root: JSONValue, _ text: JSONText) throws(TokenCountingError) -> ReadModel {
        guard let model = root["model"], model.members != nil else { throw text.fault("this is no tokenizer.json") }
        return try HuggingFaceReader(text: text, root: root, model: model).read()
    }

    func unsupported(_ reason: String) -> TokenCountingError {
        .unsupportedTokenizer(path: text.path, reason: reason)
    }

    private func read() throws(TokenCountingError) -> ReadModel {
        try checkRepeats(root, "the file")
        try checkRepeats(model, "the model")
        if let version = root["version"]?.text, version != "1.0" {
            throw unsupported("the format's version is \"\(version)\"; 1.0 is supported")
        }
        let normalizers = steps(root["normalizer"], "normalizers")
        let pretokenizers = steps(root["pre_tokenizer"], "pretokenizers")
        let added = try addedTokens()
        let type = model["type"]?.text ?? unnamedType
        switch type {
        case "BPE":
            try checkMerging()
            if let form = bytesForm(normalizers), let pattern = bytesPattern(pretokenizers) {
                let reader = try mergeList { ByteAlphabet.decode($0) }
                if let table = reader.byteTable() {
                    let form = form ? CanonicalComposition.reference : nil
                    return .pretokens(
                        reader.byteLevelModel(
                            table, pattern, keepsWholeTokens: model["ignore_merges"]?.bool ?? false, form: form,
                            addedTokens: AddedTokens(added) { Self.normalize($0, form) }))
                }
            }
            if let addsPrefix = piecesPrefix(normalizers, pretokenizers, added) {
                return .pieces(try pieces(addsPrefix: addsPrefix, added))
            }
        case "Unigram", "WordPiece", "WordLevel": break
        default: throw unsupported("the model is \(type); BPE, Unigram, WordPiece and WordLevel are supported")
        }
        return .pipeline(try pipeline(type, normalizers, pretokenizers, added))
    }

    /// The kind of a model that does not name it, inferred from its keys.
    private var unnamedType: String {
        if model["merges"] != nil { return "BPE" }
        if model["vocab"]?.elements != nil { return "Unigram" }
        return model["max_input_chars_per_word"] != nil ? "WordPiece" : "unnamed"
    }

    /// Refuses an object that has a name twice, as in a file that two files were merged into.
    private func checkRepeats(_ value: JSONValue, _ what: String) throws(TokenCountingError) {
        var seen: Set<[UInt8]> = []
        for (name, member) in value.members ?? [] where !seen.insert(name).inserted {
            throw text.fault("\(what) has \"\(String(decoding: name, as: UTF8.self))\" twice", at: member)
        }
    }

    /// The steps of a sequence, which may be nested, or the only step.
    private func steps(_ value: JSONValue?, _ name: String) -> [JSONValue] {
        guard let value else { return [] }
        guard value["type"]?.text == "Sequence" else { return [value] }
        return (value[name]?.elements ?? []).flatMap { steps($0, name) }
    }

    private func checkMerging() throws(TokenCountingError) {
        if case .number(let dropout)? = model["dropout"]?.kind, dropout != 0 {
            throw unsupported("dropout makes counts a matter of chance")
        }
    }

    private static func normalize(_ bytes: [UInt8], _ form: CanonicalComposition?) -> [UInt8] {
        guard let form, !bytes.isEmpty else { return bytes }
        var normalized: [UInt8] = []
        bytes.withUnsafeBufferPointer { form.normalize($0, into: &normalized) }
        return normalized
    }

    // MARK: Byte-level by a known pattern

    /// Whether text is normalised to form C, if there is no other change; else `nil`.
    private func bytesForm(_ normalizers: [JSONValue]) -> Bool? {
        guard normalizers.allSatisfy({ $0["type"]?.text == "NFC" }) else { return nil }
        return !normalizers.isEmpty
    }

    /// The one pattern that the steps amount to before bytes are merged, or `nil`.
    private func bytesPattern(_ steps: [JSONValue]) -> PretokenPattern? {
        guard let last = steps.last, last["type"]?.text == "ByteLevel", last["add_prefix_space"]?.bool == false,
            (affix("continuing_subword_prefix") + affix("end_of_word_suffix")).isEmpty
        else { return nil }
        let others = steps.dropLast()
        if last["use_regex"]?.bool ?? true {
            if others.isEmpty { return .r50k }
            let isDigits = others.count == 1 && others[0]["type"]?.text == "Digits"
            return isDigits && others[0]["individual_digits"]?.bool == true ? .starcoder : nil
        }
        var expressions: [String] = []
        for step in others {
            let behavior = step["behavior"]?.text ?? ""
            let inverts = step["invert"]?.bool ?? false
            guard step["type"]?.text == "Split", let expression = step["pattern"]?["Regex"]?.text,
                (behavior == "Isolated" && !inverts) || (behavior == "Removed" && inverts && others.count == 1)
            else { return nil }
            expressions.append(expression)
        }
        if expressions == PretokenPattern.deepSeekParts { return .deepseek }
        return expressions.count == 1 ? PretokenPattern(oniguruma: expressions[0]) : nil
    }

    // MARK: Over characters with byte fallback, whole texts

    /// Whether a prefix is put before text, where a file is of the kind that SentencePiece's models were turned into.
    ///
    /// There spaces become U+2581, bytes are fallen back on, and nothing else happens. `nil` for files of other kinds.
    private func piecesPrefix(_ normalizers: [JSONValue], _ steps: [JSONValue], _ added: [AddedToken]) -> Bool? {
        var addsPrefix = false
        var replacesSpaces = false
        for normalizer in normalizers {
            switch normalizer["type"]?.text {
            case "Prepend" where normalizer["prepend"]?.text == "\u{2581}" && !replacesSpaces && !addsPrefix:
                addsPrefix = true
            case "Replace"
            where normalizer["pattern"]?["String"]?.text == " " && normalizer["content"]?.text == "\u{2581}":
                replacesSpaces = true
            default: return nil
            }
        }
        for step in steps {
            switch step["type"]?.text {
            // After spaces were replaced, there are none to split at.
            case "Split" where replacesSpaces && step["pattern"]?["String"]?.text == " ": break
            case "Metaspace"
            where !replacesSpaces && !addsPrefix && step["replacement"]?.text == "\u{2581}"
                && step["split"]?.bool == false && step["prepend_scheme"]?.text == "never":
                replacesSpaces = true
            default: return nil
            }
        }
        let cuts = added.filter { !$0.isSpecial }
        guard replacesSpaces, model["byte_fallback"]?.bool == true, model["ignore_merges"]?.bool != true,
            (affix("continuing_subword_prefix") + affix("end_of_word_suffix")).isEmpty,
            !cuts.contains(where: { $0.isNormalized || $0.isSingleWord || $0.stripsLeft || $0.stripsRight }),
            cuts.isEmpty || !addsPrefix
        else { return nil }
        return addsPrefix
    }

    private func pieces(addsPrefix: Bool, _ added: [AddedToken]) throws(TokenCountingError) -> PieceModel {
        let reader = try mergeList { $0 }
        guard let byteTokens = try byteFallback(reader) else {
            throw text.fault("byte_fallback is set, and the byte tokens such as <0x00> are missing", at: model)
        }
        let list = reader.list(.init(keepsWholeTokens: false, cutsCharacters: true, byteTokens: byteTokens))
        return PieceModel(
            merging: .pairs(list), pieces: reader.tokens.values,
            normalizer: PieceNormalizer(map: nil, addsPrefix: addsPrefix, removesExtraSpaces: false),
            userDefined: TokenFinder(added), vocabularySize: reader.identifiers.count)
    }
}
