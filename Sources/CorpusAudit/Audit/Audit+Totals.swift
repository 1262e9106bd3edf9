package import OrderedJSON

extension Audit {
    /// Sums over a corpus.
    public struct Totals: Sendable, Equatable {
        /// Input files read.
        public var shards = 0
        /// Records with a text.
        public var documents = 0
        /// Units, as chosen by the audit's level.
        public var units = 0
        /// Distinct units; empty ones are left out.
        public var uniqueUnits = 0
        /// Units without a byte.
        public var emptyUnits = 0
        /// Bytes of text.
        public var bytes = 0
        /// Bytes of distinct text.
        public var uniqueBytes = 0
        /// Tokens.
        public var tokens = 0
        /// Tokens of distinct units.
        public var uniqueTokens = 0
        /// Distinct units' tokens times their owner's quality weight.
        public var weightedUniqueTokens = 0.0

        var further = FurtherTokens<Totals>()

        /// Creates empty totals.
        public init() {}

        /// Tokens that occurred before.
        public var repeatedTokens: Int { tokens - uniqueTokens }

        /// Passes over the distinct text that one pass over the files makes; 1 for a corpus without text.
        ///
        /// A lower bound, since only exact copies are known.
        public var hiddenEpochs: Double { uniqueTokens == 0 ? 1 : Double(tokens) / Double(uniqueTokens) }
    }
}

extension Audit.Totals: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Tokens.", .notNegative),
        .init("unique_tokens", \.uniqueTokens, "Tokens of distinct units.", .notNegative),
        .init(written: "repeated_tokens", \.repeatedTokens, "tokens - unique_tokens.", .notNegative),
        .init(written: "hidden_epochs", \.hiddenEpochs, "tokens / unique_tokens."),
        .init(
            "weighted_unique_tokens", \.weightedUniqueTokens,
            "Distinct units' tokens times their owner's quality weight."),
    ]
    package static let fields: [JSONField<Self>] =
        [
            .init("shards", \.shards, "Input files read.", .notNegative),
            .init("documents", \.documents, "Records with a text.", .notNegative),
            .init("units", \.units, "Units: what is fingerprinted.", .notNegative),
            .init("unique_units", \.uniqueUnits, "Distinct units that are not empty.", .notNegative),
            .init("empty_units", \.emptyUnits, "Units without a byte.", .notNegative),
            .init("bytes", \.bytes, "Bytes of text.", .notNegative),
            .init("unique_bytes", \.uniqueBytes, "Bytes of distinct text.", .notNegative),
        ] + tokenFields + [furtherTokens]

    package func check(at place: JSONPlace) throws(JSONPathError) { try checkUniqueTokens(uniqueTokens, tokens, place) }
}
