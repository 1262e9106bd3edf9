/// The best mixture of a supply at any number of training tokens, for searches over D.
///
/// The mixture does not depend on a law or on N (unless the repetition curve does), so one path serves all laws, draws
/// and sizes of a plan. A law sees a mixture as the run over one pool that ``MixtureForecast/run(worth:)`` gives.
///
/// ```swift
/// let question = try MixtureQuestion(supply: supply, tokens: 1e12, curve: curve, pull: .standard)
/// let path = MixturePath(question, method: EffectiveDataMixture())
/// let worth = try path.worth(tokens: 3e12)      // for laws: D_eff, repeats, unique tokens read
/// let mixture = try path.allocation(tokens: 3e12)  // for the answer: weights, epochs, prices
/// ```
///
/// The only caps are those of the question: the caps of its sources, and the one that the user gave for all others.
public struct MixturePath: Sendable {
    /// The question; each call replaces its number of training tokens.
    public let question: MixtureQuestion

    /// The method.
    public let method: any MixtureMethod

    /// Creates a path.
    ///
    /// - Parameters:
    ///   - question: The sources to mix, with their caps and the curve.
    ///   - method: The method that chooses the weights.
    public init(_ question: MixtureQuestion, method: any MixtureMethod) {
        self.question = question
        self.method = method
    }

    /// The most training tokens that caps and floors allow; infinite if none limits them.
    public var mostTokens: Double { question.mostTokens }

    /// The mixture at D training tokens.
    ///
    /// - Throws: A ``MixtureError``: ``MixtureError/infeasible(_:nearest:)`` for more tokens than the caps allow.
    /// - Complexity: One mixture is solved: some tens of microseconds for ten sources, milliseconds for a thousand.
    public func allocation(tokens: Double) throws(MixtureError) -> MixtureAllocation {
        try method.allocation(for: question.with(tokens: tokens))
    }

    /// The worth of the mixture at D training tokens.
    ///
    /// - Throws: The errors of ``allocation(tokens:)``.
    public func worth(tokens: Double) throws(MixtureError) -> MixtureWorth {
        try allocation(tokens: tokens).worth
    }
}
