import ScalingLaws

/// Small runs that show the worth of mixtures before a large run: subsamples and mixtures to train on.
///
/// A proxy with a share s of the training tokens repeats sources less often than the target run does, unless every
/// source is cut to the same share of its documents. Then a mixture has the same epochs of every source in both. Pilots
/// with unmatched repetition were found to be off by .75 in weight, matched ones by .05 at s = 1/16.
///
/// Source: Repetition Mismatch 2026, arXiv:2606.07597, abstract.
public struct PilotPlan: Sendable, Hashable {
    /// One run.
    public struct Run: Sendable, Hashable {
        /// Its number, from 1.
        public var number: Int

        /// The weight of each source, in the order of the sources.
        public var weights: [Double]

        /// Passes over each subsample, the same as the target run's over the whole source.
        public var epochs: [Double]
    }

    /// The sources.
    public var sources: [SourceSupply]

    /// D of the target run.
    public var tokens: Double

    /// s, the share of D and of every source that a pilot has.
    public var horizon: Double

    /// The unique tokens of each source's subsample, s·U.
    public var subsamples: [Double]

    /// The training tokens of a pilot, s·D.
    public var pilotTokens: Double

    /// The runs.
    public var runs: [Run]

    /// The fewest runs that a mixing law of K sources should be fitted to: three for each coefficient.
    ///
    /// Source: Olmix, arXiv:2602.12237, at least 3(K + 1).
    public static func fewestRuns(sources: Int) -> Int { 3 * (sources + 1) }

    /// More runs than anybody trains are a slip of the hand.
    private static let mostRuns = 100_000

    /// The most passes over a source in a design, so that repetition varies beyond the useful range.
    private static let mostEpochs = 24.0

    /// Designs pilots.
    ///
    /// The first run has natural shares. The next runs give one source at a time twice and half its share. The rest are
    /// spread around natural shares, from near to far. The same question gives the same runs.
    ///
    /// - Parameters:
    ///   - supply: The sources, whose caps and floors every pilot keeps.
    ///   - tokens: D of the target run.
    ///   - horizon: s, more than 0 and at most 1.
    ///   - count: The number of runs, at least one more than sources; `nil` for ``fewestRuns(sources:)``.
    ///   - seed: The seed of the spread.
    /// - Throws: A ``MixtureError`` for an impossible horizon or number of runs, or for caps and floors that no weights
    ///   can keep.
    public init(
        for supply: DataSupply, tokens: Double, horizon: Double, runs count: Int? = nil, seed: UInt64 = 1
    ) throws(MixtureError) {
        try MixtureError.check(tokens, "the number of training tokens (D)")
        guard !supply.sources.isEmpty else {
            throw .contradiction(
                "the supply's sources are not known, so there is nothing to mix: give an audit with sources, or a table"
            )
        }
        guard horizon > 0, horizon <= 1 else {
            throw .unusableQuantity("the horizon of pilots", value: horizon, expected: "more than 0 and at most 1")
        }
        let sources = supply.sources
        let natural = sources.map { $0.uniqueTokens / supply.uniqueTokens }
        let count = count ?? Self.fewestRuns(sources: sources.count)
        // One coefficient for each source, and the floor.
        let fewest = sources.count + 1
        guard count >= fewest else {
            throw .unusableQuantity(
                "the number of pilots", value: Double(count),
                expected: "\(fewest) or more, the coefficients of a mixing law of \(sources.count) sources,")
        }
        guard count <= Self.mostRuns else {
            throw .unusableQuantity(
                "the number of pilots", value: Double(count), expected: "\(Self.mostRuns) at most")
        }
        let limits = try MixtureLimits(sources, tokens: tokens)
        let lower = limits.lower
        // More passes than are useful are only used if a floor or the number of tokens requires it.
        var upper = zip(sources, limits.upper).map { source, limit in
            Swift.max(source.floor, Swift.min(limit, Self.mostEpochs * source.uniqueTokens / tokens))
        }
        if upper.reduce(0, +) < 1 { upper = limits.upper }
        var random = SeededGenerator(seed: seed)
        var designs = [natural]
        for (index, share) in natural.enumerated() where sources.count > 1 {
            for factor in [2.0, 0.5] {
                var weights = natural
                let moved = Swift.min(factor * share, 0.5 + share / 2)
                for other in weights.indices where other != index { weights[other] *= (1 - moved) / (1 - share) }
                weights[index] = moved
                designs.append(weights)
            }
        }
        while designs.count < count {
            // Spread in logarithms, by 0.5, 1 and 2 in turn around the square roots of shares.
            let spread = [0.5, 1, 2][designs.count % 3]
            designs.append(
                natural.map { share in
                    var normal = -6.0
                    for _ in 0..<12 { normal += random.unit() }
                    return share.squareRoot() * Elementary.exp(spread * normal)
                })
        }
        self.sources = sources
        self.tokens = tokens
        self.horizon = horizon
        subsamples = sources.map { horizon * $0.uniqueTokens }
        pilotTokens = horizon * tokens
        self.runs = designs.prefix(count).enumerated().map { number, shares in
            let weights = ShareProjection.project(shares, lower: lower, upper: upper)
            return Run(
                number: number + 1, weights: weights,
                epochs: zip(weights, sources).map { $0 * tokens / $1.uniqueTokens })
        }
    }
}
