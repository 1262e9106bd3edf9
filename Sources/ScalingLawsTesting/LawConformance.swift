public import ScalingLaws

/// Checks that a law or a repetition curve keeps the promises that planners and fits rely on.
///
/// Use it in the tests of your own law, with any test framework:
///
/// ```swift
/// @Test func conformance() {
///     #expect(LawConformance().violations(of: MyLaw()).isEmpty)
/// }
/// ```
///
/// A model whose constants are the user's is checked at the middle of its coefficients' starts.
public struct LawConformance: Sendable {
    /// The seed of the random points; the same seed checks the same points.
    public var seed: UInt64

    /// How many points of the model's range are checked.
    public var points: Int

    /// Promises that this model does not make, and why is for its documentation to say.
    public var exceptions: Set<ConformanceViolation.Rule>

    /// Values for the further quantities that the formula reads.
    public var features: [String: Double]

    /// Creates the checks.
    ///
    /// - Parameters:
    ///   - seed: The seed of the random points.
    ///   - points: How many points of the model's range to check.
    ///   - exceptions: Promises that the model does not make.
    ///   - features: Values for the further quantities that the formula reads.
    public init(
        seed: UInt64 = 1, points: Int = 60, exceptions: Set<ConformanceViolation.Rule> = [],
        features: [String: Double] = [:]
    ) {
        self.seed = seed
        self.points = points
        self.exceptions = exceptions
        self.features = features
    }

    /// The promises that a law does not keep, checked as the defaults have it; empty when it keeps them all.
    ///
    /// - Complexity: O(*n*·*c*) for 60 points and *c* coefficients.
    public static func check(_ law: any ScalingLaw) -> [ConformanceViolation] {
        LawConformance().violations(of: law)
    }

    /// The promises that a repetition curve does not keep, checked as the defaults have it.
    ///
    /// - Complexity: O(*n*) for 60 points.
    public static func check(_ curve: any RepetitionCurve) -> [ConformanceViolation] {
        LawConformance().violations(of: curve)
    }

    // MARK: Laws

    /// The promises that a law does not keep; empty when it keeps them all.
    ///
    /// - Complexity: O(*n*·*c*) for *n* points and *c* coefficients.
    public func violations(of law: any ScalingLaw) -> [ConformanceViolation] {
        var found = Findings(exceptions: exceptions)
        let card = law.card
        check(card, formula: law.formula, again: law.formula, symbols: Self.lawSymbols, &found)
        guard let values = startingValues(card, &found) else { return found.list }
        let compiled: CompiledLaw
        do {
            compiled = try CompiledLaw(law, coefficients: values, features: features)
        } catch {
            found.add(.card, "\(error)")
            return found.list
        }
        var generator = ConformanceGenerator(seed: seed)
        for index in 0..<points {
            let run = generator.run(in: card.validity, epochs: index.isMultiple(of: 2) ? 0.05...0.95 : 1.1...50)
            do {
                try check(compiled, card, run, &found)
            } catch {
                found.add(.finite, "\(error)")
            }
        }
        return found.list
    }

