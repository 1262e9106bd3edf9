/// A run that is recommended.
public struct Recommendation: Sendable, Hashable {
    /// N.
    public var parameters: Double

    /// D, repeats included.
    public var tokens: Double

    /// The unique tokens that the run uses.
    public var uniqueTokens: Double

    /// Passes over the unique tokens available.
    public var epochs: Double

    /// Passes over the files as they are trained on.
    public var passesOverFiles: Double

    /// Training compute, under the plan's count.
    public var flops: Double

    /// The share of the compute budget that the run spends, or `nil` without one.
    public var budgetUsed: Double?

    /// The loss under the law, on the law's own corpus unless it was fitted to the user's runs.
    ///
    /// It is `nil` if several laws were weighed, whose losses cannot be compared.
    public var loss: Double?

    /// The interval of this run's loss under the law's ensemble, or `nil` without one.
    public var lossInterval: ClosedRange<Double>?

    /// The interval of the best number of parameters under the law's ensemble, or `nil` without one.
    public var parametersInterval: ClosedRange<Double>?

    /// The interval of the best number of training tokens, or `nil` without draws of coefficients.
    public var tokensInterval: ClosedRange<Double>?

    /// The interval of the best number of epochs under the law's ensemble, or `nil` without one.
    public var epochsInterval: ClosedRange<Double>?

    /// The cost under the objective; if several laws were weighed, the expected excess over their own best runs.
    public var cost: Double

    /// How far the run is outside the range that the law was fitted on.
    public var extrapolation: Extrapolation

    /// The fresh tokens that the run's tokens are worth under the law's repetition curve, or `nil` for laws without one.
    public var effectiveTokens: Double?

    /// The training tokens counted with the law's tokenizer, as the law sees them; `nil` if they are the same or the
    /// bytes per token are not known.
    public var lawTokens: Double?

    /// D/N.
    public var tokensPerParameter: Double { tokens / parameters }
}

extension Recommendation {
    /// A run before its fields are read from a file.
    package static let blank = Recommendation(
        parameters: 0, tokens: 0, uniqueTokens: 0, epochs: 0, passesOverFiles: 0, flops: 0, cost: 0,
        extrapolation: Extrapolation())
}
