/// The quantities of a training run, as formulas to state a law with.
public struct RunSymbols: Sendable {
    /// Creates the symbols.
    public init() {}

    /// N, the weights of the model.
    public var parameters: Formula { .symbol(.parameters) }

    /// D, the tokens processed, repeats included.
    public var tokens: Formula { .symbol(.tokens) }

    /// U, the unique tokens used: the smaller of those available and D.
    public var uniqueTokens: Formula { .symbol(.uniqueTokens) }

    /// R, the repetitions: D/U − 1 if data repeat, else 0.
    public var repetitions: Formula { .symbol(.repetitions) }

    /// C, the training compute in FLOPs: 6·N·D.
    public var compute: Formula { .symbol(.compute) }

    /// A further quantity of the run, by name.
    ///
    /// A run table or a call that evaluates the formula must then give it.
    public func feature(_ name: String) -> Formula {
        .symbol(.feature(name))
    }
}
