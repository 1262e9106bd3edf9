package import OrderedJSON

extension Audit {
    /// The counts of one source.
    ///
    /// Unique means distinct in this source.
    public struct Source: Sendable, Equatable {
        /// The source's name.
        public var name: String
        /// Input files that hold some of it.
        public var shards = 0
        /// Records with a text.
        public var documents = 0
        /// Units.
        public var units = 0
        /// Units distinct in this source.
        public var uniqueUnits = 0
        /// Bytes of text.
        public var bytes = 0
        /// Bytes of text distinct in this source.
        public var uniqueBytes = 0
        /// Tokens.
        public var tokens = 0
        /// Tokens of units distinct in this source.
        public var uniqueTokens = 0
        /// Tokens of units found in no other source.
        public var exclusiveTokens = 0
        /// Tokens of units whose owner is here: they add up to the corpus's unique tokens.
        public var ownedUniqueTokens = 0
        /// The token-weighted mean quality of the units distinct in this source.
        public var quality = 1.0
        /// Those units' tokens times their quality.
        public var weightedUniqueTokens = 0.0
        /// The most epochs a plan may take, if the manifest caps them.
        public var maximumEpochs: Double?
        /// The least share of a mixture, if the manifest names one.
        public var floor: Double?
        /// Units distinct in this source by how often they occur in it.
        public var copies: [Copies] = []
        /// Copies of the unit that occurs most often in this source; `nil` if unknown.
        public var largestCopies: Int?
        /// Units by quality weight.
        public var qualityHistogram: [QualityBucket] = []
        /// Units by their documents' original scores; empty if none has a score.
        public var scores: [ScoreBin] = []

        var further = FurtherTokens<Source>()

        /// Creates a source that holds nothing yet.
        public init(name: String) { self.name = name }

        /// Tokens that occurred in this source before.
        public var repeatedTokens: Int { tokens - uniqueTokens }

        /// Passes over this source's distinct text that one pass over its files makes.
        public var hiddenEpochs: Double { uniqueTokens == 0 ? 1 : Double(tokens) / Double(uniqueTokens) }
    }
}

extension Audit.Source: TokenRow {
    package static let blank = Self(name: "")
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Tokens.", .notNegative),
        .init("unique_tokens", \.uniqueTokens, "Tokens of units distinct in this source.", .notNegative),
        .init(written: "repeated_tokens", \.repeatedTokens, "tokens - unique_tokens.", .notNegative),
        .init("exclusive_tokens", \.exclusiveTokens, "Tokens of units found in no other source.", .notNegative),
        .init(
            "owned_unique_tokens", \.ownedUniqueTokens,
            "Tokens of units whose owner is in this source; they add up to totals.unique_tokens.", .notNegative),
        .init(written: "hidden_epochs", \.hiddenEpochs, "tokens / unique_tokens."),
        .init("quality", \.quality, "The token-weighted mean quality weight of the units distinct here."),
        .init("weighted_unique_tokens", \.weightedUniqueTokens, "Those units' tokens times their quality weight."),
    ]
    package static let fields: [JSONField<Self>] =
        [
            .init("name", \.name, "The source."),
            .init("shards", \.shards, "Input files that contain some of it.", .notNegative),
            .init("documents", \.documents, "Records with a text.", .notNegative),
            .init("units", \.units, "Units.", .notNegative),
            .init("unique_units", \.uniqueUnits, "Units distinct in this source.", .notNegative),
            .init("bytes", \.bytes, "Bytes of text.", .notNegative),
            .init("unique_bytes", \.uniqueBytes, "Bytes distinct in this source.", .notNegative),
        ] + tokenFields + [
            furtherTokens,
            .init("max_epochs", \.maximumEpochs, "The manifest's cap on epochs; null without one."),
            .init("floor", \.floor, "The manifest's least share of a mixture; null without one."),
            .init("copies", \.copies, "Units distinct in this source by how often they occur in it."),
            .init(
                "largest_copies", \.largestCopies,
                "Copies of the unit that occurs most often in this source; null where it is not known.", .notNegative),
            .init("quality_histogram", \.qualityHistogram, "Units by quality weight."),
            .init(
                "scores", \.scores,
                "Units by their documents' scores as they were read; empty without a quality key."),
        ]

    package func check(at place: JSONPlace) throws(JSONPathError) { try checkUniqueTokens(uniqueTokens, tokens, place) }
}
