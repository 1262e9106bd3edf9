extension Audit {
    /// A text that occurs many times.
    public struct TopCopy: Sendable, Equatable {
        /// The text's identity: XXH3-128 of its normalised bytes.
        public var fingerprint: Fingerprint
        /// How often it occurs in the corpus.
        public var occurrences: Int
        /// Its tokens, as its owner has them.
        public var tokens: Int
        /// Its bytes, as its owner has them.
        public var bytes: Int
        /// The source of its owner.
        public var source: String
        /// The shard in which its owner lies.
        public var shard: String
        /// The owner's record there, counted from 0.
        public var record: Int

        /// Creates an entry.
        public init(
            fingerprint: Fingerprint, occurrences: Int, tokens: Int, bytes: Int, source: String, shard: String,
            record: Int
        ) {
            self.fingerprint = fingerprint
            self.occurrences = occurrences
            self.tokens = tokens
            self.bytes = bytes
            self.source = source
            self.shard = shard
            self.record = record
        }

        /// Tokens of all copies but one.
        public var repeatedTokens: Int { (occurrences - 1) * tokens }
    }
}