    private func check(
        _ law: CompiledLaw, _ card: ModelCard, _ run: ConformanceGenerator.Run, _ found: inout Findings
    ) throws {
        let (n, d, u) = (run.parameters, run.tokens, run.uniqueTokens)
        let gradient = try law.gradient(parameters: n, tokens: d, uniqueTokens: u)
        let scale = abs(gradient.loss)

        func compare(_ name: String, _ slope: Double, at value: Double, _ loss: (Double) throws -> Double) rethrows {
            guard value != 0 else { return }
            let (difference, error) = try Differences.slope(at: value, loss)
            let allowed = 1e-6 * abs(difference) + 10 * error + 1e-9 * scale / abs(value)
            if abs(slope - difference) > allowed {
                found.add(.slopes, "the slope in \(name) is \(slope), differences give \(difference), at \(run)")
            }
        }
        try compare("N", gradient.byParameters, at: n) {
            try law.loss(parameters: $0, tokens: d, uniqueTokens: u)
        }
        try compare("D", gradient.byTokens, at: d) { try law.loss(parameters: n, tokens: $0, uniqueTokens: u) }
        try compare("U", gradient.byUniqueTokens, at: u) { try law.loss(parameters: n, tokens: d, uniqueTokens: $0) }
        let slopes = try law.coefficientGradient(parameters: n, tokens: d, uniqueTokens: u)
        for (index, coefficient) in card.coefficients.enumerated() {
            var values = law.coefficients
            let value = values[index]
            let step = 0.02 * abs(value)
            guard value - step > coefficient.lowerBound, value + step < coefficient.upperBound else { continue }
            try compare(coefficient.name, slopes[index], at: value) {
                values[index] = $0
                return try law.with(coefficients: values).loss(parameters: n, tokens: d, uniqueTokens: u)
            }
        }

        // Without repeated data.
        let fresh = try law.gradient(parameters: n, tokens: d, uniqueTokens: 2 * d)
        let slack = 1e-12 * scale
        if fresh.byParameters * n > slack {
            found.add(.fallsWithParameters, "one more parameter costs \(fresh.byParameters) at \(run), all data fresh")
        }
        if fresh.byTokens * d > slack {
            found.add(.fallsWithFreshData, "one more fresh token costs \(fresh.byTokens) at \(run)")
        }
        if gradient.byUniqueTokens * u > slack {
            found.add(.fallsWithUniqueData, "one more unique token costs \(gradient.byUniqueTokens) at \(run)")
        }
        if gradient.loss < fresh.loss - slack {
            found.add(.fallsWithUniqueData, "repeats give \(gradient.loss), fresh data \(fresh.loss), at \(run)")
        }
        switch card.repetition {
        case .none:
            if abs(gradient.loss - fresh.loss) > slack {
                found.add(
                    .repetition, "the card says that repeats count like fresh data, but the loss differs at \(run)")
            }
        case .curve:
            if gradient.byTokens * d > slack {
                found.add(.repetition, "the card says that repeats never harm, but a token costs at \(run)")
            }
        case .penalty: break
        }
    }

    // MARK: Curves

    /// The promises that a repetition curve does not keep; empty when it keeps them all.
    ///
    /// - Complexity: O(*n*) in the points.
    public func violations(of curve: any RepetitionCurve) -> [ConformanceViolation] {
        var found = Findings(exceptions: exceptions)
        let card = curve.card
        check(card, formula: curve.formula, again: curve.formula, symbols: Self.lawSymbols.union([.epochs]), &found)
        guard let values = startingValues(card, &found) else { return found.list }
        let compiled: CompiledCurve
        do {
            compiled = try CompiledCurve(curve, coefficients: values, features: features)
        } catch {
            found.add(.card, "\(error)")
            return found.list
        }
        var generator = ConformanceGenerator(seed: seed)
        for _ in 0..<points {
            let run = generator.run(in: card.validity, epochs: 0.05...60)
            do {
                try check(compiled, run, &found)
            } catch {
                found.add(.finite, "\(error)")
            }
        }
        return found.list
    }

