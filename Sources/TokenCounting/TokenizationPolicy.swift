/// The choices of a tokenizer for texts that can be counted in several ways.
///
/// Two programs that use the same vocabulary agree on a text's tokens only if they agree on these choices.
public struct TokenizationPolicy: Sendable, Hashable {
    /// The treatment of a special token's spelling, such as `<|endoftext|>`, in a text.
    public enum SpecialTokens: String, Sendable, CaseIterable {
        /// Plain text, as a corpus should treat it, and as tiktoken's `encode_ordinary` counts it.
        case plainText = "plain_text"
        /// The special token itself.
        case tokens
    }

    /// The treatment of the spellings of special tokens.
    public var specialTokens: SpecialTokens

    /// Whether a token is added at a text's beginning.
    public var addsBeginningOfText: Bool

    /// The changes to a text before it is cut: `none`, or names joined by `+`.
    ///
    /// `nfc` is Unicode's composed form. For SentencePiece models, the names come from their `normalizer_spec`:
    /// `character_map` replaces characters by the model's own table, `extra_spaces_removed` keeps one space of several
    /// and none at the ends, `space_prefix` puts a space before the text and `space_suffix` behind it. A
    /// `tokenizer.json` has its steps in their order: `nfc`, `nfd`, `nfkc`, `nfkd`, `lowercase`, `strip` (or
    /// `strip_left`, `strip_right`), `strip_accents`, `replace`, `spaces_replaced`, `prepend`, `bert`, `nmt`,
    /// `character_map`, `bytes_spelled`, and `space_prefix` if a pretokenizer adds it.
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
