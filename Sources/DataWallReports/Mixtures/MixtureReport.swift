public import DataMixing

/// A mixture for a terminal, as a file, and as loaders read it.
public struct MixtureReport: Sendable {
    /// The mixture, with the methods next to it.
    public let comparison: MixtureComparison

    /// The supply that is mixed.
    public let supply: DataSupply

    /// Sources of the file that own no unique tokens, and so have no weight.
    public let emptySources: [String]

    /// The digest of the audit that the supply was read from, if it was one.
    public let auditDigest: String?

    /// Whether the audit that the supply was read from is complete; `nil` if it was not an audit.
    public let isComplete: Bool?

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// Weights for the files as they are, where copies stay in them.
    public let rawWeights: RawShardWeights?

    /// Further remarks, such as assumptions.
    public let notes: [String]

    /// The evidence of pilots and how far to trust it, to be read before any advice; `nil` without pilots.
    public let pilots: PilotEvidence?

    /// The command line that makes the report again, or `nil` if no command made it.
    public let madeBy: String?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - comparison: The mixture, with the other methods.
    ///   - supply: The supply to mix.
    ///   - emptySources: Sources of the file that own no unique tokens.
    ///   - auditDigest: The digest of the audit that the supply was read from.
    ///   - isComplete: Whether that audit is complete.
    ///   - isEstimated: Whether the supply's tokens are estimates.
    ///   - rawWeights: Weights for the files as they are, if copies stay in them.
    ///   - notes: Further remarks, such as assumptions.
    ///   - pilots: The evidence of pilots.
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

    /// The weight of a nat of divergence in nats of loss; `nil` without a law that falls with data.
    ///
    /// It is the loss of the pilots if a mixing law is followed, else that of the question's law.
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
