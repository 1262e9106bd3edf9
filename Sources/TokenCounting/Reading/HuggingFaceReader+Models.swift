extension HuggingFaceReader {
    /// The tokenizer that runs the file's steps one after the other.
    func pipeline(
        _ type: String, _ normalizers: [JSONValue], _ pretokenizers: [JSONValue], _ added: [AddedToken]
    ) throws(TokenCountingError) -> PipelineModel {
        var normalizer = TextNormalizer(steps: [])
        for value in normalizers { normalizer.steps.append(try normalizerStep(value)) }
        var steps: [PretokenizerStep] = []
        for value in pretokenizers { steps.append(try pretokenizerStep(value)) }
        let chain = normalizer
        let tokens = AddedTokens(added) { chain.normalized($0) }
        for token in added where token.isNormalized && chain.normalized(token.bytes).isEmpty {
            throw unsupported(
                "normalization leaves nothing of the added token \"\(String(decoding: token.bytes, as: UTF8.self))\"")
        }
        let (words, size, spells) = try words(type, normalizer, &steps)
        if spells { Self.spell(&steps) }
        return PipelineModel(
            normalizer: normalizer.steps.isEmpty ? nil : normalizer, addedTokens: tokens, steps: steps, words: words,
            vocabularySize: size)
    }

    /// Makes every byte-level step write letters, since later steps read them.
    private static func spell(_ steps: inout [PretokenizerStep]) {
        for (index, step) in steps.enumerated() {
            guard case .byteLevel(let addsSpace, let cuts, _) = step else { continue }
            steps[index] = .byteLevel(addsSpace: addsSpace, cuts: cuts, spells: true)
        }
    }

    /// The method that turns words into tokens, the vocabulary's size, and whether byte-level steps must write letters.
    private func words(
        _ type: String, _ normalizer: TextNormalizer, _ steps: inout [PretokenizerStep]
    ) throws(TokenCountingError) -> (PipelineModel.Words, Int, spells: Bool) {
        switch type {
        case "Unigram":
            let (vocabulary, size) = try unigram()
            return (.unigram(vocabulary), size, true)
        case "WordPiece":
            let (vocabulary, size) = try wordPiece()
            return (.wordPiece(vocabulary), size, true)
        case "WordLevel":
            let reader = try vocabulary { $0 }
            _ = try unknownToken(reader)
            return (.wordLevel, reader.identifiers.count, true)
        default: break
        }
        let reader = try mergeList { ByteAlphabet.decode($0) }
        var isBytes = false
        if case .byteLevel? = steps.last { isBytes = true }
        let spellsBefore =
            normalizer.steps.contains { if case .spellBytes = $0 { true } else { false } }
            || steps.dropLast().contains { if case .byteLevel = $0 { true } else { false } }
        let hasAffixes = !affix("continuing_subword_prefix").isEmpty || !affix("end_of_word_suffix").isEmpty
        if isBytes, !spellsBefore, !hasAffixes, let table = reader.byteTable() {
            let list = reader.list(
                .init(
                    keepsWholeTokens: model["ignore_merges"]?.bool ?? false, cutsCharacters: false, byteTokens: table))
            return (.bytes(list, CharacterSeams(reader.tokens.values)), reader.identifiers.count, false)
        }
        let merges = try spelled(reader)
        if case .replaceString([0x20], let mark)? = normalizer.steps.last, !mark.contains(0x20) {
            // No space is left to split at.
            steps.removeAll { if case .string([0x20], _, inverts: false) = $0 { true } else { false } }
        }
        let splits = steps.contains { if case .metaspace(_, _, splits: false) = $0 { false } else { true } }
        // U+2581 must be a known character, so that it never joins an unknown character before it.
        if !splits, !merges.keepsWholeTokens, !merges.marksPlaces, reader.identifiers[PieceList.space] != nil {
            if case .dropped = merges.unknown {
            } else {
                return (.stretches(merges, NeighbourTable(reader.identifiers.keys)), reader.identifiers.count, true)
            }
        }
        return (.characters(merges), reader.identifiers.count, true)
    }

    /// A mark on tokens that continue a word, or end one; empty if there is none.
    func affix(_ name: String) -> [UInt8] { model[name]?.bytes ?? [] }

    // MARK: Merging

    private func spelled(_ reader: MergeListReader) throws(TokenCountingError) -> SpelledMerges {
        let prefix = affix("continuing_subword_prefix")
        let suffix = affix("end_of_word_suffix")
        let hasAffixes = !prefix.isEmpty || !suffix.isEmpty
        let unknown: SpelledMerges.Unknown
        if model["byte_fallback"]?.bool == true, let table = try byteFallback(reader) {
            if hasAffixes { throw unsupported("byte fallback together with marks for words' parts is not supported") }
            unknown = .bytes(table)
        } else if model["unk_token"]?.text != nil {
            let token = try unknownToken(reader)
            for merge in reader.merges where merge.left == token || merge.right == token {
                throw unsupported("a merge of the unknown token is not supported")
            }
            unknown = .token(token, fuses: model["fuse_unk"]?.bool ?? false)
        } else {
            unknown = .dropped
        }
        let entries = reader.identifiers.sorted { $0.value < $1.value }
        func table(_ before: [UInt8], _ after: [UInt8]) -> TokenTable {
            let characters = entries.compactMap { spelling, number -> (bytes: [UInt8], number: UInt32)? in
                guard spelling.count > before.count + after.count, spelling.starts(with: before),
                    spelling.suffix(after.count).elementsEqual(after)
                else { return nil }
                let character = Array(spelling.dropFirst(before.count).dropLast(after.count))
                return character.count == CharacterCut.length(character[0]) ? (character, number) : nil
            }
            return TokenTable(tokens: characters.map(\.bytes), numbers: characters.map(\.number))
        }
        return SpelledMerges(
            pairs: PairTable(reader.merges),
            tokens: TokenTable(tokens: entries.map(\.key), numbers: entries.map(\.value)),
            places: hasAffixes ? [table([], []), table(prefix, []), table(prefix, suffix), table([], suffix)] : [],
            unknown: unknown, keepsWholeTokens: model["ignore_merges"]?.bool ?? false)
    }

    /// The fallback tokens of bytes, or `nil` if there are none.
    func byteFallback(_ reader: MergeListReader) throws(TokenCountingError) -> InlineArray<256, UInt32>? {
        var table = InlineArray<256, UInt32>(repeating: 0)
        var missing: [UInt8] = []
        for byte in UInt8.min...UInt8.max {
            if let identifier = reader.identifiers[PieceList.byteName(byte)] {
                table[Int(byte)] = identifier
            } else if byte != 0xC0, byte != 0xC1, byte < 0xF5 {
                missing.append(byte)
            }
        }
        if missing.count >= 256 - 13 { return nil }
        if let first = missing.first {
            throw text.fault(
                "the token \(String(decoding: PieceList.byteName(first), as: UTF8.self)) is missing, though others of its "
                    + "kind are there", at: model)
        }
        return table
    }

    /// The number of the unknown token.
    private func unknownToken(_ reader: MergeListReader) throws(TokenCountingError) -> UInt32 {
        let name = model["unk_token"]?.bytes ?? Array("[UNK]".utf8)
        guard let identifier = reader.identifiers[name] else {
            throw text.fault(
                "the unknown token \"\(String(decoding: name, as: UTF8.self))\" is not in the vocabulary", at: model)
        }
        return identifier
    }

    // MARK: Unigram and WordPiece

    private func unigram() throws(TokenCountingError) -> (UnigramVocabulary, Int) {
        guard let entries = model["vocab"]?.elements else { throw text.fault("the model has no vocab", at: model) }
        guard entries.count > 1 else { throw text.fault("the vocabulary has \(entries.count) entries", at: model) }
        var tokens: [[UInt8]] = []
        var scores: [Double] = []
        var seen: Set<[UInt8]> = []
        for entry in entries {
            guard let pair = entry.elements, pair.count == 2, let token = pair[0].bytes, case .number = pair[1].kind
            else {
                throw text.fault("an entry is a token and its score", at: entry)
            }
            guard seen.insert(token).inserted else {
                throw text.fault(
                    "the token \"\(String(decoding: token, as: UTF8.self))\" occurs there twice", at: entry)
            }
            tokens.append(token)
            scores.append(text.reference(pair[1]))
        }
        guard let unknown = model["unk_id"]?.index, Int(unknown) < tokens.count else {
            throw unsupported("a Unigram model without an unknown token (unk_id) is not supported")
        }
        let vocabulary = UnigramVocabulary(
            tokens: tokens, scores: scores, unknown: Int(unknown),
            fallsBackToBytes: model["byte_fallback"]?.bool ?? false)
        return (vocabulary, tokens.count)
    }

    private func wordPiece() throws(TokenCountingError) -> (WordPieceVocabulary, Int) {
        let reader = try vocabulary { $0 }
        _ = try unknownToken(reader)
        let longest = model["max_input_chars_per_word"]?.index ?? 100
        let prefix = model["continuing_subword_prefix"]?.bytes ?? Array("##".utf8)
        let tokens = reader.identifiers.keys.sorted { $0.lexicographicallyPrecedes($1) }
        return (
            WordPieceVocabulary(tokens: tokens, prefix: prefix, longest: Int(longest)), reader.identifiers.count
        )
    }

    // MARK: Vocabulary, merges, added tokens

    private func vocabulary(_ decode: ([UInt8]) -> [UInt8]?) throws(TokenCountingError) -> MergeListReader {
        guard let members = model["vocab"]?.members else { throw text.fault("the model has no vocab", at: model) }
        guard members.count > 1 else { throw text.fault("the vocabulary has \(members.count) entries", at: model) }
        var reader = MergeListReader(path: text.path)
        for (name, value) in members {
            guard let identifier = value.index else {
                throw text.fault("the number of \"\(String(decoding: name, as: UTF8.self))\" is none", at: value)
            }
            try reader.add(name, bytes: decode(name), identifier: identifier) { text.fault($0, at: value) }
        }
        return reader
    }

    /// The vocabulary with its merges.
    func mergeList(_ decode: ([UInt8]) -> [UInt8]?) throws(TokenCountingError) -> MergeListReader {
        var reader = try vocabulary(decode)
        reader.prefix = affix("continuing_subword_prefix")
        guard reader.prefix.allSatisfy({ $0 < 0x80 }) else {
            throw unsupported("a continuing_subword_prefix beyond ASCII is not supported")
        }
        guard let merges = model["merges"]?.elements else { throw text.fault("the model has no merges", at: model) }
        for merge in merges {
            if let line = merge.bytes {
                // As a merges.txt turned into JSON line by line has it.
                if line.starts(with: "#version".utf8) { continue }
                try reader.merge(line: line) { text.fault($0, at: merge) }
            } else if let pair = merge.elements, pair.count == 2, let left = pair[0].bytes, let right = pair[1].bytes {
                try reader.merge(left, right) { text.fault($0, at: merge) }
            } else {
                throw text.fault("a merge is two tokens", at: merge)
            }
        }
        return reader
    }

    /// The added tokens, those that are special first, as the reference tries them.
    func addedTokens() throws(TokenCountingError) -> [AddedToken] {
        var tokens: [AddedToken] = []
        var contents: [[UInt8]: Int] = [:]
        var numbers: [UInt32: [UInt8]] = [:]
        for token in root["added_tokens"]?.elements ?? [] {
            guard let content = token["content"]?.bytes else {
                throw text.fault("an added token has no content", at: token)
            }
            let name = String(decoding: content, as: UTF8.self)
            if contents.updateValue(tokens.count, forKey: content) != nil {
                throw text.fault("the added token \"\(name)\" occurs there twice", at: token)
            }
            if let number = token["id"]?.index, let other = numbers.updateValue(content, forKey: number) {
                throw text.fault(
                    "the added token \"\(name)\" has the number \(number), which "
                        + "\"\(String(decoding: other, as: UTF8.self))\" has already", at: token)
            }
            let isSpecial = token["special"]?.bool ?? false
            tokens.append(
                AddedToken(
                    bytes: content, isSpecial: isSpecial, isNormalized: token["normalized"]?.bool ?? !isSpecial,
                    isSingleWord: token["single_word"]?.bool ?? false, stripsLeft: token["lstrip"]?.bool ?? false,
                    stripsRight: token["rstrip"]?.bool ?? false))
        }
        return tokens.filter(\.isSpecial) + tokens.filter { !$0.isSpecial }
    }
}
