public import TokenCounting

extension Audit {
    /// What counted the tokens of an audit.
    public struct Tokenizer: Sendable, Equatable {
        /// The tokenizer's name.
        public var name: String
        /// The SHA-256 of its vocabulary, or `nil` without one.
        public var sha256: String?
        /// Whether the counts are the reference implementation's, token for token.
        public var isCertified: Bool
        /// Whether the counts are an estimate.
        public var isEstimate: Bool
        /// Bytes of text per token: measured over all units, or assumed where the counts are an estimate.
        public var bytesPerToken: Double?
        /// Where the true ratio lies with 95 % confidence, where a sample of 30 units or more says so.
        ///
        /// Copies are taken to be like the distinct texts that were sampled.
        public var bytesPerTokenInterval: ClosedRange<Double>?
        /// What is counted where one text can be given several counts, or `nil` where the counter looks at no text.
        public var policy: TokenizationPolicy?
        /// Sequences of the texts that were not UTF-8 and count as one U+FFFD each, over all documents, copies included;
        /// `nil` where the file does not say.
        ///
        /// One for each maximal subpart of an ill-formed sequence, as The Unicode Standard recommends. Halves of surrogate
        /// pairs in escapes are not among them: they are valid JSON, and count as damage of their own kind.
        public var replacedSequences: Int?
        /// What the counts were estimated from, or `nil` where all units were counted or none.
        public var sample: Sample?

        /// Creates a description.
        public init(
            name: String, sha256: String?, isCertified: Bool, isEstimate: Bool, bytesPerToken: Double?,
            bytesPerTokenInterval: ClosedRange<Double>?, policy: TokenizationPolicy? = nil,
            replacedSequences: Int? = nil, sample: Sample? = nil
        ) {
            self.name = name
            self.sha256 = sha256
            self.isCertified = isCertified
            self.isEstimate = isEstimate
            self.bytesPerToken = bytesPerToken
            self.bytesPerTokenInterval = bytesPerTokenInterval
            self.policy = policy
            self.replacedSequences = replacedSequences
            self.sample = sample
        }
    }
}
