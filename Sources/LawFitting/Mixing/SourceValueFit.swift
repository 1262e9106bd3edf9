import ScalingLaws

/// The value of a token of each source, and the rate at which repeats lose value, fitted to pilots that vary both.
///
/// L = E + C/N^β + B·N^δ/D_eff^α with D_eff = Σ τ·U·ρ(r), ρ(r) = r up to one pass and 1 + r₁·(1 − exp(−(r − 1)/r₁))
/// beyond, with one r₁ for all sources. A mixture may use the values τ as calibrated qualities.
///
/// Source: the form of Sedova and others 2026, arXiv:2605.12715, over several sources. Only ratios of τ are known: they
/// are scaled to a mean of 1.
public struct SourceValueFit: Sendable, Hashable {
    /// The sources.
    public var sources: [String]

    /// τ of each source, with a mean of 1.
    public var values: [Double]

    /// r₁, the repeats after which more are worth a factor e less.
    public var decay: Double

    /// E, the loss that no amount of data or parameters can go below.
    public var floor: Double

    /// α, the exponent of effective tokens.
    public var exponent: Double

    /// The target whose loss was fitted.
    public var target: String

    /// The root mean square of the residuals in ln L.
    public var error: Double

    /// How well the fit ranks runs it has not seen; `nil` if they are too few to hold some out.
    public var crossValidation: RankingQuality?

    /// The residual at which the robust loss changes from squares to absolute values, in ln L.
    ///
    /// Source: Hoffmann et al. 2022, arXiv:2203.15556, section 3.3.
    public static let huberDelta = 1e-3

    /// Fits values to one target's losses.
    ///
    /// - Parameters:
    ///   - pilots: The runs; each must name its tokens and the unique tokens of every source.
    ///   - target: The target's index among the pilots' targets.
    ///   - folds: The number of parts for cross-validation; 0 for none.
    /// - Throws: A ``FittingError`` for too few runs, missing columns, or values that these runs cannot determine.
    /// - Complexity: O(*n*·*k*) for *n* runs and *k* sources, some thousand times, and as often again for each fold.
    public init(_ pilots: MixturePilots, target: Int = 0, folds: Int = 5) throws(FittingError) {
        let sizes = Set(pilots.runs.map { $0.parameters ?? 0 })
        let variesSize = sizes.count > 1
        if variesSize, sizes.contains(0) {
            throw .missingColumn(
                quantity: "the parameters (N) of every pilot", tried: ["params"], known: pilots.sources)
        }
        var names = ["E", "B", "alpha", "r1"] + pilots.sources.dropFirst().map { "tau_" + $0 }
        if variesSize { names += ["C", "beta", "delta"] }
        guard pilots.runs.count >= names.count else { throw .tooFewRuns(pilots.runs.count, coefficients: names) }
        var repeats = false
        for run in pilots.runs {
            guard let tokens = run.tokens, let unique = run.uniqueTokens else {
                throw .missingColumn(
                    quantity: "the tokens and unique tokens of every source, which the value of repeats is fitted from",
                    tried: ["tokens", "unique_NAME"], known: pilots.sources.map { "w_" + $0 })
            }
            repeats = repeats || zip(run.weights, unique).contains { $0 * tokens > 1.5 * $1 }
        }
        guard repeats else {
            throw .unknowable(coefficients: ["r1"], reason: "no pilot reads a source more than one and a half times")
        }
        let rows = pilots.runs.map { SourceValueProblem.Row($0, target: target) }
        guard let found = SourceValueProblem(rows, variesSize: variesSize).fitted() else {
            throw .noFit(law: "source values", reason: "no start led to a finite objective")
        }
        sources = pilots.sources
        values = found.values
        decay = found.decay
        floor = found.floor
        exponent = found.exponent
        self.target = pilots.targets[target]
        var squares = 0.0
        for row in rows {
            let residual = Elementary.log(found.loss(row) / row.loss)
            squares += residual * residual
        }
        error = (squares / Double(rows.count)).squareRoot()
        crossValidation = RankingQuality.crossValidated(
            folds: folds, count: rows.count, losses: rows.map(\.loss)
        ) { kept, left in
            guard kept.count >= names.count,
                let part = SourceValueProblem(kept.map { rows[$0] }, variesSize: variesSize).fitted()
            else { return nil }
            return left.map { part.loss(rows[$0]) }
        }
    }
}
