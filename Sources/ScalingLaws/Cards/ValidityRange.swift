/// The range of the runs that a model was fitted on, quantity by quantity; `nil` where its source does not say.
public struct ValidityRange: Sendable, Hashable {
    /// Model sizes N.
    public var parameters: ClosedRange<Double>?

    /// Tokens processed D.
    public var tokens: ClosedRange<Double>?

    /// Unique tokens U.
    public var uniqueTokens: ClosedRange<Double>?

    /// Passes over the unique tokens, D/U.
    public var epochs: ClosedRange<Double>?

    /// Training compute in FLOPs.
    public var compute: ClosedRange<Double>?

    /// Tokens for each parameter, D/N.
    public var tokensPerParameter: ClosedRange<Double>?

    /// Parameters for each unique token, N/U.
    public var parametersPerUniqueToken: ClosedRange<Double>?

    /// Creates a range.
    public init(
        parameters: ClosedRange<Double>? = nil,
        tokens: ClosedRange<Double>? = nil,
        uniqueTokens: ClosedRange<Double>? = nil,
        epochs: ClosedRange<Double>? = nil,
        compute: ClosedRange<Double>? = nil,
        tokensPerParameter: ClosedRange<Double>? = nil,
        parametersPerUniqueToken: ClosedRange<Double>? = nil
    ) {
        self.parameters = parameters
        self.tokens = tokens
        self.uniqueTokens = uniqueTokens
        self.epochs = epochs
        self.compute = compute
        self.tokensPerParameter = tokensPerParameter
        self.parametersPerUniqueToken = parametersPerUniqueToken
    }

    /// How many factors of ten a value is outside a range; 0 inside, `nil` where the range is unknown.
    public static func decades(of value: Double, beyond range: ClosedRange<Double>?) -> Double? {
        extrapolation(of: value, beyond: range).map { Elementary.log($0) / Elementary.log(10) }
    }

    /// How far a value is outside a range, as a factor: 1 inside, 3 for three times the upper or a third of the
    /// lower end; `nil` where the range is unknown.
    public static func extrapolation(of value: Double, beyond range: ClosedRange<Double>?) -> Double? {
        guard let range else { return nil }
        if value > range.upperBound { return value / range.upperBound }
        if value < range.lowerBound, value > 0 { return range.lowerBound / value }
        return 1
    }
}
