/// The worth of repeated tokens: ρ(r) is the number of fresh tokens that one unique token is worth after r passes over
/// its source.
///
/// Callers rely on these promises:
/// - ρ(r) = r for r ≤ 1: a token that is read at most once is not a repeat.
/// - ρ is concave in r and never falls.
/// - The curve is a pure value.
///
/// A curve may depend on the run's N and D, because larger models may saturate sooner.
public protocol RepetitionCurve: Sendable {
    /// Identity, coefficients with units and bounds, setup and provenance.
    var card: ModelCard { get }

    /// ρ as a formula over the passes `epochs`, the run's symbols and this curve's coefficients.
    func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula

    /// The passes r at which ρ(r) is a worth within the curve's reach, or `nil` (the default) if there is no formula
    /// for them.
    func epochs(worth: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula?
}

extension RepetitionCurve {
    /// No formula.
    public func epochs(worth: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula? { nil }

    /// ρ as a formula over `r`, the passes over one source.
    public var formula: Formula {
        value(epochs: .symbol(.epochs), in: RunSymbols(), CoefficientSymbols())
    }

    /// Compiles the curve with the coefficients of its card.
    ///
    /// - Throws: A ``LawError`` where the card is contradictory, a coefficient has no value, or the formula uses one
    ///   that the card does not list.
    public func compiled() throws(LawError) -> CompiledCurve {
        try CompiledCurve(self)
    }
}
