public import OrderedJSON
import ScalingLaws

extension FileLaw {
    /// The law as JSON, keys in the order that law files have.
    ///
    /// - Complexity: O(*n*) in the numbers of the card.
    public var json: JSONValue {
        var members: [JSONMember] = []
        func add(_ key: String, _ value: JSONValue) { members.append(JSONMember(key: key, value: value)) }
        add("format", .string(Self.formatName))
        add("version", .integer(Self.version))
        add("name", .string(card.identifier))
        add("summary", .string(card.summary))
        if let form {
            add("form", .string(form))
        } else {
            add("formula", .string(statedFormula.description))
        }
        let features = featureNames
        if !features.isEmpty { add("features", .array(features.map { .string($0) })) }
        add(
            "coefficients",
            .object(card.coefficients.map { JSONMember(key: $0.name, value: Self.json($0)) }))
        add("repetition", .string(card.repetition.rawValue))
        var setup: [JSONMember] = [
            JSONMember(key: "corpus", value: Self.json(card.setup.corpus)),
            JSONMember(key: "tokenizer", value: Self.json(card.setup.tokenizer)),
            JSONMember(key: "bytes_per_token", value: Self.json(card.setup.bytesPerToken)),
            JSONMember(key: "loss_unit", value: .string(card.setup.lossUnit)),
        ]
        if let decay = card.setup.weightDecay {
            setup.append(JSONMember(key: "weight_decay", value: .number(decay)))
        }
        if !card.setup.countsEmbeddings { setup.append(JSONMember(key: "counts_embeddings", value: .bool(false))) }
        add("setup", .object(setup))
        let ranges: [(String, ClosedRange<Double>?)] = [
            ("parameters", card.validity.parameters), ("tokens", card.validity.tokens),
            ("unique_tokens", card.validity.uniqueTokens), ("epochs", card.validity.epochs),
            ("compute", card.validity.compute),
        ]
        add(
            "validity",
            .object(
                ranges.compactMap { key, range in
                    range.map { JSONMember(key: key, value: Self.json($0)) }
                }))
        var provenance = [
            JSONMember(key: "kind", value: .string(card.provenance.kind.rawValue)),
            JSONMember(key: "source", value: .string(card.provenance.source)),
        ]
        if let method = card.provenance.method {
            provenance.append(JSONMember(key: "method", value: .string(method)))
        }
        add("provenance", .object(provenance))
        if let family = card.family { add("family", .string(family)) }
        if let prior = card.prior { add("prior", Self.json(prior)) }
        if let error = card.forecastError { add("forecast_error", Self.json(error)) }
        if let doubt = card.recipeDoubt {
            add(
                "recipe_doubt",
                .object([
                    JSONMember(key: "coefficient", value: .string(doubt.coefficient)),
                    JSONMember(key: "log_width", value: .number(doubt.logWidth)),
                ]))
        }
        if !card.warnings.isEmpty { add("warnings", .array(card.warnings.map { .string($0) })) }
        if let covariance = card.covariance { add("covariance", Self.json(covariance)) }
        if !card.ensemble.isEmpty { add("ensemble", Self.json(card.ensemble)) }
        return .object(members)
    }

    /// The text of the law's file: the same bytes for the same law, on every machine.
    public var fileText: String {
        json.fileText()
    }

    private var featureNames: [String] {
        statedFormula.symbols.compactMap { symbol in
            if case .feature(let name) = symbol { name } else { nil }
        }.sorted()
    }

    private static func json(_ coefficient: Coefficient) -> JSONValue {
        var members = [JSONMember(key: "value", value: json(coefficient.value))]
        if let error = coefficient.standardError {
            members.append(JSONMember(key: "standard_error", value: .number(error)))
        }
        if coefficient.lowerBound.isFinite {
            members.append(JSONMember(key: "min", value: .number(coefficient.lowerBound)))
        }
        if coefficient.upperBound.isFinite {
            members.append(JSONMember(key: "max", value: .number(coefficient.upperBound)))
        }
        if let start = coefficient.start { members.append(JSONMember(key: "start", value: json(start))) }
        if coefficient.isHeld { members.append(JSONMember(key: "held", value: true)) }
        if !coefficient.unit.isEmpty { members.append(JSONMember(key: "unit", value: .string(coefficient.unit))) }
        if !coefficient.summary.isEmpty {
            members.append(JSONMember(key: "summary", value: .string(coefficient.summary)))
        }
        return .object(members)
    }

    private static func json(_ prior: CoefficientPrior) -> JSONValue {
        .object([
            JSONMember(
                key: "terms",
                value: .array(
                    prior.terms.map {
                        .object([
                            JSONMember(key: "quantity", value: .string($0.quantity)),
                            JSONMember(key: "center", value: .number($0.center)),
                            JSONMember(key: "width", value: .number($0.width)),
                        ])
                    })),
            JSONMember(key: "source", value: .string(prior.source)),
            JSONMember(key: "default", value: .bool(prior.isDefault)),
        ])
    }

    private static func json(_ error: ForecastError) -> JSONValue {
        .object([
            JSONMember(
                key: "scatter",
                value: .array(error.scatter.map { .array([.number($0.logLoss), .number($0.quantile)]) })),
            JSONMember(key: "growth_per_decade", value: .number(error.growth)),
            JSONMember(key: "flops", value: .number(error.compute)),
        ])
    }

    private static func json(_ value: Double?) -> JSONValue {
        value.map { .number($0) } ?? .null
    }

    private static func json(_ value: String?) -> JSONValue {
        value.map { .string($0) } ?? .null
    }

    private static func json(_ range: ClosedRange<Double>) -> JSONValue {
        [.number(range.lowerBound), .number(range.upperBound)]
    }

    private static func json(_ rows: [[Double]]) -> JSONValue {
        .array(rows.map { .array($0.map { .number($0) }) })
    }
}
