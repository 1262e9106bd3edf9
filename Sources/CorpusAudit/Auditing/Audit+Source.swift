extension Audit {
    /// What one source holds.
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
        /// Tokens of units whose owner lies here: they add up to the corpus's unique tokens.
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
        /// Copies of the unit that occurs most often in this source; `nil` where it is not known.
        public var largestCopies: Int?
        /// Units by quality weight.
        public var qualityHistogram: [QualityBucket] = []
        /// Units by the scores that their documents have, as they were read; empty where none has one.
        public var scores: [ScoreBin] = []

        /// Creates a source that holds nothing yet.
        public init(name: String) { self.name = name }

        /// Tokens that occurred in this source before.
        public var repeatedTokens: Int { tokens - uniqueTokens }

        /// Passes over this source's distinct text that one pass over its files makes.
        public var hiddenEpochs: Double { uniqueTokens == 0 ? 1 : Double(tokens) / Double(uniqueTokens) }
    }
}