    private func check(_ curve: CompiledCurve, _ run: ConformanceGenerator.Run, _ found: inout Findings) throws {
        func value(_ epochs: Double) throws -> Double {
            try curve.value(epochs: epochs, parameters: run.parameters, tokens: run.tokens)
        }
        let epochs = run.tokens / run.uniqueTokens
        let (worth, slope) = try curve.valueAndSlope(epochs: epochs, parameters: run.parameters, tokens: run.tokens)
        for part in [0, 0.3, 1] {
            let below = try value(part)
            if abs(below - part) > 1e-12 {
                found.add(.identityUpToOnePass, "\(part) passes are worth \(below)")
            }
        }
        if slope < -1e-12 { found.add(.neverFalls, "the slope at \(epochs) passes is \(slope)") }
        let (later, laterSlope) = try curve.valueAndSlope(
            epochs: epochs * 1.3, parameters: run.parameters, tokens: run.tokens)
        if later < worth - 1e-12 { found.add(.neverFalls, "more than \(epochs) passes are worth less") }
        if laterSlope > slope + 1e-12 {
            found.add(.concave, "the slope grows from \(slope) at \(epochs) passes to \(laterSlope) at \(epochs * 1.3)")
        }
        if worth > epochs * (1 + 1e-12) {
            found.add(.concave, "\(epochs) passes are worth \(worth), more than fresh data")
        }
        if abs(epochs - 1) > 0.05 {
            let (difference, error) = try Differences.slope(at: epochs, value)
            if abs(slope - difference) > 1e-6 * abs(difference) + 10 * error + 1e-9 {
                found.add(.slopes, "the slope at \(epochs) passes is \(slope), differences give \(difference)")
            }
        }
    }

    // MARK: Cards

    private static let lawSymbols: Set<RunSymbol> = [.parameters, .tokens, .uniqueTokens, .repetitions, .compute]

    private func check(
        _ card: ModelCard, formula: Formula, again: Formula, symbols: Set<RunSymbol>, _ found: inout Findings
    ) {
        do {
            try card.validate()
            try card.prior?.validate(coefficients: card.coefficientNames, model: card.identifier)
        } catch {
            found.add(.card, "\(error)")
        }
        if card.identifier.isEmpty
            || !card.identifier.allSatisfy({ $0.isLowercase || $0.isNumber || "-_.".contains($0) })
        {
            found.add(.card, "the identifier '\(card.identifier)' is not in lower case with hyphens")
        }
        if card.summary.isEmpty { found.add(.card, "there is no summary") }
        if card.provenance.source.isEmpty { found.add(.provenance, "the provenance names no source") }
        let used = Set(formula.coefficientNames)
        for name in card.coefficientNames where !used.contains(name) {
            found.add(.card, "the formula does not use the coefficient '\(name)'")
        }
        for name in used.subtracting(card.coefficientNames).sorted() {
            found.add(.card, "the card does not list the coefficient '\(name)'")
        }
        if formula != again { found.add(.formula, "asked twice, it gives two formulas") }
        let features = formula.symbols.compactMap { symbol in
            if case .feature(let name) = symbol { name } else { nil }
        }
        do {
            let read = try Formula(
                parsing: formula.description, coefficients: card.coefficientNames, features: features, symbols: symbols)
            if read != formula { found.add(.formula, "its text reads back as \(read)") }
        } catch {
            found.add(.formula, "its text does not read back: \(error)")
        }
    }

    private func startingValues(_ card: ModelCard, _ found: inout Findings) -> [Double]? {
        var values: [Double] = []
        for coefficient in card.coefficients {
            if let value = coefficient.value {
                values.append(value)
            } else if let start = coefficient.start {
                let middle =
                    start.lowerBound > 0
                    ? (start.lowerBound * start.upperBound).squareRoot() : (start.lowerBound + start.upperBound) / 2
                values.append(middle)
            } else {
                found.add(.card, "the coefficient '\(coefficient.name)' has neither a value nor a start")
                return nil
            }
        }
        return values
    }
}

/// The findings so far: at most a few for each rule, so that a report stays readable.
private struct Findings {
    var list: [ConformanceViolation] = []
    let exceptions: Set<ConformanceViolation.Rule>

    init(exceptions: Set<ConformanceViolation.Rule>) {
        self.exceptions = exceptions
    }

    mutating func add(_ rule: ConformanceViolation.Rule, _ detail: String) {
        guard !exceptions.contains(rule), list.count(where: { $0.rule == rule }) < 3 else { return }
        list.append(ConformanceViolation(rule, detail))
    }
}
