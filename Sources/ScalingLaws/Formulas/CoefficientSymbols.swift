/// The coefficients of a model, as formulas to state it with.
///
/// A name that the model's card does not list is found when the formula is compiled, which throws
/// ``LawError/unlistedCoefficient(_:model:)``.
public struct CoefficientSymbols: Sendable {
    /// Creates the symbols.
    public init() {}

    /// The coefficient of a name.
    public subscript(name: String) -> Formula {
        .coefficient(name)
    }
}
