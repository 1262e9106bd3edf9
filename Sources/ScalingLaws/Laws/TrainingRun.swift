/// A training run as laws see it: model size, tokens processed, and the unique tokens available.
public struct TrainingRun: Sendable, Hashable {
    /// N, the weights of the model.
    public let parameters: Double

    /// D, the tokens processed, repeats included.
    public let tokens: Double

    /// The unique tokens available; a run uses at most D of them.
    public let uniqueTokens: Double

    /// Further quantities, by name, for laws that use them.
    public var features: [String: Double]

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - parameters: N.
    ///   - tokens: D.
    ///   - uniqueTokens: The unique tokens available; `nil` means as many as D, so that nothing repeats.
    ///   - features: Further quantities, by name.
    /// - Throws: ``LawError/unusableQuantity(_:value:)`` for a quantity that is zero, negative or not finite.
    public init(
        parameters: Double, tokens: Double, uniqueTokens: Double? = nil, features: [String: Double] = [:]
    ) throws(LawError) {
        try Self.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens ?? tokens)
        self.parameters = parameters
        self.tokens = tokens
        self.uniqueTokens = uniqueTokens ?? tokens
        self.features = features
    }

    /// The unique tokens that the run uses: the smaller of those available and D.
    public var uniqueTokensUsed: Double { Swift.min(uniqueTokens, tokens) }

    /// Passes over the unique tokens available; below 1 where not all of them are used.
    public var epochs: Double { tokens / uniqueTokens }

    /// Passes beyond the first.
    public var repetitions: Double { Swift.max(epochs - 1, 0) }

    /// The training compute 6·N·D in FLOPs.
    public var compute: Double { 6 * parameters * tokens }

    /// Refuses quantities that are not positive and finite.
    @inline(__always)
    static func check(parameters: Double, tokens: Double, uniqueTokens: Double) throws(LawError) {
        guard
            parameters > 0, parameters < .infinity, tokens > 0, tokens < .infinity, uniqueTokens > 0,
            uniqueTokens < .infinity
        else {
            throw unusable(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        }
    }

    private static func unusable(parameters: Double, tokens: Double, uniqueTokens: Double) -> LawError {
        if !(parameters > 0 && parameters < .infinity) {
            .unusableQuantity("the number of parameters (N)", value: parameters)
        } else if !(tokens > 0 && tokens < .infinity) {
            .unusableQuantity("the number of training tokens (D)", value: tokens)
        } else {
            .unusableQuantity("the number of unique tokens (U)", value: uniqueTokens)
        }
    }
}
