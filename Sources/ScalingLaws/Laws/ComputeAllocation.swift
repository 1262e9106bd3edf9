/// How a compute budget is divided between model size and data.
public struct ComputeAllocation: Sendable, Hashable {
    /// N, the weights of the model.
    public var parameters: Double

    /// D, the tokens processed.
    public var tokens: Double

    /// Creates an allocation.
    public init(parameters: Double, tokens: Double) {
        self.parameters = parameters
        self.tokens = tokens
    }

    /// Divides a budget by a fixed number of tokens for each parameter, at 6·N·D FLOPs: N = √(C/(6·ratio)).
    ///
    /// The ratio of about 20 is a rule of thumb after Hoffmann et al. 2022, arXiv:2203.15556, table 3.
    ///
    /// - Parameters:
    ///   - compute: Training compute in FLOPs.
    ///   - ratio: Tokens for each parameter.
    /// - Throws: ``LawError/unusableQuantity(_:value:)`` for a quantity that is not positive and finite.
    public init(compute: Double, tokensPerParameter ratio: Double) throws(LawError) {
        guard compute > 0, compute < .infinity else { throw .unusableQuantity("the compute", value: compute) }
        guard ratio > 0, ratio < .infinity else { throw .unusableQuantity("the tokens per parameter", value: ratio) }
        parameters = (compute / (6 * ratio)).squareRoot()
        tokens = parameters * ratio
    }

    /// Tokens for each parameter.
    public var tokensPerParameter: Double { tokens / parameters }
}
