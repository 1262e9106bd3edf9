public import ScalingLaws

/// The repetition curve of Sedova and others (2026) for a scarce source inside a mixture: ρ(r) = r up to one pass, then
/// 1 + r₁·(1 − exp(−(r − 1)/r₁)).
///
/// The shape is that of Muennighoff's for a single source; inside mixtures its authors find that
/// 15 to 20 repeats of the scarce source pay. Their constants could not be obtained: r₁ comes from the user's fit.
///
/// Source: Sedova and others 2026, arXiv:2605.12715.
public struct SedovaCurve: RepetitionCurve {
    /// Creates the curve.
    public init() {}

    /// The curve's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "sedova",
            summary: "Decay of repeats of a scarce source in a mixture (Sedova et al. 2026; form only)",
            coefficients: [
                Coefficient(
                    "r1", lowerBound: 1e-3, start: 1...30, unit: "epochs",
                    summary: "repeats after which more are worth a factor e less")
            ],
            repetition: .curve,
            validity: ValidityRange(
                parameters: 101e6...805e6, uniqueTokens: 10e6...1e9),
            provenance: Provenance(
                kind: .user, source: "form: Sedova et al. 2026, arXiv:2605.12715", method: "r1 from your fit"),
            warnings: [
                "A form without constants: give r1.",
                "The rise of loss past the onset of overfitting is not modelled.",
            ])
    }

    /// ρ(r).
    public func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        min(epochs, 1) + c["r1"] * (1 - exp(-positivePart(epochs - 1) / c["r1"]))
    }

    /// ρ⁻¹(w): w up to 1, else 1 − r_1·ln(1 − (w − 1)/r_1).
    public func epochs(worth: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        min(worth, 1) - c["r1"] * log(max(1 - positivePart(worth - 1) / c["r1"], 1e-16))
    }
}
