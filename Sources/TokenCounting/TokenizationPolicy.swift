/// What a tokenizer is asked to count, where one text can be given several counts.
///
/// Two programs that use the same vocabulary agree on a text's tokens only when they agree on these.
public struct TokenizationPolicy: Sendable, Hashable {
    /// What the spelling of a special token, such as `<|endoftext|>`, is in a text.
    public enum SpecialTokens: String, Sendable, CaseIterable {
        /// Text like any other: what a corpus should hold, and what tiktoken's `encode_ordinary` counts.
        case plainText = "plain_text"
        /// The special token itself.
        case tokens
    }

    /// What the spellings of special tokens are.
    public var specialTokens: SpecialTokens

    /// Whether a token is added at a text's beginning.
    public var addsBeginningOfText: Bool

    /// What is done to a text before it is cut: `none`, or names joined by `+`.
    ///
    /// `nfc` is Unicode's composed form. SentencePiece models name what their `normalizer_spec` asks for:
    /// `character_map` replaces characters by the model's own table, `extra_spaces_removed` keeps one space of
    /// several and none at the ends, `space_prefix` puts a space before the text and `space_suffix` behind it. A
    /// `tokenizer.json` has its steps in their order: `nfc`, `nfd`, `nfkc`, `nfkd`, `lowercase`, `strip` (or
    /// `strip_left`, `strip_right`), `strip_accents`, `replace`, `spaces_replaced`, `prepend`, `bert`, `nmt`,
    /// `character_map`, `bytes_spelled`, and `space_prefix` where a pretokenizer puts it there.
    public var normalization: String

    /// Creates a policy; by default special tokens' spellings are plain text and nothing is added or changed.
    public init(
        specialTokens: SpecialTokens = .plainText, addsBeginningOfText: Bool = false, normalization: String = "none"
    ) {
        self.specialTokens = specialTokens
        self.addsBeginningOfText = addsBeginningOfText
        self.normalization = normalization
    }
}
