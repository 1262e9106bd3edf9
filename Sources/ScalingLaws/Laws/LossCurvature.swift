/// The second derivatives of a loss in the quantities of the run.
public struct LossCurvature: Sendable, Hashable {
    /// ∂²L/∂N².
    public var parametersTwice: Double

    /// ∂²L/∂D².
    public var tokensTwice: Double

    /// ∂²L/∂U², U being the unique tokens available.
    public var uniqueTokensTwice: Double

    /// ∂²L/∂N∂D.
    public var parametersAndTokens: Double

    /// ∂²L/∂N∂U.
    public var parametersAndUniqueTokens: Double

    /// ∂²L/∂D∂U.
    public var tokensAndUniqueTokens: Double

    /// Creates a curvature.
    public init(
        parametersTwice: Double, tokensTwice: Double, uniqueTokensTwice: Double, parametersAndTokens: Double,
        parametersAndUniqueTokens: Double, tokensAndUniqueTokens: Double
    ) {
        self.parametersTwice = parametersTwice
        self.tokensTwice = tokensTwice
        self.uniqueTokensTwice = uniqueTokensTwice
        self.parametersAndTokens = parametersAndTokens
        self.parametersAndUniqueTokens = parametersAndUniqueTokens
        self.tokensAndUniqueTokens = tokensAndUniqueTokens
    }

    /// The first of the derivatives that is infinite or not a number, or `nil` where all are finite.
    var firstNotFinite: Double? {
        if !parametersTwice.isFinite { return parametersTwice }
        if !parametersAndTokens.isFinite { return parametersAndTokens }
        if !parametersAndUniqueTokens.isFinite { return parametersAndUniqueTokens }
        if !tokensTwice.isFinite { return tokensTwice }
        if !tokensAndUniqueTokens.isFinite { return tokensAndUniqueTokens }
        return uniqueTokensTwice.isFinite ? nil : uniqueTokensTwice
    }
}
