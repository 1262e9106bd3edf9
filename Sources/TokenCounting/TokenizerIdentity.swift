/// An audit's record of the tokenizer that counted it.
public struct TokenizerIdentity: Sendable, Hashable {
    /// The tokenizer's name, as `cl100k` or `bytes/4`.
    public var name: String

    /// The SHA-256 of the vocabulary file in lower-case hexadecimal, or `nil` without a vocabulary.
    public var sha256: String?

    /// Whether the counts are those of the tokenizer's reference implementation, token for token.
    public var isCertified: Bool

    /// Whether the counts are an estimate.
    ///
    /// Everything printed from an estimate says so.
    public var isEstimate: Bool

    /// Bytes of text per token where the counter assumes a ratio, or `nil` where the ratio is measured.
    public var assumedBytesPerToken: Double?

    /// The rules of counting that the vocabulary leaves open, or `nil` where the counter looks at no text.
    public var policy: TokenizationPolicy?

    /// Creates an identity.
    public init(
        name: String,
        sha256: String? = nil,
        isCertified: Bool,
        isEstimate: Bool,
        assumedBytesPerToken: Double? = nil,
        policy: TokenizationPolicy? = nil
    ) {
        self.name = name
        self.sha256 = sha256
        self.isCertified = isCertified
        self.isEstimate = isEstimate
        self.assumedBytesPerToken = assumedBytesPerToken
        self.policy = policy
    }
}
