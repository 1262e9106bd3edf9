extension Audit {
    /// Distinct units that occur a number of times.
    public struct Copies: Sendable, Equatable {
        /// The fewest occurrences: 1, 2, 3, 5, 9 and so on.
        public var from: Int
        /// The most: 1, 2, 4, 8, 16 and so on.
        public var to: Int
        /// Distinct units.
        public var units: Int
        /// Their tokens, each unit once.
        public var tokens: Int
        /// Their occurrences.
        public var occurrences: Int
        /// Tokens of all occurrences.
        public var occurrenceTokens: Int

        /// Creates a bucket.
        public init(from: Int, to: Int, units: Int, tokens: Int, occurrences: Int, occurrenceTokens: Int) {
            self.from = from
            self.to = to
            self.units = units
            self.tokens = tokens
            self.occurrences = occurrences
            self.occurrenceTokens = occurrenceTokens
        }
    }
}
