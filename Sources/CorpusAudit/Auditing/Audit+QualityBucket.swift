extension Audit {
    /// Units of a source whose quality weight lies in a range.
    public struct QualityBucket: Sendable, Equatable {
        /// The lowest weight of the bucket.
        public var from: Double
        /// The weight below which the bucket ends; equal to `from` for the bucket of weight 0.
        public var to: Double
        /// Units, repeats included.
        public var units: Int
        /// Their tokens.
        public var tokens: Int
        /// Tokens of the units distinct in the source, each at the highest quality of its copies there.
        public var uniqueTokens: Int

        /// Creates a bucket.
        public init(from: Double, to: Double, units: Int, tokens: Int, uniqueTokens: Int) {
            self.from = from
            self.to = to
            self.units = units
            self.tokens = tokens
            self.uniqueTokens = uniqueTokens
        }
    }
}
