public import ScalingLaws

/// Finds the shares of training tokens of each source that give the most effective tokens.
///
/// Maximises Σ q·U·ρ(w·D/U) over weights w that add up to 1 and keep every source's cap on passes and floor on its
/// share, or that sum against a pull to natural shares. U is a source's unique tokens, q its quality, ρ its repetition
/// curve, D the training tokens. The sum is concave and separates by source, so the optimum is found exactly, and every
/// solution carries the duality gap that proves it.
///
/// ```swift
/// let problem = try MixtureProblem(sources: sources, tokens: 1.2e12, curve: MuennighoffCurve().compiled())
/// let solution = try problem.solved()
/// print(solution.weights, solution.epochs, solution.effectiveTokens, solution.gap)
/// ```
public struct MixtureProblem: Sendable {
    /// The sources, each with unique tokens; `nil` for the most epochs means no cap.
    public let sources: [SourceSupply]

    /// D, the training tokens.
    public let tokens: Double

    /// The worth of repeats: one curve for all sources, or one for each, adapted to the copies that stay in its files.
    public let curves: [CompiledCurve]

    /// For each source, the largest mean reads of its texts at which no text is read more than once.
    let onsets: [Double]

    /// Whether all sources have one curve.
    let sharesCurve: Bool

    /// N, for curves that depend on it.
    public let parameters: Double?

    /// The pull to natural shares.
    public let pull: NaturalPull

    /// The shares that the pull draws towards (default: those of the unique tokens).
    public let naturalShares: [Double]

    let lower: [Double]
    let upper: [Double]

    /// Creates a problem whose sources share a curve.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - tokens: D, the training tokens.
    ///   - curve: The worth of repeats.
    ///   - parameters: N, for a curve that depends on it.
    ///   - pull: The pull to natural shares.
    /// - Throws: As ``init(sources:tokens:curves:parameters:pull:naturalShares:)``.
    public init(
        sources: [SourceSupply], tokens: Double, curve: CompiledCurve, parameters: Double? = nil,
        pull: NaturalPull = .none
    ) throws(MixtureError) {
        try self.init(sources: sources, tokens: tokens, curves: [curve], parameters: parameters, pull: pull)
    }

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - tokens: D, the training tokens.
    ///   - curves: One curve for all sources, or one for each; it is adapted to the copies of a source that has any.
    ///   - parameters: N, for curves that depend on it.
    ///   - pull: The pull to natural shares.
    ///   - naturalShares: The shares that the pull draws towards; `nil` for the shares of the unique tokens.
    /// - Throws: A ``MixtureError``: ``MixtureError/infeasible(_:nearest:)`` with the most tokens that the caps allow,
    ///   if D is above it; or an error that names the source or quantity that cannot be used.
    public init(
        sources: [SourceSupply], tokens: Double, curves: [CompiledCurve], parameters: Double? = nil,
        pull: NaturalPull = .none, naturalShares: [Double]? = nil
    ) throws(MixtureError) {
        try MixtureError.check(tokens, "the number of training tokens (D)")
        if let parameters { try MixtureError.check(parameters, "the number of parameters (N)") }
        guard !sources.isEmpty else { throw .contradiction("a mixture needs at least one source") }
        guard curves.count == 1 || curves.count == sources.count else {
            throw .contradiction("\(curves.count) curves for \(sources.count) sources: give one, or one for each")
        }
        for curve in curves where parameters == nil {
            let symbols = curve.compiledFormula.formula.symbols
            guard symbols.isDisjoint(with: [.parameters, .compute]) else {
                throw .contradiction(
                    "what repeats are worth on the curve '\(curve.identifier)' depends on the model's size: give the "
                        + "number of parameters")
            }
        }
        try pull.check()
        try SourceSupply.check(sources, of: "mixture")
        let limits = try MixtureLimits(sources, tokens: tokens)
        guard sources.contains(where: { $0.quality > 0 }) else {
            throw .contradiction(
                "every source has quality 0, so no mixture is worth anything: give one a quality above 0")
        }
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        let shares = naturalShares ?? sources.map { $0.uniqueTokens / total }
        guard shares.count == sources.count, shares.allSatisfy({ $0 > 0 && $0 < .infinity }) else {
            throw .contradiction("natural shares must be positive, one for each source")
        }
        let sum = shares.reduce(0, +)
        self.sources = sources
        self.tokens = tokens
        self.curves = try CurveOverCopies.curves(curves, over: sources)
        onsets = sources.map(\.onset)
        sharesCurve = self.curves.count == 1
        self.parameters = parameters
        self.pull = pull
        self.naturalShares = shares.map { $0 / sum }
        lower = limits.lower
        upper = limits.upper
    }

    /// The same problem over some of the sources.
    init(_ other: MixtureProblem, at places: [Int]) {
        func some<Value>(_ values: [Value]) -> [Value] { places.map { values[$0] } }
        let shares = some(other.naturalShares)
        let sum = shares.reduce(0, +)
        sources = some(other.sources)
        tokens = other.tokens
        curves = other.sharesCurve ? other.curves : some(other.curves)
        onsets = some(other.onsets)
        sharesCurve = other.sharesCurve
        parameters = other.parameters
        pull = other.pull
        naturalShares = shares.map { $0 / sum }
        lower = some(other.lower)
        upper = some(other.upper)
    }
}

/// The best weights for a problem, with a certificate of their optimality.
public struct MixtureSolution: Sendable, Hashable {
    /// The share of the training tokens that each source has, in the order of the problem's sources; they add up to 1.
    public var weights: [Double]

    /// Passes over each source.
    public var epochs: [Double]

    /// D_eff = Σ q·U·ρ(epochs), with the qualities of the problem.
    public var effectiveTokens: Double

    /// KL(w ‖ natural) in nats.
    public var divergence: Double

    /// How far the objective is from its optimum at most, in ln D_eff: a bound from the dual problem, not an estimate.
    public var gap: Double

    /// The water level: the worth of one more training token in effective tokens, at the optimum.
    public var waterLevel: Double

    /// For each source, the rise of D_eff from one more unique token in it, with its cap growing in proportion.
    public var uniqueTokenPrices: [Double]

    /// For each source, the rise of D_eff from one more pass allowed by its cap; 0 if the cap does not bind.
    public var capPrices: [Double]
}
