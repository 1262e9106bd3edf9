public import ScalingLaws

/// The additive overfitting penalty of Lovelace and others (2026), L = E + A/N^α + B/D^β + P·R^δ·(N/U)^κ.
///
/// Repeated tokens count like fresh ones in the data term; what they cost stands in the last one, which grows with the
/// repetitions R and with the parameters per unique token. Past some point more repeats therefore harm, and the best
/// plan may leave compute unspent. With δ < 1 the first repeat has an infinite slope: a planner meets a second optimum
/// at exactly one epoch.
///
/// Source of the form: Lovelace et al. 2026, arXiv:2605.01640. Its constants could not be obtained: those here are
/// refitted to public runs, and every output says so.
public struct LovelaceLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// E + A/N^α + B/D^β + P·R^δ·(N/U)^κ.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let single = c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
        let repeats = pow(run.repetitions, c["delta"])
        let capacity = pow(run.parameters / run.uniqueTokens, c["kappa"])
        return single + c["P"] * repeats * capacity
    }
}
