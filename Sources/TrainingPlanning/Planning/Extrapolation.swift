public import ScalingLaws

/// How far a plan is outside the runs that its law was fitted on, as factors: 1 inside, 3 for three times the upper
/// or a third of the lower end; `nil` where the law's range is not known.
public struct Extrapolation: Sendable, Hashable {
    /// In training compute.
    public var flops: Double?

    /// In model size.
    public var parameters: Double?

    /// In training tokens.
    public var tokens: Double?

    /// In unique tokens used.
    public var uniqueTokens: Double?

    /// In passes over the unique tokens; less than one pass counts as one.
    public var epochs: Double?

    /// In tokens for each parameter.
    public var tokensPerParameter: Double?

    /// Compares a run with the range of a law.
    public init(of run: TrainingRun, beyond range: ValidityRange) {
        flops = ValidityRange.extrapolation(of: run.compute, beyond: range.compute)
        parameters = ValidityRange.extrapolation(of: run.parameters, beyond: range.parameters)
        tokens = ValidityRange.extrapolation(of: run.tokens, beyond: range.tokens)
        uniqueTokens = ValidityRange.extrapolation(
            of: run.uniqueTokensUsed, beyond: range.uniqueTokens ?? (range.epochs?.upperBound == 1 ? range.tokens : nil)
        )
        epochs = ValidityRange.extrapolation(of: Swift.max(1, run.epochs), beyond: range.epochs)
        tokensPerParameter = ValidityRange.extrapolation(
            of: run.tokens / run.parameters, beyond: range.tokensPerParameter)
    }

    /// Whether the law states how large or how expensive its runs were: a range that nobody states is unknown, and a run
    /// is never inside it.
    public var isKnown: Bool { flops != nil || parameters != nil }

    /// Unknown in every quantity.
    init() {}

    /// Factors before they are read from a file.
    package static let blank = Extrapolation()

    /// The largest of the factors; 1 if none is known.
    public var largest: Double {
        [flops, parameters, tokens, uniqueTokens, epochs, tokensPerParameter].compactMap { $0 }.reduce(1, Swift.max)
    }
}
