public import DataMixing

/// A mixture for a terminal, as a file, and as loaders read it.
public struct MixtureReport: Sendable {
    /// The mixture, with the methods next to it.
    public let comparison: MixtureComparison

    /// The supply that is mixed.
    public let supply: DataSupply

    /// Sources of the file that have no unique tokens of their own, and so no weight.
    public let emptySources: [String]

    /// The digest of the audit that the supply was read from, where it was one.
    public let auditDigest: String?

    /// Whether the audit that the supply was read from is complete; `nil` where it was no audit.
    public let isComplete: Bool?

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// Weights for the files as they are, where copies stay in them.
    public let rawWeights: RawShardWeights?

    /// Further remarks, such as what was assumed.
    public let notes: [String]

    /// What pilots said and how far that can be trusted, to be read before any advice; `nil` without pilots.
    public let pilots: PilotEvidence?

    /// The command line that makes the report again, or `nil` where no command made it.
    public let madeBy: String?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - comparison: The mixture, with the methods next to it.
    ///   - supply: The supply that is mixed.
    ///   - emptySources: Sources of the file that have no unique tokens of their own.
    ///   - auditDigest: The digest of the audit that the supply was read from.
    ///   - isComplete: Whether that audit is complete.
    ///   - isEstimated: Whether the supply's tokens are estimates.
    ///   - rawWeights: Weights for the files as they are, where copies stay in them.
    ///   - notes: Further remarks, such as what was assumed.
    ///   - pilots: What pilots said.
    ///   - madeBy: The command line that makes the report again.
    public init(
        _ comparison: MixtureComparison, supply: DataSupply, emptySources: [String] = [], auditDigest: String? = nil,
        isComplete: Bool? = nil, isEstimated: Bool = false, rawWeights: RawShardWeights? = nil, notes: [String] = [],
        pilots: PilotEvidence? = nil, madeBy: String? = nil
    ) {
        self.comparison = comparison
        self.supply = supply
        self.emptySources = emptySources
        self.auditDigest = auditDigest
        self.isComplete = isComplete
        self.isEstimated = isEstimated
        self.rawWeights = rawWeights
        self.notes = notes
        self.pilots = pilots
        self.madeBy = madeBy
    }

    /// `est.` where tokens are estimates.
    var mark: String { isEstimated ? " est." : "" }

    /// Whether nothing distinguishes the sources: equal qualities, and no pilots.
    var hasEqualSources: Bool {
        pilots == nil && supply.sources.count > 1 && comparison.question.hasEqualQualities
    }

    /// Effective tokens by the qualities as they were given.
    var effectiveTokensAsGiven: Double { comparison.chosen.effectiveTokens * comparison.question.meanQuality }

    /// What a nat of divergence weighs in nats of loss, that of the pilots where a mixing law is followed, else that of the
    /// question's law; `nil` without a law that falls with data.
    var pullInNats: Double? {
        let strength = comparison.question.pull.strength
        if let method = pilots?.advice?.method, method.identifier == comparison.chosen.method {
            return method.pull(for: comparison.question)
        }
        guard let forecast = comparison.question.forecast,
            let slope = try? forecast.slope(effectiveTokens: comparison.chosen.freshTokens), slope < 0
        else { return nil }
        return strength * -slope
    }
}
