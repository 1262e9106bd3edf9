public import ScalingLaws

/// The additive overfitting penalty of Lovelace and others (2026), L = E + A/N^α + B/D^β + P·R^δ·(N/U)^κ.
///
/// Repeated tokens count like fresh ones in the data term. Their cost is the last term, which grows with the
/// repetitions R and with the parameters per unique token. So beyond some point more repeats harm, and the best plan
/// may leave compute unspent. With δ < 1 the slope at the first repeat is infinite, which gives planners a second
/// optimum at exactly one epoch.
///
/// A factor w on P, 1 unless set, represents weight decay: the paper's abstract reports about 70 % less penalty at a
/// decay of 1.0, which is w = 0.3.
///
/// Source of the form: Lovelace et al. 2026, arXiv:2605.01640. Its constants could not be obtained: those here are
/// refitted to public runs, and every output says so.
public struct LovelaceLaw: ScalingLaw {
    /// Which coefficients a fit may move.
    public enum Form: Sendable, Hashable, CaseIterable {
        /// All of them.
        case full

        /// Only P; the others are held. The paper compares training recipes by this coefficient.
        case oneParameter
    }

    /// Which coefficients a fit may move.
    public let form: Form

    /// Creates the law.
    ///
    /// - Parameter form: Which coefficients a fit may move.
    public init(_ form: Form = .full) {
        self.form = form
    }

    /// E + A/N^α + B/D^β + w·P·R^δ·(N/U)^κ.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let single = c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
        let repeats = pow(run.repetitions, c["delta"])
        let capacity = pow(run.parameters / run.uniqueTokens, c["kappa"])
        return single + c["w"] * c["P"] * repeats * capacity
    }
}
