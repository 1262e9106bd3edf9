extension Audit {
    /// What the tokens of an audit were estimated from.
    ///
    /// Distinct texts are drawn by their fingerprints, so that the same are drawn on every machine.
    public struct Sample: Sendable, Equatable {
        /// Sources whose tokens are estimated by one ratio.
        public struct Stratum: Sendable, Equatable {
            /// The sources' names.
            public var sources: [String]
            /// Distinct units that were counted.
            public var units: Int
            /// Their bytes.
            public var bytes: Int
            /// Their tokens.
            public var tokens: Int
            /// Bytes of text per token, or `nil` where the sample holds no token.
            public var bytesPerToken: Double?
            /// Where the true ratio lies with 95 % confidence, or `nil` below 30 units.
            public var bytesPerTokenInterval: ClosedRange<Double>?

            /// Creates a stratum.
            public init(
                sources: [String], units: Int, bytes: Int, tokens: Int, bytesPerToken: Double?,
                bytesPerTokenInterval: ClosedRange<Double>?
            ) {
                self.sources = sources
                self.units = units
                self.bytes = bytes
                self.tokens = tokens
                self.bytesPerToken = bytesPerToken
                self.bytesPerTokenInterval = bytesPerTokenInterval
            }
        }

        /// The share of distinct texts that were to be counted.
        public var share: Double
        /// The sources' ratios: one for each source with 30 sampled units, and one for all others.
        ///
        /// Where even those together have fewer than 30, their ratio is that of the whole sample.
        public var strata: [Stratum]

        /// Creates a description of a sample.
        public init(share: Double, strata: [Stratum]) {
            self.share = share
            self.strata = strata
        }
    }
}
