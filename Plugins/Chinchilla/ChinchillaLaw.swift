public import ScalingLaws

/// The parametric loss of Hoffmann and others (2022), L = E + A/N^α + B/D^β, under any of its published constants.
///
/// N counts all parameters, D the tokens processed. The law was fitted to single-epoch runs and ignores repetition: a
/// repeated token counts like a fresh one.
///
/// Sources: Hoffmann et al. 2022, arXiv:2203.15556, section 3.3 and equation 10; Besiroglu et al. 2024,
/// arXiv:2404.10102; Sardana et al. 2024, arXiv:2401.00448.
public struct ChinchillaLaw: ScalingLaw {
    /// Which published constants the law carries.
    public let constants: Constants

    /// Creates the law.
    ///
    /// - Parameter constants: Which published constants to use; by default Hoffmann's, unrounded.
    public init(_ constants: Constants = .hoffmann) {
        self.constants = constants
    }

    /// The law under every set of constants, in the order catalogs list them.
    public static var all: [ChinchillaLaw] {
        Constants.allCases.map { ChinchillaLaw($0) }
    }

    /// The law's card, which names the set of constants and its source.
    public var card: ModelCard { constants.card }

    /// E + A/N^α + B/D^β.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
    }

    /// The model size and tokens of least loss for a compute budget C = 6·N·D, in closed form.
    ///
    /// N = G·(C/6)^(β/(α+β)) and D = (C/6)^(α/(α+β))/G with G = (αA/(βB))^(1/(α+β)): Hoffmann et al. 2022,
    /// equation 4.
    ///
    /// - Parameter compute: C in FLOPs.
    /// - Returns: The allocation of least loss.
    /// - Throws: `LawError.unusableQuantity` for a budget that is not positive and finite.
    public func optimalAllocation(compute: Double) throws(LawError) -> ComputeAllocation {
        try ChinchillaFrontier(constants.values).allocation(compute: compute)
    }
}
