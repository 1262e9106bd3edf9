import Quantities
public import ScalingLaws

/// All that a law or curve says about itself, for a terminal.
public struct ModelDescription: Sendable {
    private let card: ModelCard
    private let statements: [(subject: String, formula: Formula)]
    private let isLaw: Bool

    /// Describes a law.
    public init(_ law: any ScalingLaw) {
        card = law.card
        statements = [("L", law.formula)]
        isLaw = true
    }

    /// Describes a repetition curve.
    public init(_ curve: any RepetitionCurve) {
        card = curve.card
        statements = [("rho", curve.formula)]
        isLaw = true
    }

    /// Describes a rule for hyperparameters.
    public init(_ rule: any HyperparameterLaw) {
        card = rule.card
        let formulas: [(String, Formula?)] = [
            ("batch (tokens)", rule.batchFormula), ("learning rate", rule.learningRateFormula),
            ("weight decay", rule.weightDecayFormula), ("epochs", rule.epochsFormula),
        ]
        statements = formulas.compactMap { subject, formula in formula.map { (subject, $0) } }
        isLaw = false
    }

    /// The description, line by line.
    ///
    /// - Parameter explained: Whether provenance, evidence and bounds follow; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    /// - Complexity: O(*n*) in the coefficients.
    public func text(explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        answer.say("\(card.identifier): \(card.summary)")
        answer.skipLine()
        for (subject, formula) in statements {
            let (statement, parts) = formula.textWithParts()
            answer.say("  \(subject) = \(statement)")
            answer.say(parts.reversed().map { "  \($0.name) = \($0.text)" })
        }
        answer.say(symbols)
        answer.skipLine()
        answer.show(shortCoefficients, of: "coefficient")
        answer.say(range)
        answer.remark(card.warnings.map { "! " + $0 })
        answer.explain("Coefficients", coefficients)
        answer.explain("Setup", isLaw ? ["repetition   \(repetition)"] + setup : [])
        answer.explain("Provenance", provenance)
        answer.explain("Evidence", evidence)
        answer.hint("--json prints the law file")
        return answer.lines(explained: explained)
    }

    private var provenance: [String] {
        var lines = ["constants    \(card.provenance.kind.rawValue): \(card.provenance.source)"]
        if let method = card.provenance.method { lines.append("method       \(method)") }
        if !card.ensemble.isEmpty { lines.append("ensemble     \(card.ensemble.count) further sets of values") }
        if let family = card.family { lines.append("family       \(family)") }
        return lines
    }

    private var evidence: [String] {
        var lines = card.evidence.map {
            "evidence     \($0.regime.rawValue.spelled): differences err by \(Quantity.percent($0.contrastError)) "
                + "(\($0.runs) runs: \($0.data); \($0.command))"
        }
        if let prior = card.prior {
            lines.append("prior        \(prior.isDefault ? "used by fits" : "with --prior card"): \(prior.source)")
            lines += prior.terms.map {
                "             \($0.quantity): \(Quantity.significant($0.center, digits: 4)) ± \(Quantity.significant($0.width, digits: 3))"
            }
        }
        if let error = card.forecastError {
            lines.append(
                "forecasts    err \(Quantity.percent(Swift.max(error.growth, ForecastError.leastGrowth))) more with each tenfold "
                    + "compute beyond \(Quantity.significant(error.compute, digits: 3)) FLOPs (90 % quantile)")
        }
        return lines
    }

    private var shortCoefficients: TextTable {
        var table = TextTable(columns: [
            "coefficient": .left, "value": .right,
            card.ensemble.isEmpty ? "std. error" : "5 % to 95 %": .right, "meaning": .left,
        ])
        for (index, coefficient) in card.coefficients.enumerated() {
            let doubt =
                card.ensemble.isEmpty ? coefficient.standardError.map(Self.number) ?? "–" : interval(index)
            table.add([
                coefficient.name, coefficient.value.map(Self.number) ?? "your fit", doubt,
                coefficient.summary + (coefficient.isHeld ? " (held in fits)" : ""),
            ])
        }
        return table
    }

