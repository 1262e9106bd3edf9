public import ScalingLaws

/// A mixing law fitted to pilots, with a measure of how well it ranks mixtures it has not seen.
public struct MixingLawFit: Sendable, Hashable {
    /// The sources, in the order of the law's slopes.
    public var sources: [String]

    /// The target whose loss the law gives.
    public var target: String

    /// The law.
    public var law: MixingLaw

    /// How many runs it was fitted to.
    public var runs: Int

    /// The root mean square of the residuals, in the unit of the loss.
    public var error: Double

    /// The largest weight of each source among the runs: beyond it the law extrapolates.
    public var largestWeights: [Double]

    /// How well the law ranks runs that it was not fitted to; `nil` if not requested, or if the runs are too few to
    /// hold some out.
    public var crossValidation: RankingQuality?

    /// How well a straight line, fitted and judged in the same way, ranks the same runs; `nil` if ``crossValidation``
    /// is.
    ///
    /// If the line ranks as well, the exponential is not worth its extra coefficients. The best mixture of a line is a
    /// corner of the region that the caps allow.
    public var straightLine: RankingQuality?

    /// The residual at which the robust loss changes from squares to absolute values, in nats.
    ///
    /// Source: Olmix, arXiv:2602.12237, the fit of its code.
    public static let huberDelta = 0.02

    /// Fits a law to one target's losses: robust regression of c + exp(t · w) from many floors c.
    ///
    /// - Parameters:
    ///   - pilots: The runs.
    ///   - target: The target's index among the pilots' targets.
    ///   - folds: The number of parts for cross-validation; 0 for none.
    /// - Throws: ``FittingError/tooFewRuns(_:coefficients:)`` for fewer runs than coefficients, and
    ///   ``FittingError/noFit(law:reason:)`` if no start finds a finite value.
    /// - Complexity: O(*n*·*k*²) for *n* runs and *k* sources, some hundred times, and as often again for each fold.
    public init(_ pilots: MixturePilots, target: Int = 0, folds: Int = 5) throws(FittingError) {
        let weights = pilots.runs.map(\.weights)
        let losses = pilots.runs.map { $0.losses[target] }
        let names = ["c"] + pilots.sources.map { "t_" + $0 }
        guard pilots.runs.count >= names.count else { throw .tooFewRuns(pilots.runs.count, coefficients: names) }
        guard let law = MixingRegression(weights, losses).fitted() else {
            throw .noFit(
                law: "mixing law",
                reason: "no start led to a finite objective; check the losses of '\(pilots.targets[target])'")
        }
        sources = pilots.sources
        self.target = pilots.targets[target]
        self.law = law
        runs = pilots.runs.count
        var squares = 0.0
        for (row, loss) in zip(weights, losses) {
            let residual = law.loss(row) - loss
            squares += residual * residual
        }
        error = (squares / Double(losses.count)).squareRoot()
        largestWeights = pilots.sources.indices.map { source in weights.reduce(0) { Swift.max($0, $1[source]) } }
        crossValidation = RankingQuality.crossValidated(folds: folds, count: losses.count, losses: losses) {
            kept, left in
            let part = MixingRegression(kept.map { weights[$0] }, kept.map { losses[$0] })
            guard kept.count >= names.count, let law = part.fitted() else { return nil }
            return left.map { law.loss(weights[$0]) }
        }
        straightLine = RankingQuality.crossValidated(folds: folds, count: losses.count, losses: losses) { kept, left in
            LinearMixingFit.fitted(kept.map { weights[$0] }, kept.map { losses[$0] }).map { slopes in
                left.map { LinearMixingFit.loss(weights[$0], slopes) }
            }
        }
    }
}
