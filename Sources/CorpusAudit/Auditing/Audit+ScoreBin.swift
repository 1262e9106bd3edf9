extension Audit {
    /// Units of a source whose documents' scores lie in a range: the scores as they were read, before any quality map.
    ///
    /// Ranges are those of the first two significant decimal digits, rounded down: from 0.23 up to 0.24, from 1.5 up to 1.6.
    /// A cut of scores at two significant digits falls between two bins, so what it keeps is exact.
    public struct ScoreBin: Sendable, Equatable {
        /// The lowest score of the bin, or `nil` where it has no lower end.
        public var from: Double?
        /// The score before which the bin ends, or `nil` where it has no upper end.
        public var to: Double?
        /// Units, repeats included.
        public var units: Int
        /// Their tokens.
        public var tokens: Int
        /// Tokens of the units distinct in the source, each at the score of the copy with the highest weight there.
        public var uniqueTokens: Int

        /// Creates a bin.
        public init(from: Double?, to: Double?, units: Int, tokens: Int, uniqueTokens: Int) {
            self.from = from
            self.to = to
            self.units = units
            self.tokens = tokens
            self.uniqueTokens = uniqueTokens
        }
    }
}
