/// A law ready to evaluate: its formula is compiled and its coefficients have values.
///
/// ```swift
/// let law = try MuennighoffLaw().compiled()
/// let loss = try law.loss(parameters: 7e9, tokens: 237e9, uniqueTokens: 25e9)
/// ```
///
/// A compiled law is an immutable value; any number of threads may use the same one. Every quantity passed in is
/// checked, and every result is finite or an error.
public struct CompiledLaw: Sendable {
    /// The law's card, as it was when compiled.
    ///
    /// ``coefficients`` may differ from its values. Values that were replaced by name are in every set of its ensemble.
    public let card: ModelCard

    /// The law's formula, compiled.
    public let compiledFormula: CompiledFormula

    private let bound: BoundFormula

    /// Compiles a law.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - coefficients: Values in the order of the card's coefficients, or `nil` for the card's own.
    ///   - features: Values for the further quantities that the formula reads.
    /// - Throws: A ``LawError`` if the card contradicts itself, if a coefficient has no value or one out of bounds, or
    ///   if the formula uses a name that the card does not list.
    public init(
        _ law: any ScalingLaw, coefficients: [Double]? = nil, features: [String: Double] = [:]
    ) throws(LawError) {
        let card = law.card
        try card.validate()
        let formula = law.formula
        guard !formula.symbols.contains(.epochs) else {
            throw .misplacedSymbol(RunSymbol.epochs.text, model: card.identifier)
        }
        let compiled = try CompiledFormula(
            formula, coefficients: card.coefficientNames, model: card.identifier)
        let values: [Double]
        if let coefficients {
            try card.validate(coefficients)
            values = coefficients
        } else {
            values = try card.values()
        }
        self.card = card
        compiledFormula = compiled
        bound = try BoundFormula(compiled, coefficients: values, features: features)
    }

    /// Compiles a law with some of its card's values replaced by name.
    ///
    /// - Parameters:
    ///   - law: The law; a coefficient without a value must be among the replacements.
    ///   - replacements: Values by name.
    ///   - features: Values for the further quantities that the formula reads.
    /// - Throws: As ``init(_:coefficients:features:)``, also for a name that the law does not have.
    public init(
        _ law: any ScalingLaw, replacing replacements: [String: Double], features: [String: Double] = [:]
    ) throws(LawError) {
        let card = law.card
        for name in replacements.keys.sorted() where !card.coefficientNames.contains(name) {
            throw .unknownCoefficient(name, known: card.coefficientNames, model: card.identifier)
        }
        var values: [Double] = []
        for coefficient in card.coefficients {
            guard let value = replacements[coefficient.name] ?? coefficient.value else {
                throw .missingCoefficient(coefficient.name, model: card.identifier)
            }
            values.append(value)
        }
        let compiled = try CompiledLaw(law, coefficients: values, features: features)
        self.init(card: try compiled.card.replacing(replacements), bound: compiled.bound)
    }

    private init(card: ModelCard, bound: BoundFormula) {
        self.card = card
        compiledFormula = bound.compiled
        self.bound = bound
    }

    /// The law's name.
    public var identifier: String { card.identifier }

    /// The values of the coefficients, in the order of the card's.
    public var coefficients: [Double] { bound.coefficients }

    /// The same law with other values, such as a member of its ensemble; nothing is compiled again.
    ///
    /// - Throws: A ``LawError`` for a set of the wrong length or a value out of bounds.
    public func with(coefficients: [Double]) throws(LawError) -> CompiledLaw {
        try card.validate(coefficients)
        let bound = try BoundFormula(compiledFormula, coefficients: coefficients, features: bound.features)
        return CompiledLaw(card: card, bound: bound)
    }

    /// The same law with some coefficients replaced by name.
    ///
    /// - Throws: A ``LawError`` for a name the law does not have or a value out of bounds.
    public func with(_ replacements: [String: Double]) throws(LawError) -> CompiledLaw {
        var values = coefficients
        for (name, value) in replacements.sorted(by: { $0.key < $1.key }) {
            guard let index = card.coefficientNames.firstIndex(of: name) else {
                throw .unknownCoefficient(name, known: card.coefficientNames, model: identifier)
            }
            values[index] = value
        }
        let replaced = try with(coefficients: values)
        return CompiledLaw(card: try card.replacing(replacements), bound: replaced.bound)
    }

    /// The law with each member of its card's ensemble, in order; empty if the card has no ensemble.
    public func ensemble() throws(LawError) -> [CompiledLaw] {
        var members: [CompiledLaw] = []
        for values in card.ensemble { members.append(try with(coefficients: values)) }
        return members
    }

    // MARK: Asking

    /// The loss of a run.
    ///
    /// - Parameters:
    ///   - parameters: N.
    ///   - tokens: D, repeats included.
    ///   - uniqueTokens: The unique tokens available. Fewer than D means repeats; more means that some stay unread.
    /// - Returns: The loss in the unit of the card's setup.
    /// - Throws: ``LawError/unusableQuantity(_:value:)`` for a quantity that is not positive and finite, and
    ///   ``LawError/notFinite(part:value:run:model:)`` where the formula has no value there.
    public func loss(parameters: Double, tokens: Double, uniqueTokens: Double) throws(LawError) -> Double {
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        let point = Self.point(parameters, tokens, uniqueTokens)
        let loss = bound.value(at: point)
        guard loss.isFinite else { throw bound.notFinite(loss, at: point) }
        return loss
    }

