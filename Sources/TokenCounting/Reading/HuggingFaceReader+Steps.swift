import UnicodeText

extension HuggingFaceReader {
    private func name(_ value: JSONValue) -> String { value["type"]?.text ?? "unnamed" }

    /// One step of normalisation.
    func normalizerStep(_ value: JSONValue) throws(TokenCountingError) -> TextNormalizer.Step {
        switch name(value) {
        case "NFC": return .form(.reference, name: "nfc")
        case "NFD": return .form(.referenceD, name: "nfd")
        case "NFKC": return .form(.referenceKC, name: "nfkc")
        case "NFKD": return .form(.referenceKD, name: "nfkd")
        case "Lowercase": return .lowercase
        case "Strip":
            return .strip(left: try flag(value, "strip_left"), right: try flag(value, "strip_right"))
        case "StripAccents": return .stripAccents
        case "Replace":
            guard let content = value["content"]?.bytes else { throw text.fault("a Replace has no content", at: value) }
            switch try pattern(value) {
            case .string(let string): return .replaceString(string, with: content)
            case .expression(let expression): return .replaceMatches(expression, with: content)
            }
        case "Prepend":
            guard let prefix = value["prepend"]?.bytes else { throw text.fault("a Prepend has no text", at: value) }
            return .prepend(prefix)
        case "BertNormalizer":
            let lowercases = value["lowercase"]?.bool ?? true
            return .bert(
                BertNormalization(
                    cleansText: value["clean_text"]?.bool ?? true,
                    spacesChinese: value["handle_chinese_chars"]?.bool ?? true,
                    stripsAccents: value["strip_accents"]?.bool ?? lowercases, lowercases: lowercases))
        case "Nmt": return .nmt
        case "ByteLevel": return .spellBytes
        case "Precompiled":
            guard let encoded = value["precompiled_charsmap"]?.bytes, let bytes = Base64.decode(encoded),
                let map = CharacterMap(bytes)
            else { throw text.fault("the table of characters (precompiled_charsmap) is damaged", at: value) }
            return .precompiled(map)
        case let name: throw unsupported("the normalizer \(name) is not supported")
        }
    }

    /// One step of cutting.
    func pretokenizerStep(_ value: JSONValue) throws(TokenCountingError) -> PretokenizerStep {
        switch name(value) {
        case "ByteLevel":
            return .byteLevel(
                addsSpace: try flag(value, "add_prefix_space"), cuts: value["use_regex"]?.bool ?? true, spells: false)
        case "Digits": return .digits(individually: value["individual_digits"]?.bool ?? false)
        case "Punctuation": return .punctuation(try behavior(value, otherwise: .isolated))
        case "WhitespaceSplit": return .whitespaceSplit
        case "Whitespace": return .words
        case "BertPreTokenizer": return .bert
        case "CharDelimiterSplit":
            guard let delimiter = value["delimiter"]?.bytes, !delimiter.isEmpty else {
                throw text.fault("a CharDelimiterSplit has no delimiter", at: value)
            }
            return .string(delimiter, .removed, inverts: false)
        case "Metaspace": return try metaspace(value)
        case "Split":
            let inverts = value["invert"]?.bool ?? false
            let behavior = try behavior(value, otherwise: nil)
            switch try pattern(value) {
            case .string(let string): return .string(string, behavior, inverts: inverts)
            case .expression(let expression):
                // These leave nothing unmatched.
                if let known = PretokenPattern(oniguruma: expression.text),
                    inverts ? behavior == .removed || behavior == .isolated : behavior == .isolated
                {
                    return .pattern(known)
                }
                return .expression(expression, behavior, inverts: inverts)
            }
        case let name: throw unsupported("the pretokenizer \(name) is not supported")
        }
    }

    private func metaspace(_ value: JSONValue) throws(TokenCountingError) -> PretokenizerStep {
        guard let character = value["replacement"]?.bytes, let lead = character.first,
            character.count == CharacterCut.length(lead)
        else { throw text.fault("a Metaspace's replacement is one character", at: value) }
        let name = value["prepend_scheme"]?.text
        guard var scheme = name == nil ? .always : PretokenizerStep.PrependScheme(rawValue: name ?? "") else {
            throw unsupported("the prepend_scheme \"\(name ?? "")\" is not supported; always, first and never are")
        }
        if value["add_prefix_space"]?.bool == false {
            guard name == nil || scheme == .never else {
                throw text.fault("add_prefix_space and prepend_scheme of a Metaspace contradict each other", at: value)
            }
            scheme = .never
        }
        return .metaspace(character, scheme, splits: value["split"]?.bool ?? true)
    }

    private func flag(_ value: JSONValue, _ name: String) throws(TokenCountingError) -> Bool {
        guard let flag = value[name]?.bool else { throw text.fault("\(self.name(value)) has no \(name)", at: value) }
        return flag
    }

    private func behavior(_ value: JSONValue, otherwise: SplitBehavior?) throws(TokenCountingError) -> SplitBehavior {
        guard let name = value["behavior"]?.text else {
            guard let otherwise else { throw text.fault("a Split has no behavior", at: value) }
            return otherwise
        }
        guard let behavior = SplitBehavior(rawValue: name) else {
            throw unsupported("the behavior \"\(name)\" of \(self.name(value)) is not supported")
        }
        return behavior
    }

    private enum Pattern {
        case string([UInt8])
        case expression(RegularExpression)
    }

    private func pattern(_ value: JSONValue) throws(TokenCountingError) -> Pattern {
        if let string = value["pattern"]?["String"]?.bytes {
            guard !string.isEmpty else { throw text.fault("the pattern of \(name(value)) is empty", at: value) }
            return .string(string)
        }
        guard let expression = value["pattern"]?["Regex"]?.text else {
            throw text.fault("\(name(value)) has no pattern", at: value)
        }
        do throws(RegularExpression.Refusal) {
            return .expression(try RegularExpression(expression))
        } catch {
            throw unsupported("the pattern \(expression) cannot be counted with: \(error.reason)")
        }
    }
}
