package import OrderedJSON

extension Audit {
    /// Units of a source whose documents' scores are in a range, before any quality map.
    ///
    /// Ranges are those of the first two significant decimal digits, rounded down: 0.23 to 0.24, or 1.5 to 1.6. A cut
    /// of scores at two significant digits falls between two bins, so the counts above and below it are exact.
    public struct ScoreBin: Sendable, Equatable {
        /// The lowest score of the bin, or `nil` without a lower end.
        public var from: Double?
        /// The score at which the bin ends, itself excluded, or `nil` without an upper end.
        public var to: Double?
        /// Units, repeats included.
        public var units = 0
        /// Their tokens.
        public var tokens = 0
        /// Tokens of the units distinct in the source, each at the score of the copy with the highest weight there.
        public var uniqueTokens = 0

        var further = FurtherTokens<ScoreBin>()
    }
}

extension Audit.ScoreBin: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Their tokens.", .notNegative),
        .init(
            "unique_tokens", \.uniqueTokens,
            "Tokens of units distinct in the source, each at the score of its copy with the highest weight there.",
            .notNegative),
    ]
    package static let fields: [JSONField<Self>] =
        [
            .init("from", \.from, "The lowest score of the bin; null where it has no lower end."),
            .init("to", \.to, "The score before which it ends; null where it has no upper end."),
            .init("units", \.units, "Units, repeats included.", .notNegative),
        ] + tokenFields + [furtherTokens]
}
