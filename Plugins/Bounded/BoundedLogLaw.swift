public import ScalingLaws

/// The bounded law with an overfitting term that grows with the logarithm of the repetitions:
/// L = E + (L₀ − E)·h/(1 + h), h = A/N^α + B/D^β + P·(N^κ/U^(κ+gap))·ln(1 + R/r₀).
///
/// The first repeat costs little and each further one less. So at every N and U the loss has one minimum in D: both
/// parts of its slope rise with D for r₀ ≥ 1. A power R^ρ with ρ < 1 would add a second minimum at D = U, and with a
/// saturating R/(R + r₀) many repeats would help again. L₀ is held at the loss of guessing evenly among the vocabulary.
///
/// α and β are tied softly by the card's prior, and so are the penalty's exponents of N and U: `gap` is 0 in the
/// central set, because the public runs do not identify it, and varies in the draws.
///
/// This project's own composition; constants refit here (`Benchmarks/RESULTS.md`).
public struct BoundedLogLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// E + (L₀ − E)·h/(1 + h).
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let learning = c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
        let capacity = pow(run.parameters, c["kappa"]) / pow(run.uniqueTokens, c["kappa"] + c["gap"])
        return BoundedLaw.squashed(
            learning + c["P"] * capacity * log(1 + run.repetitions / c["r0"]), c)
    }
}
