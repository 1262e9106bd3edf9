package import OrderedJSON

extension Audit {
    /// The sample from which the tokens of an audit were estimated.
    ///
    /// Distinct texts are drawn by their fingerprints, so that every machine draws the same ones.
    public struct Sample: Sendable, Equatable {
        /// Sources whose tokens are estimated by one ratio.
        public struct Stratum: Sendable, Equatable {
            /// The sources' names.
            public var sources: [String] = []
            /// Distinct units that were counted.
            public var units = 0
            /// Their bytes.
            public var bytes = 0
            /// Their tokens.
            public var tokens = 0
            /// Bytes of text per token, or `nil` where the sample holds no token.
            public var bytesPerToken: Double?
            /// The 95 % confidence interval of the true ratio, or `nil` below 30 units.
            public var bytesPerTokenInterval: ClosedRange<Double>?
        }

        /// The share of distinct texts that were to be counted.
        public var share = 0.0
        /// The sources' ratios: one for each source with 30 sampled units, and one for all others.
        ///
        /// If the others together have fewer than 30, their ratio is that of the whole sample.
        public var strata: [Stratum] = []
    }
}

extension Audit.Sample: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("share", \.share, "The share of distinct texts whose tokens were to be counted.", .share),
        .init("strata", \.strata, "Sources whose tokens are estimated by one ratio."),
    ]
}

extension Audit.Sample.Stratum: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("sources", \.sources, "The sources' names."),
        .init("units", \.units, "Distinct units that were counted.", .notNegative),
        .init("bytes", \.bytes, "Their bytes.", .notNegative),
        .init("tokens", \.tokens, "Their tokens.", .notNegative),
        .init("bytes_per_token", \.bytesPerToken, "bytes / tokens; null without tokens."),
        .init(
            "bytes_per_token_interval", \.bytesPerTokenInterval,
            "The 95 % confidence interval of the ratio; null below 30 units."),
    ]
}
