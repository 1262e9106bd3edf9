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

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// Weights for the files as they lie, where copies stay in them.
    public let rawWeights: RawShardWeights?

    /// Further remarks, such as what was assumed.
    public let notes: [String]

    /// What pilots said and how far that can be trusted, to be read before any advice; `nil` without pilots.
    public let pilots: PilotEvidence?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - comparison: The mixture, with the methods beside it.
    ///   - supply: The supply that is mixed.
    ///   - emptySources: Sources of the file that have no unique tokens of their own.
    ///   - auditDigest: The digest of the audit that the supply was read from.
    ///   - isEstimated: Whether the supply's tokens are estimates.
    ///   - rawWeights: Weights for the files as they lie, where copies stay in them.
    ///   - notes: Further remarks, such as what was assumed.
    ///   - pilots: What pilots said.
    public init(
        _ comparison: MixtureComparison, supply: DataSupply, emptySources: [String] = [], auditDigest: String? = nil,
        isEstimated: Bool = false, rawWeights: RawShardWeights? = nil, notes: [String] = [],
        pilots: PilotEvidence? = nil
    ) {
        self.comparison = comparison
        self.supply = supply
        self.emptySources = emptySources
        self.auditDigest = auditDigest
        self.isEstimated = isEstimated
        self.rawWeights = rawWeights
        self.notes = notes
        self.pilots = pilots
    }

    /// `est.` where tokens are estimates.
    var mark: String { isEstimated ? " est." : "" }
}
