public import ScalingLaws

/// The repetition curve inside InfoLaw (2026): repeats saturate as 1 − exp(−λ(N)·r/ln K), and sooner for larger models.
///
/// λ(N) = a·ln N + b, K the run's tokens. The law's information in a source of U tokens read r times is
/// U·ln K·(1 − exp(−λ·max(r, 1)/ln K)), in proportion to r below one pass; divided by its value at one pass, that is
/// ρ(r) = r up to one pass, then (1 − exp(−λr/ln K))/(1 − exp(−λ/ln K)).
///
/// Source: arXiv:2605.02364. The units of N and K are not printed; parameters, tokens and natural logarithms reproduce
/// the published allocations.
public struct InfoLawCurve: RepetitionCurve {
    /// Creates the curve.
    public init() {}

    /// The rate θ at which the law's value of a quality bucket falls from the best, number 0: exp(−θ·bucket).
    public static let qualityRate = 0.922

    /// The share of the pool in each of the law's six quality buckets, best first.
    public static let bucketShares = [0.05, 0.15, 0.2, 0.2, 0.2, 0.2]

    /// The relative worth of a token by quality bucket.
    ///
    /// - Parameter bucket: 0 for the best.
    /// - Returns: exp(−θ·bucket).
    public static func quality(bucket: Int) -> Double {
        Elementary.exp(-qualityRate * Double(bucket))
    }

    /// The curve's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "infolaw",
            summary: "Saturation of repeats that comes sooner for larger models (InfoLaw 2026)",
            coefficients: [
                Coefficient(
                    "a", value: 0.140, lowerBound: 0, upperBound: 10, start: 0.05...0.5,
                    summary: "growth of the saturation rate with ln N"),
                Coefficient(
                    "b", value: 0.018, lowerBound: -10, upperBound: 10, start: 0...0.1,
                    summary: "saturation rate of a model of one parameter"),
            ],
            repetition: .curve,
            validity: ValidityRange(parameters: 252e6...1.2e9),
            provenance: Provenance(
                kind: .published, source: "InfoLaw 2026, arXiv:2605.02364",
                method: "27 runs of 252M to 1.2B parameters; constants as four write-ups agree"),
            warnings: [
                "The units of N and K are not printed with the constants: parameters, tokens and natural logarithms are "
                    + "what reproduces the published allocations.",
                "For allocation only: the level of the law's loss is not used.",
            ])
    }

    /// ρ(r).
    public func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let rate = (c["a"] * log(run.parameters) + c["b"]) / log(run.tokens)
        return min(epochs, 1) * (1 - exp(-rate * max(epochs, 1))) / (1 - exp(-rate))
    }

    /// ρ⁻¹(w): w up to 1, else −ln(1 − w·(1 − exp(−k)))/k with the rate k.
    public func epochs(worth: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        let rate = (c["a"] * log(run.parameters) + c["b"]) / log(run.tokens)
        let left = max(1 - max(worth, 1) * (1 - exp(-rate)), 1e-16)
        return min(worth, 1) * (-log(left) / rate)
    }
}
