/// A repetition curve ready to evaluate: its formula is compiled and its coefficients have values.
///
/// A compiled curve is an immutable value; any number of threads may use the same one.
public struct CompiledCurve: Sendable {
    /// The curve's card, as it was when compiled.
    ///
    /// ``coefficients`` may differ from its values.
    public let card: ModelCard

    /// The curve's formula, compiled.
    public let compiledFormula: CompiledFormula

    private let bound: BoundFormula

    /// Whether the curve depends on the run's N, D or U besides the passes over the source.
    public let dependsOnRun: Bool

    /// Compiles a curve.
    ///
    /// - Parameters:
    ///   - curve: The curve.
    ///   - coefficients: Values in the order of the card's coefficients, or `nil` for the card's own.
    ///   - features: Values for the further quantities that the formula reads.
    /// - Throws: A ``LawError`` if the card contradicts itself, if a coefficient has no value or one out of bounds, or
    ///   if the formula uses a name that the card does not list.
    public init(
        _ curve: any RepetitionCurve, coefficients: [Double]? = nil, features: [String: Double] = [:]
    ) throws(LawError) {
        let card = curve.card
        try card.validate()
        let formula = curve.formula
        let compiled = try CompiledFormula(formula, coefficients: card.coefficientNames, model: card.identifier)
        let values: [Double]
        if let coefficients {
            try card.validate(coefficients)
            values = coefficients
        } else {
            values = try card.values()
        }
        self.card = card
        compiledFormula = compiled
        dependsOnRun = !formula.symbols.isDisjoint(
            with: [.parameters, .tokens, .uniqueTokens, .repetitions, .compute])
        bound = try BoundFormula(compiled, coefficients: values, features: features)
    }

    /// The curve's name.
    public var identifier: String { card.identifier }

    /// The values of the coefficients, in the order of the card's.
    public var coefficients: [Double] { bound.coefficients }

    /// The same curve with other values; nothing is compiled again.
    ///
    /// - Throws: A ``LawError`` for a set of the wrong length or a value out of bounds.
    public func with(coefficients: [Double]) throws(LawError) -> CompiledCurve {
        try card.validate(coefficients)
        let bound = try BoundFormula(compiledFormula, coefficients: coefficients, features: bound.features)
        return CompiledCurve(card: card, bound: bound, dependsOnRun: dependsOnRun)
    }

    private init(card: ModelCard, bound: BoundFormula, dependsOnRun: Bool) {
        self.card = card
        compiledFormula = bound.compiled
        self.bound = bound
        self.dependsOnRun = dependsOnRun
    }

    /// ρ at a number of passes: fresh tokens per unique token.
    ///
    /// - Parameters:
    ///   - epochs: Passes over the source, 0 or more.
    ///   - parameters: N of the run, for curves that depend on it.
    ///   - tokens: D of the run, for curves that depend on it.
    /// - Returns: ρ, at most the number of passes.
    /// - Throws: ``LawError/unusableQuantity(_:value:)`` for passes below 0 or other quantities that are not positive,
    ///   and ``LawError/notFinite(part:value:run:model:)`` where the formula has no value there.
    public func value(epochs: Double, parameters: Double = 1, tokens: Double = 1) throws(LawError) -> Double {
        try Self.check(epochs, parameters, tokens)
        let point = Self.point(epochs, parameters, tokens)
        let value = bound.value(at: point)
        guard value.isFinite else { throw bound.notFinite(value, at: point) }
        return value
    }

    /// ρ and its slope ρ′, the worth of one more pass, at a number of passes.
    ///
    /// - Throws: The errors of ``value(epochs:parameters:tokens:)``.
    public func valueAndSlope(
        epochs: Double, parameters: Double = 1, tokens: Double = 1
    ) throws(LawError) -> (value: Double, slope: Double) {
        try Self.check(epochs, parameters, tokens)
        let point = Self.point(epochs, parameters, tokens)
        let (value, slopes) = bound.slopes(at: point)
        guard value.isFinite else { throw bound.notFinite(value, at: point) }
        guard slopes[3].isFinite else { throw bound.notFinite(slopes[3], at: point) }
        return (value, slopes[3])
    }

    private static func check(_ epochs: Double, _ parameters: Double, _ tokens: Double) throws(LawError) {
        guard epochs >= 0, epochs < .infinity else {
            throw .unusableQuantity("the number of passes over a source", value: epochs)
        }
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: tokens)
    }

    private static func point(_ epochs: Double, _ parameters: Double, _ tokens: Double) -> BoundFormula.Point {
        BoundFormula.Point(parameters: parameters, tokens: tokens, uniqueTokens: tokens, epochs: epochs)
    }
}
