package import OrderedJSON

extension Audit {
    /// Distinct units that occur a number of times.
    public struct Copies: Sendable, Equatable {
        /// The fewest occurrences: 1, 2, 3, 5, 9 and so on.
        public var from = 0
        /// The most: 1, 2, 4, 8, 16 and so on.
        public var to = 0
        /// Distinct units.
        public var units = 0
        /// Their tokens, each unit once.
        public var tokens = 0
        /// Their occurrences.
        public var occurrences = 0
        /// Tokens of all occurrences.
        public var occurrenceTokens = 0

        var further = FurtherTokens<Copies>()
    }
}

extension Audit.Copies: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Their tokens, each unit once.", .notNegative),
        .init("occurrence_tokens", \.occurrenceTokens, "Tokens of all occurrences.", .notNegative),
    ]
    package static let fields: [JSONField<Self>] = [
        .init("from", \.from, "The fewest occurrences of the bucket.", .notNegative),
        .init("to", \.to, "The most occurrences of the bucket.", .notNegative),
        .init("units", \.units, "Distinct units.", .notNegative), tokenFields[0],
        .init("occurrences", \.occurrences, "All their occurrences.", .notNegative), tokenFields[1], furtherTokens,
    ]
}