    private var symbols: String {
        let meanings: [(RunSymbol, String)] = [
            (.parameters, "N parameters"), (.tokens, "D tokens processed"), (.uniqueTokens, "U unique tokens used"),
            (.repetitions, "R = max(D/U - 1, 0)"), (.compute, "C = 6*N*D"), (.epochs, "r passes over the source"),
        ]
        let used = statements.reduce(into: Set<RunSymbol>()) { $0.formUnion($1.formula.symbols) }
        let features = used.compactMap { symbol in
            if case .feature(let name) = symbol { "\(name) of the run" } else { nil }
        }
        return "  "
            + (meanings.filter { used.contains($0.0) }.map(\.1) + features.sorted()).joined(separator: ", ")
            + "; natural logarithms"
    }

    private var coefficients: [String] {
        let hasEnsemble = !card.ensemble.isEmpty
        let columns: KeyValuePairs<String, TextTable.Alignment> =
            hasEnsemble
            ? [
                "coefficient": .left, "value": .right, "5 % to 95 %": .left, "bounds": .left, "unit": .left,
                "meaning": .left,
            ]
            : [
                "coefficient": .left, "value": .right, "std. error": .right, "bounds": .left, "unit": .left,
                "meaning": .left,
            ]
        var table = TextTable(columns: columns)
        for (index, coefficient) in card.coefficients.enumerated() {
            table.add([
                coefficient.name, coefficient.value.map(Self.number) ?? "your fit",
                hasEnsemble ? interval(index) : coefficient.standardError.map(Self.number) ?? "–",
                Self.bounds(coefficient), coefficient.unit,
                coefficient.summary + (coefficient.isHeld ? " (held in fits)" : ""),
            ])
        }
        return table.lines
    }

    /// The range of the middle nine tenths of the ensemble's values of a coefficient.
    private func interval(_ index: Int) -> String {
        guard let first = card.ensemble.first, card.ensemble.contains(where: { $0[index] != first[index] }),
            let range = card.ensembleRange(of: index)
        else { return "held" }
        return Quantity.range(range) { Quantity.significant($0, digits: 4) }
    }

    /// The number as its source prints it, or seven digits if it has many.
    private static func number(_ value: Double) -> String {
        let exact = "\(value)"
        guard exact.count <= 9 else { return Quantity.significant(value, digits: 7) }
        return exact.hasSuffix(".0") ? String(exact.dropLast(2)) : exact
    }

    private static func bounds(_ coefficient: Coefficient) -> String {
        Quantity.range(from: coefficient.lowerBound, to: coefficient.upperBound, number)
    }

    private var repetition: String {
        switch card.repetition {
        case .none: "none: repeated tokens count like fresh ones, so it holds for single-epoch runs only"
        case .curve: "curve: repeats are worth less and less, and never harm"
        case .penalty: "penalty: repeats add to the loss, and past some point harm"
        }
    }

    private var setup: [String] {
        let setup = card.setup
        var parts: [String] = []
        if let corpus = setup.corpus { parts.append("corpus \(corpus)") }
        if let tokenizer = setup.tokenizer { parts.append("tokenizer \(tokenizer)") }
        if let ratio = setup.bytesPerToken { parts.append("\(Quantity.fixed(ratio, decimals: 2)) bytes a token") }
        parts.append("loss in \(setup.lossUnit)")
        if let decay = setup.weightDecay { parts.append("weight decay \(Quantity.significant(decay, digits: 3))") }
        return ["setup        " + parts.joined(separator: ", ")]
    }

    private var range: [String] {
        let ranges: [(String, ClosedRange<Double>?)] = [
            ("N", card.validity.parameters), ("D", card.validity.tokens), ("U", card.validity.uniqueTokens),
            ("epochs", card.validity.epochs), ("C", card.validity.compute), ("D/N", card.validity.tokensPerParameter),
            ("N/U", card.validity.parametersPerUniqueToken),
        ]
        let known = ranges.compactMap { name, range in
            range.map { "\(name) \(Quantity.short($0.lowerBound)) to \(Quantity.short($0.upperBound))" }
        }
        return ["fitted on    " + (known.isEmpty ? "not known" : known.joined(separator: ", "))]
    }
}
