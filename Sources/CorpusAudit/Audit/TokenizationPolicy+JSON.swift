package import OrderedJSON
package import TokenCounting

extension TokenizationPolicy: JSONRecord {
    package static let blank = TokenizationPolicy()
    package static let fields: [JSONField<TokenizationPolicy>] = [
        .init("special_tokens", \.specialTokens, "What special tokens' spellings in a text are."),
        .init("beginning_of_text", \.addsBeginningOfText, "Whether a token is added at a text's beginning."),
        .init(
            "normalization", \.normalization, "What is done to a text before it is cut: none, or names joined by +."),
        // The same for every tokenizer: see `UTF8Check`.
        .init("invalid_utf8", constant: "U+FFFD", "What each sequence that is not UTF-8 counts as."),
    ]
}

extension TokenizationPolicy.SpecialTokens: JSONRepresentable {}
