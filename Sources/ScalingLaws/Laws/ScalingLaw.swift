/// A model of the loss that a training run reaches, stated once as a formula.
///
/// A conforming type writes its card and its formula; evaluation, derivatives, fits, plans and printing follow:
///
/// ```swift
/// struct FloorAndPower: ScalingLaw {
///     var card: ModelCard { … }
///     func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
///         c["E"] + c["A"] / pow(run.parameters, c["alpha"])
///     }
/// }
/// ```
///
/// Callers rely on these promises:
/// - The law is a pure value: the same formula and card every time, from any thread.
/// - The loss is in the unit of `card.setup.lossUnit`, per token of that setup's tokenizer.
/// - Over the card's validity range the loss is finite, and falls as N and unique data grow, as long as no data repeat.
/// - Outside that range the formula still gives a value; callers report how far outside it is.
public protocol ScalingLaw: Sendable {
    /// Identity, coefficients with units and bounds, validity range, setup and provenance.
    var card: ModelCard { get }

    /// The loss as a formula over a run's symbols and this law's coefficients.
    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula

    /// The worth of repeated tokens, for a law that states it as a curve; `nil` by default.
    ///
    /// The loss must then depend on the repetitions R only through U·ρ(1 + R). A coefficient that law and curve share
    /// has the same name in both.
    var repetitionCurve: (any RepetitionCurve)? { get }
}

extension ScalingLaw {
    /// No curve.
    public var repetitionCurve: (any RepetitionCurve)? { nil }

    /// The loss as a formula.
    public var formula: Formula {
        loss(of: RunSymbols(), CoefficientSymbols())
    }

    /// Compiles the law with the coefficients of its card.
    ///
    /// Compile once and ask many times: compiling costs some microseconds, a loss some dozen nanoseconds.
    ///
    /// - Throws: A ``LawError`` where the card is contradictory, a coefficient has no value, or the formula uses one
    ///   that the card does not list.
    public func compiled() throws(LawError) -> CompiledLaw {
        try CompiledLaw(self)
    }
}
