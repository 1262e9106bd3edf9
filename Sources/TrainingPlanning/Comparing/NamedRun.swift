/// A training run with a name: a planned run, one of the user's, or that of a released model.
public struct NamedRun: Sendable, Hashable {
    /// The run's name.
    public var name: String

    /// N.
    public var parameters: Double

    /// D, the tokens trained on, repeats included.
    public var tokens: Double

    /// U, the unique tokens available; `nil` if unknown, which counts as unlimited data.
    public var uniqueTokens: Double?

    /// The publication of its figures, or `nil`.
    public var source: String?

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - name: The run's name.
    ///   - parameters: N.
    ///   - tokens: D, the tokens trained on, repeats included.
    ///   - uniqueTokens: U, the unique tokens available; `nil` if unknown.
    ///   - source: The publication of its figures.
    public init(
        name: String, parameters: Double, tokens: Double, uniqueTokens: Double? = nil, source: String? = nil
    ) {
        self.name = name
        self.parameters = parameters
        self.tokens = tokens
        self.uniqueTokens = uniqueTokens
        self.source = source
    }

    /// C = 6·N·D.
    public var flops: Double { 6 * parameters * tokens }

    /// D/N.
    public var tokensPerParameter: Double { tokens / parameters }

    /// D/U, or `nil` where U is not known.
    public var epochs: Double? { uniqueTokens.map { tokens / $0 } }

    /// The tokens to be served after which two runs have taken the same compute, at 6·N·D for training and 2·N for
    /// each token served: 3·(N₁·D₁ − N₂·D₂)/(N₂ − N₁).
    ///
    /// - Parameter other: The other run.
    /// - Returns: The tokens, or `nil` if one run takes less compute both in training and in serving, or if both have
    ///   one size.
    public func breakEven(with other: NamedRun) -> Double? {
        guard parameters != other.parameters else { return nil }
        let tokens =
            3 * (parameters * self.tokens - other.parameters * other.tokens) / (other.parameters - parameters)
        return tokens > 0 ? tokens : nil
    }
}
