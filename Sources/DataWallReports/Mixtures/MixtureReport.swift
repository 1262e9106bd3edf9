public import TrainingPlanning

/// A mixture for a terminal, as a file, and as loaders read it.
public struct MixtureReport: Sendable {
    /// The mixture, with the methods beside it.
    public let comparison: MixtureComparison

    /// The supply that is mixed.
    public let supply: DataSupply

    /// Sources of the file that have no unique tokens of their own, and so no weight.
    public let emptySources: [String]

    /// The digest of the audit that the supply was read from, where it was one.
    public let auditDigest: String?

    /// Weights for the files as they lie, where copies stay in them.
    public let rawWeights: RawShardWeights?

    /// Further remarks, such as what was assumed.
    public let notes: [String]

    /// What must be read before any advice, such as how well the laws behind it rank runs they have not seen.
    public let preface: [String]

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - comparison: The mixture, with the methods beside it.
    ///   - supply: The supply that is mixed.
    ///   - emptySources: Sources of the file that have no unique tokens of their own.
    ///   - auditDigest: The digest of the audit that the supply was read from.
    ///   - rawWeights: Weights for the files as they lie, where copies stay in them.
    ///   - notes: Further remarks, such as what was assumed.
    ///   - preface: What must be read before any advice.
    public init(
        _ comparison: MixtureComparison, supply: DataSupply, emptySources: [String] = [], auditDigest: String? = nil,
        rawWeights: RawShardWeights? = nil, notes: [String] = [],
        preface: [String] = []
    ) {
        self.comparison = comparison
        self.supply = supply
        self.emptySources = emptySources
        self.auditDigest = auditDigest
        self.rawWeights = rawWeights
        self.notes = notes
        self.preface = preface
    }
}
