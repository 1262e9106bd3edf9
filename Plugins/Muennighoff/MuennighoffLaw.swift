public import ScalingLaws

/// Chinchilla's form with repeats and excess parameters worth less and less: the data-constrained law of Muennighoff
/// and others (2023).
///
/// L = E + A/N′^α + B/D′^β, where
/// - D′ = U + U·R_D\*·(1 − exp(−R_D/R_D\*)), U the unique tokens used, R_D = D/U − 1;
/// - N′ = U_N + U_N·R_N\*·(1 − exp(−R_N/R_N\*)), U_N the smaller of N and the model size that is compute-optimal for
///   U tokens under the same constants, G·(G·U)^(β/α) with G = (αA/(βB))^(1/(α+β)); R_N = N/U_N − 1.
///
/// Source: Muennighoff et al. 2023, arXiv:2305.16264, equations 5 and 6; constants from the authors' notebook
/// (huggingface/datablations, utils/parametric_fit.ipynb).
public struct MuennighoffLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// The loss with decayed data and decayed parameters.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let (A, B, alpha, beta) = (c["A"], c["B"], c["alpha"], c["beta"])
        let optimalRatio = pow(alpha * A / (beta * B), 1 / (alpha + beta))

        let unique = run.uniqueTokens
        let data = unique * (1 + MuennighoffCurve.worth(ofRepeats: run.repetitions, decay: c["RD"]))

        let useful = min(run.parameters, optimalRatio * pow(optimalRatio * unique, beta / alpha))
        let excess = run.parameters / useful - 1
        let size = useful * (1 + MuennighoffCurve.worth(ofRepeats: excess, decay: c["RN"]))

        return c["E"] + A / pow(size, alpha) + B / pow(data, beta)
    }

    /// The curve inside D′; R_D\* is in both under one name.
    public var repetitionCurve: (any RepetitionCurve)? { MuennighoffCurve() }
}
