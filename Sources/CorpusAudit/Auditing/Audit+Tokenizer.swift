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
        /// Where the true ratio lies, where a sample says so.
        public var bytesPerTokenInterval: ClosedRange<Double>?

        /// Creates a description.
        public init(
            name: String, sha256: String?, isCertified: Bool, isEstimate: Bool, bytesPerToken: Double?,
            bytesPerTokenInterval: ClosedRange<Double>?
        ) {
            self.name = name
            self.sha256 = sha256
            self.isCertified = isCertified
            self.isEstimate = isEstimate
            self.bytesPerToken = bytesPerToken
            self.bytesPerTokenInterval = bytesPerTokenInterval
        }
    }
}
