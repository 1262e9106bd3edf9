package import OrderedJSON
package import TokenCounting

extension TokenizationPolicy: JSONRecord {
    package static let blank = TokenizationPolicy()
    package static let fields: [JSONField<TokenizationPolicy>] = [
        .init("special_tokens", \.specialTokens, "How spellings of special tokens in a text count."),
        .init("beginning_of_text", \.addsBeginningOfText, "Whether a token is added at a text's beginning."),
        .init(
            "normalization", \.normalization, "The change to a text before it is cut: none, or names joined by +."),
        // The same for every tokenizer: see `UTF8Check`.
        .init("invalid_utf8", constant: "U+FFFD", "How each sequence that is not UTF-8 counts."),
    ]
}

extension TokenizationPolicy.SpecialTokens: JSONRepresentable {}
