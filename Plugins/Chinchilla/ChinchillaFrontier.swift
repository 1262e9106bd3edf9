public import ScalingLaws

/// The compute-optimal frontier of a law of Chinchilla's form, in closed form.
///
/// N = G·(C/6)^a and D = (C/6)^b/G, with a = β/(α+β), b = α/(α+β) and G = (αA/(βB))^(1/(α+β)).
/// Source: Hoffmann et al. 2022, arXiv:2203.15556, equation 4.
public struct ChinchillaFrontier: Sendable, Hashable {
    /// a, the exponent of model size in compute.
    public let parametersExponent: Double

    /// b, the exponent of tokens in compute.
    public let tokensExponent: Double

    /// ln G.
    private let logG: Double

    /// Creates the frontier of a set of values.
    public init(_ values: ChinchillaLaw.Values) {
        let sum = values.alpha + values.beta
        parametersExponent = values.beta / sum
        tokensExponent = values.alpha / sum
        logG = Elementary.log(values.alpha * values.A / (values.beta * values.B)) / sum
    }

    /// G, the model size in parameters at a compute of 6 FLOPs.
    public var coefficient: Double { Elementary.exp(logG) }

    /// The best model size and tokens for a compute budget.
    ///
    /// - Parameter compute: C = 6·N·D in FLOPs.
    /// - Returns: The allocation of least loss.
    /// - Throws: `LawError.unusableQuantity` for a budget that is not positive and finite.
    public func allocation(compute: Double) throws(LawError) -> ComputeAllocation {
        guard compute > 0, compute < .infinity else {
            throw .unusableQuantity("the compute budget (C)", value: compute)
        }
        let logBudget = Elementary.log(compute / 6)
        return ComputeAllocation(
            parameters: Elementary.exp(logG + parametersExponent * logBudget),
            tokens: Elementary.exp(tokensExponent * logBudget - logG))
    }
}
