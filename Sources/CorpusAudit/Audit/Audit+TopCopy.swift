package import OrderedJSON

extension Audit {
    /// A text that occurs many times.
    public struct TopCopy: Sendable, Equatable {
        /// The text's identity: XXH3-128 of its normalised bytes.
        public var fingerprint = Fingerprint.zero
        /// How often it occurs in the corpus.
        public var occurrences = 0
        /// Its tokens, as its owner has them.
        public var tokens = 0
        /// Its bytes, as its owner has them.
        public var bytes = 0
        /// The source of its owner.
        public var source = ""
        /// The shard in which its owner is.
        public var shard = ""
        /// The owner's record there, counted from 0.
        public var record = 0

        var further = FurtherTokens<TopCopy>()

        /// Tokens of all copies but one.
        public var repeatedTokens: Int { (occurrences - 1) * tokens }
    }
}

extension Audit.TopCopy: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Its tokens, as its owner has them.", .notNegative)
    ]
    package static let fields: [JSONField<Self>] = [
        .init("xxh3_128", \.fingerprint, "XXH3-128 of its normalised bytes."),
        .init("occurrences", \.occurrences, "How often it occurs in the corpus.", .notNegative), tokenFields[0],
        .init("bytes", \.bytes, "Its bytes, as its owner has them.", .notNegative),
        .init("source", \.source, "The source of its owner."),
        .init("shard", \.shard, "The shard that contains its owner."),
        .init("record", \.record, "The owner's record there, counted from 0.", .notNegative), furtherTokens,
    ]
}
