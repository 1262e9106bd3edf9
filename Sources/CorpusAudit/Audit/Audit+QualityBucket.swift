package import OrderedJSON

extension Audit {
    /// Units of a source whose quality weight is in a range.
    public struct QualityBucket: Sendable, Equatable {
        /// The lowest weight of the bucket.
        public var from = 0.0
        /// The weight below which the bucket ends; equal to `from` for the bucket of weight 0.
        public var to = 0.0
        /// Units, repeats included.
        public var units = 0
        /// Their tokens.
        public var tokens = 0
        /// Tokens of the units distinct in the source, each at the highest quality of its copies there.
        public var uniqueTokens = 0

        var further = FurtherTokens<QualityBucket>()
    }
}

extension Audit.QualityBucket: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Their tokens.", .notNegative),
        .init(
            "unique_tokens", \.uniqueTokens,
            "Tokens of units distinct in the source, each at the best quality of its copies there.", .notNegative),
    ]
    package static let fields: [JSONField<Self>] =
        [
            .init("from", \.from, "The lowest quality weight of the bucket."),
            .init("to", \.to, "The quality weight below which it ends."),
            .init("units", \.units, "Units, repeats included.", .notNegative),
        ] + tokenFields + [furtherTokens]
}
