public import ScalingLaws

/// The additive overfitting penalty with the logarithm of the repetitions:
/// L = E + A/N^α + B/D^β + P·(N^κ/U^(κ+gap))·ln(1 + R/r₀).
///
/// The form of Lovelace and others (2026) with ln(1 + R/r₀) in place of R^δ: the first repeat costs little, so that a
/// plan has no second optimum at exactly one epoch, and softly tied exponents keep it sane far out. Its loss has one
/// minimum in D at every N and U.
///
/// The penalty's logarithm is this project's own; constants refit here (`Benchmarks/RESULTS.md`).
public struct LovelaceLogLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// E + A/N^α + B/D^β + P·(N^κ/U^(κ+gap))·ln(1 + R/r₀).
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let single = c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
        let capacity = pow(run.parameters, c["kappa"]) / pow(run.uniqueTokens, c["kappa"] + c["gap"])
        return single + c["P"] * capacity * log(1 + run.repetitions / c["r0"])
    }
}
