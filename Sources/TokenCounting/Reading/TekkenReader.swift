/// Reads Mistral's Tekken files: JSON with the pattern, and tokens in base64 by rank.
enum TekkenReader {
    /// Whether a JSON value is a Tekken file.
    static func recognises(_ root: JSONValue) -> Bool {
        root["config"]?["pattern"] != nil && root["vocab"]?.elements != nil
    }

    /// The model of a file.
    ///
    /// The list holds more tokens than are used: those below `default_vocab_size - default_num_special_tokens` are.
    static func read(_ root: JSONValue, _ text: JSONText) throws(TokenCountingError) -> TokenizerModel {
        guard let config = root["config"], let vocabulary = root["vocab"], let entries = vocabulary.elements,
            let regularExpression = config["pattern"]?.text
        else { throw text.fault("this is no Tekken file") }
        if let version = config["version"]?.text, !["v1", "v2", "v3", "v7", "v11", "v13"].contains(version) {
            throw .unsupportedTokenizer(
                path: text.path,
                reason: "Tekken files of version \"\(version)\" are not known; v1, v2, v3, v7, v11 and v13 are")
        }
        guard let pattern = PretokenPattern(regularExpression: regularExpression) else {
            throw .unsupportedTokenizer(
                path: text.path, reason: "text is cut by an unknown pattern: \(regularExpression)")
        }
        guard let size = config["default_vocab_size"]?.index, let special = config["default_num_special_tokens"]?.index,
            size > special
        else { throw text.fault("default_vocab_size and default_num_special_tokens are wanted", at: config) }
        let used = Int(size - special)
        guard entries.count >= used else {
            throw text.fault("\(used) tokens are wanted, and there are \(entries.count)", at: vocabulary)
        }
        var tokens: [[UInt8]] = []
        tokens.reserveCapacity(used)
        for entry in entries.prefix(used) {
            guard let rank = entry["rank"]?.index else { throw text.fault("a token has no rank", at: entry) }
            guard Int(rank) == tokens.count else {
                throw text.fault("rank \(rank) in place of \(tokens.count)", at: entry)
            }
            guard let encoded = entry["token_bytes"]?.bytes, let token = Base64.decode(encoded), !token.isEmpty else {
                throw text.fault("the token of rank \(rank) is not base64", at: entry)
            }
            tokens.append(token)
        }
        try RankFileReader.check(tokens, line: { _ in nil }, path: text.path)
        return TokenizerModel(
            pattern: pattern,
            merging: .ranks(TokenTable(tokens: tokens, numbers: tokens.indices.map(UInt32.init))),
            tokens: tokens, vocabularySize: tokens.count)
    }
}
