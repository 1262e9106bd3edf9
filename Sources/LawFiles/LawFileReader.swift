import OrderedJSON
import ScalingLaws

/// Reads law files key by key, so that every message can say where.
struct LawFileReader {
    let file: String
    let forms: Registry<any ScalingLaw>

    static let keys = [
        "format", "version", "name", "summary", "formula", "form", "features", "coefficients", "repetition", "setup",
        "validity", "provenance", "family", "prior", "forecast_error", "recipe_doubt", "warnings", "covariance",
        "ensemble",
    ]

    func law(_ bytes: [UInt8]) throws(LawFileError) -> FileLaw {
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes)
        } catch {
            throw fail("", "unusable JSON: \(error.reason) at line \(error.line), column \(error.column)")
        }
        guard case .object(let members) = root else {
            throw fail("", "a law file is a JSON object, not \(root.kindInWords)")
        }
        try checkFormat(root)
        var warnings = try strings(root["warnings"], "warnings")
        warnings += unknownKeys(members, Self.keys, "")

        let name = try requiredString(root, "name")
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
            throw fail("name", "'\(name)' is not a name: use letters, digits, '-', '_' and '.'")
        }
        let features = try strings(root["features"], "features")
        let listed = try coefficients(root, &warnings)
        let (form, formula, coefficients, inherited) = try statement(root, listed, features)

        var repetition = inherited
        if let text = try string(root["repetition"], "repetition") {
            guard let known = RepetitionTreatment(rawValue: text) else {
                throw fail("repetition", "'\(text)' is not one of none, curve, penalty")
            }
            repetition = known
        } else if form == nil, !formula.symbols.isDisjoint(with: [.repetitions, .uniqueTokens]) {
            repetition = .penalty
            warnings.append(
                "The law file does not say how it treats repetition; taken as a penalty, because its formula uses U or R."
            )
        }
        var card = ModelCard(
            identifier: name, summary: try string(root["summary"], "summary") ?? "", coefficients: coefficients,
            repetition: repetition, validity: try validity(root["validity"], &warnings),
            setup: try setup(root["setup"], &warnings), provenance: try provenance(root["provenance"], &warnings),
            warnings: warnings, covariance: try matrix(root["covariance"], "covariance", coefficients.count),
            ensemble: try matrix(root["ensemble"], "ensemble", coefficients.count) ?? [])
        card.family = try string(root["family"], "family")
        card.prior = try prior(root["prior"], &card.warnings)
        card.forecastError = try forecastError(root["forecast_error"], &card.warnings)
        card.recipeDoubt = try recipeDoubt(root["recipe_doubt"], card)
        if let covariance = card.covariance, covariance.count != coefficients.count {
            throw fail("covariance", "\(covariance.count) rows for \(coefficients.count) coefficients")
        }
        do {
            try card.validate()
            try card.prior?.validate(coefficients: card.coefficientNames, model: card.identifier)
        } catch {
            throw fail("coefficients", "\(error)")
        }
        var law = FileLaw(card: card, form: form, statedFormula: formula)
        law.repetitionCurve = form.flatMap { forms[$0]?.repetitionCurve }
        try checkStart(law, features)
        return law
    }

    // MARK: Parts

    private func checkFormat(_ root: JSONValue) throws(LawFileError) {
        let format = try requiredString(root, "format")
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
        _ root: JSONValue, _ listed: [Coefficient], _ features: [String]
    ) throws(LawFileError) -> (String?, Formula, [Coefficient], RepetitionTreatment) {
        let text = try string(root["formula"], "formula")
        let form = try string(root["form"], "form")
        switch (text, form) {
        case (nil, nil): throw fail("", "neither a 'formula' nor a 'form': give one")
        case (.some, .some): throw fail("", "both a 'formula' and a 'form': give one")
        case (.some(let text), nil):
            for coefficient in listed {
                if ["N", "D", "U", "R", "C", "r"].contains(coefficient.name) {
                    throw fail(
                        "coefficients.\(coefficient.name)",
                        "'\(coefficient.name)' is a symbol of the run: choose another name")
                }
                if features.contains(coefficient.name) {
                    throw fail("coefficients.\(coefficient.name)", "also listed as a feature: choose another name")
                }
            }
            let formula: Formula
            do {
                formula = try Formula(parsing: text, coefficients: listed.map(\.name), features: features)
            } catch {
                throw fail("formula", "\(error)")
            }
            let used = Set(formula.coefficientNames)
            if let idle = listed.first(where: { !used.contains($0.name) }) {
                throw fail("coefficients.\(idle.name)", "the formula does not use '\(idle.name)': remove it")
            }
            return (nil, formula, listed, .none)
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
            return (form, law.formula, coefficients, card.repetition)
        }
    }

    private func coefficients(_ root: JSONValue, _ warnings: inout [String]) throws(LawFileError) -> [Coefficient] {
        guard let value = root["coefficients"] else { throw fail("coefficients", "missing") }
        guard case .object(let members) = value else {
            throw fail("coefficients", "must be an object of names, not \(value.kindInWords)")
        }
        var result: [Coefficient] = []
        for member in members {
            let place = "coefficients.\(member.key)"
            guard let first = member.key.first, first.isLetter || first == "_",
                member.key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            else {
                throw fail(place, "'\(member.key)' is not a name: use letters, digits and '_', a letter first")
            }
            if let plain = member.value.double {
                result.append(Coefficient(member.key, value: plain))
                continue
            }
            guard case .object(let details) = member.value else {
                throw fail(place, "must be a number or an object with a value, not \(member.value.kindInWords)")
            }
            let keys = ["value", "standard_error", "min", "max", "start", "held", "unit", "summary"]
            warnings += unknownKeys(details, keys, place + ".")
            let start = try range(member.value["start"], place + ".start", positive: false)
            let coefficient = Coefficient(
                member.key, value: try number(member.value["value"], place + ".value"),
                standardError: try number(member.value["standard_error"], place + ".standard_error"),
                lowerBound: try number(member.value["min"], place + ".min") ?? -.infinity,
                upperBound: try number(member.value["max"], place + ".max") ?? .infinity, start: start,
                isHeld: try bool(member.value["held"], place + ".held") ?? false,
                unit: try string(member.value["unit"], place + ".unit") ?? "",
                summary: try string(member.value["summary"], place + ".summary") ?? "")
            guard coefficient.lowerBound <= coefficient.upperBound else {
                throw fail(place, "its min \(coefficient.lowerBound) is above its max \(coefficient.upperBound)")
            }
            if let start,
                start.lowerBound < coefficient.lowerBound || start.upperBound > coefficient.upperBound
            {
                throw fail(
                    place + ".start",
                    "\(start.lowerBound) to \(start.upperBound) reaches outside the bounds "
                        + "\(coefficient.lowerBound) to \(coefficient.upperBound)")
            }
            result.append(coefficient)
        }
        return result
    }

    private func validity(_ value: JSONValue?, _ warnings: inout [String]) throws(LawFileError) -> ValidityRange {
        guard let members = try object(value, "validity") else { return ValidityRange() }
        warnings += unknownKeys(
            members, ["parameters", "tokens", "unique_tokens", "epochs", "compute"], "validity.")
        return ValidityRange(
            parameters: try range(value?["parameters"], "validity.parameters", positive: true),
            tokens: try range(value?["tokens"], "validity.tokens", positive: true),
            uniqueTokens: try range(value?["unique_tokens"], "validity.unique_tokens", positive: true),
            epochs: try range(value?["epochs"], "validity.epochs", positive: false),
            compute: try range(value?["compute"], "validity.compute", positive: true))
    }

    private func setup(_ value: JSONValue?, _ warnings: inout [String]) throws(LawFileError) -> ModelSetup {
        guard let members = try object(value, "setup") else { return ModelSetup() }
        warnings += unknownKeys(
            members, ["corpus", "tokenizer", "bytes_per_token", "loss_unit", "weight_decay", "counts_embeddings"],
            "setup.")
        let bytesPerToken = try number(value?["bytes_per_token"], "setup.bytes_per_token")
        if let bytesPerToken, bytesPerToken <= 0 {
            throw fail("setup.bytes_per_token", "must be positive, not \(bytesPerToken)")
        }
        return ModelSetup(
            corpus: try string(value?["corpus"], "setup.corpus"),
            tokenizer: try string(value?["tokenizer"], "setup.tokenizer"), bytesPerToken: bytesPerToken,
            lossUnit: try string(value?["loss_unit"], "setup.loss_unit") ?? "nats/token",
            countsEmbeddings: try bool(value?["counts_embeddings"], "setup.counts_embeddings") ?? true,
            weightDecay: try number(value?["weight_decay"], "setup.weight_decay"))
    }

    private func provenance(_ value: JSONValue?, _ warnings: inout [String]) throws(LawFileError) -> Provenance {
        guard let members = try object(value, "provenance") else {
            return Provenance(kind: .user, source: file)
        }
        warnings += unknownKeys(members, ["kind", "source", "method"], "provenance.")
        let kind = try string(value?["kind"], "provenance.kind") ?? Provenance.Kind.user.rawValue
        guard let known = Provenance.Kind(rawValue: kind) else {
            let kinds = Provenance.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw fail("provenance.kind", "'\(kind)' is not one of \(kinds)")
        }
        return Provenance(
            kind: known, source: try string(value?["source"], "provenance.source") ?? file,
            method: try string(value?["method"], "provenance.method"))
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
