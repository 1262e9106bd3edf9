package import OrderedJSON
public import TokenCounting

extension Audit {
    /// The tokenizer that counted the tokens of an audit.
    public struct Tokenizer: Sendable, Equatable {
        /// The tokenizer's name.
        public var name = ""
        /// The SHA-256 of its vocabulary, or `nil` without one.
        public var sha256: String?
        /// Whether the counts are the reference implementation's, token for token.
        public var isCertified = false
        /// Whether the counts are an estimate.
        public var isEstimate = false
        /// Bytes of text per token: measured over all units, or assumed where the counts are an estimate.
        public var bytesPerToken: Double?
        /// The 95 % confidence interval of the true ratio, if a sample of 30 units or more was counted.
        ///
        /// It assumes that copies are like the distinct texts that were sampled.
        public var bytesPerTokenInterval: ClosedRange<Double>?
        /// The rules of counting that the vocabulary leaves open, or `nil` where the counter looks at no text.
        public var policy: TokenizationPolicy?
        /// Invalid UTF-8 sequences of the texts, which count as one U+FFFD each, over all documents, copies included;
        /// `nil` if the file does not state it.
        ///
        /// One for each maximal subpart of an ill-formed sequence, as The Unicode Standard recommends. Halves of
        /// surrogate pairs in escapes are not included: they are valid JSON, and count as a separate kind of damage.
        public var replacedSequences: Int?
        /// The sample from which the counts were estimated, or `nil` if all units were counted or none.
        public var sample: Sample?
    }
}

extension Audit.Tokenizer: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("name", \.name, "The tokenizer."),
        .init("sha256", \.sha256, "SHA-256 of its vocabulary; null without one."),
        .init(
            "certified", \.isCertified, "Whether counts are the reference implementation's, token for token."),
        .init("estimate", \.isEstimate, "Whether token counts are an estimate."),
        .init(
            "bytes_per_token", \.bytesPerToken,
            "Bytes of text per token: measured over all units, or assumed where estimate is true."),
        .init(
            "bytes_per_token_interval", \.bytesPerTokenInterval,
            "The 95 % confidence interval of the ratio, where a sample gives one."),
        .init(
            "policy", \.policy,
            "The rules of counting that the vocabulary leaves open; null for an estimate from bytes."),
        .init(
            "replaced_sequences", \.replacedSequences,
            "Sequences of all documents' texts that were not UTF-8 and count as one U+FFFD each.", .notNegative),
        .init(
            "sample", \.sample, "What tokens were estimated from; null where all units were counted, or none."),
    ]
}
