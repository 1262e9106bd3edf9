public import ScalingLaws

/// The repetition decay of Muennighoff and others (2023) as a curve.
///
/// ρ(r) = r up to one pass, then 1 + R\*·(1 − exp(−(r − 1)/R\*)).
///
/// A repeat's worth falls by a factor e every R\* passes. Any number of passes is worth less than 1 + R\* passes over
/// fresh data, and repeats never harm.
///
/// Source: Muennighoff et al. 2023, arXiv:2305.16264, equation 5; constant from the authors' notebook
/// (huggingface/datablations, utils/parametric_fit.ipynb).
public struct MuennighoffCurve: RepetitionCurve {
    /// Creates the curve.
    public init() {}

    /// The curve's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "muennighoff",
            summary: "Exponential decay of a repeated token's worth (Muennighoff et al. 2023)",
            coefficients: [MuennighoffLaw.dataDecay],
            repetition: .curve,
            validity: MuennighoffLaw.validity,
            setup: MuennighoffLaw.setup,
            provenance: MuennighoffLaw.provenance,
            warnings: [
                MuennighoffLaw.identificationWarning, MuennighoffLaw.noHarmWarning, MuennighoffLaw.ensembleWarning,
            ],
            ensemble: MuennighoffLaw.decays.map { [$0[0]] })
    }

    /// ρ(r).
    public func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        min(epochs, 1) + Self.worth(ofRepeats: positivePart(epochs - 1), decay: c["RD"])
    }

    /// ρ⁻¹(w): w up to 1, else 1 − R\*·ln(1 − (w − 1)/R\*).
    public func epochs(worth: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        min(worth, 1) - c["RD"] * log(max(1 - positivePart(worth - 1) / c["RD"], 1e-16))
    }

    /// The worth of repeats, in passes over fresh data: R\*·(1 − exp(−R/R\*)).
    static func worth(ofRepeats repeats: Formula, decay: Formula) -> Formula {
        decay * (1 - exp(-repeats / decay))
    }
}
