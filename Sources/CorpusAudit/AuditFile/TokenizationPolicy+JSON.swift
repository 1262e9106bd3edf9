import OrderedJSON
import TokenCounting

extension TokenizationPolicy {
    /// What becomes of bytes that are not UTF-8, for every tokenizer alike: see `UTF8Check`.
    private static let invalidUTF8 = "U+FFFD"

    /// The policy as it stands in audits and in a scan's files.
    var json: JSONValue {
        .object([
            "special_tokens": .string(specialTokens.rawValue),
            "beginning_of_text": .bool(addsBeginningOfText),
            "normalization": .string(normalization),
            "invalid_utf8": .string(Self.invalidUTF8),
        ])
    }

    /// Reads a policy as ``json`` writes it; `nil` for anything else.
    init?(json: JSONValue) {
        guard case .string(let special)? = json["special_tokens"], let specialTokens = SpecialTokens(rawValue: special),
            case .bool(let addsBeginning)? = json["beginning_of_text"],
            case .string(let normalization)? = json["normalization"],
            json["invalid_utf8"] == .string(Self.invalidUTF8)
        else { return nil }
        self.init(specialTokens: specialTokens, addsBeginningOfText: addsBeginning, normalization: normalization)
    }
}
