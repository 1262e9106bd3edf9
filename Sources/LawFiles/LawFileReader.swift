import OrderedJSON
import ScalingLaws

/// Reads law files, and checks the rules that their tables of fields cannot state.
struct LawFileReader {
    let file: String
    let forms: Registry<any ScalingLaw>

    func law(_ bytes: [UInt8]) throws(LawFileError) -> FileLaw {
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes)
        } catch {
            throw fail("", "unusable JSON: \(error.reason) at line \(error.line), column \(error.column)")
        }
        guard case .object = root else { throw fail("", "a law file is a JSON object, not \(root.kindInWords)") }
        try checkFormat(root)
        var unknown: [JSONUnknownKey] = []
        let content: LawFileContent
        do {
            content = try LawFileContent(root, unknownKeys: &unknown)
        } catch {
            throw fail(error.path, error.reason)
        }
        guard content.name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
            throw fail("name", "'\(content.name)' is not a name: use letters, digits, '-', '_' and '.'")
        }
        guard LossUnit(rawValue: content.setup.lossUnit) != nil else {
            throw fail(
                "setup.loss_unit",
                "'\(content.setup.lossUnit)' is no unit of losses known here: write "
                    + "\(LossUnit.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))")
        }
        let (formula, coefficients, inherited) = try statement(content, try coefficients(content))
        var card = ModelCard(
            identifier: content.name, summary: content.summary, coefficients: coefficients,
            repetition: content.repetition ?? inherited, validity: content.validity, setup: content.setup,
            provenance: content.provenance, warnings: content.warnings + unknown.map(warning),
            covariance: content.covariance, ensemble: content.ensemble, family: content.family,
            evidence: content.evidence, prior: content.prior, forecastError: content.forecastError,
            recipeDoubt: content.recipeDoubt)
        if content.repetition == nil, content.form == nil,
            !formula.symbols.isDisjoint(with: [.repetitions, .uniqueTokens])
        {
            card.repetition = .penalty
            card.warnings.append(
                "The law file does not say how it treats repetition; taken as a penalty, because its formula uses U or R."
            )
        }
        if card.provenance.source.isEmpty { card.provenance.source = file }
        if card.prior?.source.isEmpty == true { card.prior?.source = file }
        try check(card)
        var law = FileLaw(card: card, form: content.form, statedFormula: formula)
        law.madeBy = content.madeBy
        law.repetitionCurve = content.form.flatMap { forms[$0]?.repetitionCurve }
        try checkStart(law, content.features)
        return law
    }

    private func fail(_ place: String, _ reason: String) -> LawFileError {
        LawFileError(file: file, place: place, reason: reason)
    }

    private func warning(_ unknown: JSONUnknownKey) -> String {
        let nearest = nearestNames(to: unknown.key, among: unknown.known, limit: 1).first
        return "The law file's key '\(unknown.path)' is not known and was passed over"
            + (nearest.map { "; did you mean '\($0)'?" } ?? ".")
    }

    // MARK: Parts

    private func checkFormat(_ root: JSONValue) throws(LawFileError) {
        guard case .string(let format)? = root["format"] else {
            throw fail("format", "missing: write \"format\": \"\(FileLaw.formatName)\"")
        }
        guard format == FileLaw.formatName else {
            throw fail("format", "this is a '\(format)' file, not a '\(FileLaw.formatName)' one")
        }
        guard let version = root["version"] else { throw fail("version", "missing: write \"version\": 1") }
        guard case .integer(let number) = version, number >= 1 else {
            throw fail("version", "must be a whole number from 1 up")
        }
        guard number <= FileLaw.version else {
            throw fail(
                "version",
                "a law file of version \(number), and this datawall reads up to \(FileLaw.version): use a newer datawall"
            )
        }
    }

    private func statement(
        _ content: LawFileContent, _ listed: [Coefficient]
    ) throws(LawFileError) -> (Formula, [Coefficient], RepetitionTreatment) {
        switch (content.formula, content.form) {
        case (nil, nil): throw fail("", "neither a 'formula' nor a 'form': give one")
        case (.some, .some): throw fail("", "both a 'formula' and a 'form': give one")
        case (.some(let text), nil):
            for coefficient in listed {
                if ["N", "D", "U", "R", "C", "r"].contains(coefficient.name) {
                    throw fail(
                        "coefficients.\(coefficient.name)",
                        "'\(coefficient.name)' is a symbol of the run: choose another name")
                }
                if content.features.contains(coefficient.name) {
                    throw fail("coefficients.\(coefficient.name)", "also listed as a feature: choose another name")
                }
            }
            let formula: Formula
            do {
                formula = try Formula(parsing: text, coefficients: listed.map(\.name), features: content.features)
            } catch {
                throw fail("formula", "\(error)")
            }
            let used = Set(formula.coefficientNames)
            if let idle = listed.first(where: { !used.contains($0.name) }) {
                throw fail("coefficients.\(idle.name)", "the formula does not use '\(idle.name)': remove it")
            }
            return (formula, listed, .none)
        case (nil, .some(let form)):
            let law: any ScalingLaw
            do {
                law = try forms.model(named: form)
            } catch {
                throw fail("form", "\(error)")
            }
            let card = law.card
            for coefficient in listed where !card.coefficientNames.contains(coefficient.name) {
                throw fail(
                    "coefficients.\(coefficient.name)",
                    "form '\(form)' has no coefficient '\(coefficient.name)'; "
                        + "it has \(card.coefficientNames.joined(separator: ", "))")
            }
            var coefficients: [Coefficient] = []
            for known in card.coefficients {
                if known.isHeld, !listed.contains(where: { $0.name == known.name }) {
                    coefficients.append(known)
                    continue
                }
                guard var own = listed.first(where: { $0.name == known.name }) else {
                    throw fail("coefficients", "form '\(form)' needs '\(known.name)', which is missing")
                }
                if own.lowerBound == -.infinity { own.lowerBound = known.lowerBound }
                if own.upperBound == .infinity { own.upperBound = known.upperBound }
                if own.start == nil { own.start = known.start }
                if own.unit.isEmpty { own.unit = known.unit }
                if own.summary.isEmpty { own.summary = known.summary }
                coefficients.append(own)
            }
            return (law.formula, coefficients, card.repetition)
        }
    }

    private func coefficients(_ content: LawFileContent) throws(LawFileError) -> [Coefficient] {
        var coefficients: [Coefficient] = []
        for (name, entry) in content.coefficients {
            guard let first = name.first, first.isLetter || first == "_",
                name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            else {
                throw fail(
                    "coefficients.\(name)", "'\(name)' is not a name: use letters, digits and '_', a letter first")
            }
            coefficients.append(entry.coefficient)
            coefficients[coefficients.count - 1].name = name
        }
        return coefficients
    }

    /// Checks the rules that tables of fields cannot state: the card against itself.
    private func check(_ card: ModelCard) throws(LawFileError) {
        let count = card.coefficients.count
        for (key, rows) in [("covariance", card.covariance ?? []), ("ensemble", card.ensemble)] {
            for (index, row) in rows.enumerated() where row.count != count {
                throw fail("\(key)[\(index)]", "must be \(count) numbers, one for each coefficient in order")
            }
        }
        if let covariance = card.covariance, covariance.count != count {
            throw fail("covariance", "\(covariance.count) rows for \(count) coefficients")
        }
        if let doubt = card.recipeDoubt, !card.coefficientNames.contains(doubt.coefficient) {
            throw fail("recipe_doubt.coefficient", "must name one of the law's coefficients")
        }
        do {
            try card.validate()
            try card.prior?.validate(coefficients: card.coefficientNames, model: card.identifier)
        } catch {
            throw fail("coefficients", "\(error)")
        }
    }

    /// Evaluates the law where a fit or a plan would begin, so that a division by zero shows at once.
    private func checkStart(_ law: FileLaw, _ features: [String]) throws(LawFileError) {
        var values: [Double] = []
        for coefficient in law.card.coefficients {
            guard let value = coefficient.value ?? coefficient.start.map({ ($0.lowerBound + $0.upperBound) / 2 })
            else { return }
            values.append(value)
        }
        let range = law.card.validity
        let parameters = middle(range.parameters) ?? 1e9
        let unique = middle(range.uniqueTokens) ?? 1e10
        let tokens = middle(range.tokens) ?? 2 * unique
        do {
            let known = Dictionary(features.map { ($0, 1.0) }, uniquingKeysWith: { first, _ in first })
            let compiled = try CompiledLaw(law, coefficients: values, features: known)
            try compiled.validate(parameters: parameters, tokens: tokens, uniqueTokens: unique)
            _ = try compiled.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
        } catch {
            throw fail(law.form == nil ? "formula" : "coefficients", "\(error)")
        }
    }

    private func middle(_ range: ClosedRange<Double>?) -> Double? {
        range.map { ($0.lowerBound * $0.upperBound).squareRoot() }
    }
}
