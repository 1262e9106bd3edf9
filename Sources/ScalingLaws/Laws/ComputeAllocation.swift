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

    /// Tokens for each parameter.
    public var tokensPerParameter: Double { tokens / parameters }
}