    /// The loss of a run whose tokens are all unique.
    ///
    /// - Throws: As ``loss(parameters:tokens:uniqueTokens:)``.
    public func loss(parameters: Double, tokens: Double) throws(LawError) -> Double {
        try loss(parameters: parameters, tokens: tokens, uniqueTokens: tokens)
    }

    /// The loss of a run; the run's features, if it has any, replace those of the law.
    ///
    /// - Throws: The errors of ``loss(parameters:tokens:uniqueTokens:)``.
    public func loss(of run: TrainingRun) throws(LawError) -> Double {
        guard run.features.isEmpty else {
            let features = bound.features.merging(run.features) { _, new in new }
            let bound = try BoundFormula(compiledFormula, coefficients: coefficients, features: features)
            let law = CompiledLaw(card: card, bound: bound)
            return try law.loss(
                parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
        }
        return try loss(parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
    }

    /// The loss of a run and its slopes in N, D and the unique tokens available.
    ///
    /// - Throws: The errors of ``loss(parameters:tokens:uniqueTokens:)``, also for a slope that is not finite, such as
    ///   the slope of R^δ with δ < 1 just past one epoch.
    public func gradient(
        parameters: Double, tokens: Double, uniqueTokens: Double
    ) throws(LawError) -> LossGradient {
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        let point = Self.point(parameters, tokens, uniqueTokens)
        let (loss, slopes) = bound.slopes(at: point)
        guard loss.isFinite else { throw bound.notFinite(loss, at: point) }
        for slot in 0..<3 where !slopes[slot].isFinite {
            throw bound.notFinite(slopes[slot], of: "slope of " + compiledFormula.formula.description, at: point)
        }
        return LossGradient(loss: loss, byParameters: slopes[0], byTokens: slopes[1], byUniqueTokens: slopes[2])
    }

    /// The second derivatives of a run's loss in N, D and the unique tokens available.
    ///
    /// - Throws: As ``gradient(parameters:tokens:uniqueTokens:)``.
    public func curvature(
        parameters: Double, tokens: Double, uniqueTokens: Double
    ) throws(LawError) -> LossCurvature {
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        let point = Self.point(parameters, tokens, uniqueTokens)
        let rows = bound.curvature(at: point)
        let (byParameters, byTokens, byUniqueTokens) = (rows[0], rows[1], rows[2])
        let curvature = LossCurvature(
            parametersTwice: byParameters[0], tokensTwice: byTokens[1], uniqueTokensTwice: byUniqueTokens[2],
            parametersAndTokens: byParameters[1], parametersAndUniqueTokens: byParameters[2],
            tokensAndUniqueTokens: byTokens[2])
        if let value = curvature.firstNotFinite {
            throw bound.notFinite(value, of: "curvature of " + compiledFormula.formula.description, at: point)
        }
        return curvature
    }

    /// The slopes of a run's loss in the coefficients, in the order of the card's.
    ///
    /// - Throws: As ``gradient(parameters:tokens:uniqueTokens:)``.
    public func coefficientGradient(
        parameters: Double, tokens: Double, uniqueTokens: Double
    ) throws(LawError) -> [Double] {
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        let point = Self.point(parameters, tokens, uniqueTokens)
        let (loss, slopes) = bound.coefficientSlopes(at: point)
        guard loss.isFinite else { throw bound.notFinite(loss, at: point) }
        if let slope = slopes.first(where: { !$0.isFinite }) {
            throw bound.notFinite(slope, of: "slope of " + compiledFormula.formula.description, at: point)
        }
        return slopes
    }

    /// The second derivatives of a run's loss in the coefficients, row by row, in the order of the card's.
    ///
    /// - Throws: As ``gradient(parameters:tokens:uniqueTokens:)``.
    /// - Complexity: O(*c*·*n*) for *c* coefficients and a formula of *n* parts.
    public func coefficientCurvature(
        parameters: Double, tokens: Double, uniqueTokens: Double
    ) throws(LawError) -> [[Double]] {
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        let point = Self.point(parameters, tokens, uniqueTokens)
        var rows: [[Double]] = []
        for index in coefficients.indices {
            let row = bound.coefficientCurvature(at: point, along: index)
            if let value = row.first(where: { !$0.isFinite }) {
                throw bound.notFinite(value, of: "curvature of " + compiledFormula.formula.description, at: point)
            }
            rows.append(row)
        }
        return rows
    }

    /// Checks every part of the formula at a run, also parts whose infinity would cancel out of the loss.
    ///
    /// - Throws: ``LawError/notFinite(part:value:run:model:)`` naming the first part that is not finite.
    public func validate(parameters: Double, tokens: Double, uniqueTokens: Double) throws(LawError) {
        try TrainingRun.check(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        if let fault = bound.fault(at: Self.point(parameters, tokens, uniqueTokens)) { throw fault }
    }

    @inline(__always)
    private static func point(_ parameters: Double, _ tokens: Double, _ uniqueTokens: Double) -> BoundFormula.Point {
        BoundFormula.Point(
            parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens, epochs: tokens / uniqueTokens)
    }
}
