package import OrderedJSON
package import ScalingLaws

/// A coefficient as a plain number, or as an object with its further facts.
struct CoefficientEntry: JSONRepresentable {
    var coefficient: Coefficient

    init(_ coefficient: Coefficient) { self.coefficient = coefficient }

    init(at place: JSONPlace) throws(JSONPathError) {
        switch place.value {
        case .integer, .number: coefficient = Coefficient("", value: try Double(at: place))
        case .object: coefficient = try Coefficient(at: place)
        default: throw place.wrongKind("a number or an object with a value")
        }
    }

    var json: JSONValue { coefficient.object }

    static var schema: [JSONMember] {
        [JSONMember(key: "oneOf", value: .array([.object(Double.schema), .object(Coefficient.schema)]))]
    }
}

/// All of a coefficient but its name, by which it is kept.
extension Coefficient: JSONRecord {
    package static let blank = Coefficient("")

    package static let fields: [JSONField<Coefficient>] = [
        .init(
            "value", \.value, "The value, or null where a fit is still to find it.", presence: .readIfPresent),
        .init("standard_error", \.standardError, "Its standard error.", presence: .writtenIfSet),
        .init("min", \.lowerBound, "The smallest value allowed, itself included.", presence: .writtenIfSet),
        .init("max", \.upperBound, "The largest value allowed, itself included.", presence: .writtenIfSet),
        .init(
            "start", \.start, "Where a fit starts its search: two numbers, the smaller first.",
            presence: .writtenIfSet),
        .init("held", \.isHeld, "Whether fits keep the value.", presence: .writtenIfSet),
        .init("unit", \.unit, "Its unit.", presence: .writtenIfSet),
        .init("summary", \.summary, "A description.", presence: .writtenIfSet),
    ]

    package func check(at place: JSONPlace) throws(JSONPathError) {
        guard lowerBound <= upperBound else {
            throw place.failure("has its min \(lowerBound) above its max \(upperBound)")
        }
        guard let start, start.lowerBound < lowerBound || start.upperBound > upperBound else { return }
        throw place.member("start", .null).failure(
            "\(start.lowerBound) to \(start.upperBound) reaches outside the bounds \(lowerBound) to \(upperBound)")
    }
}

extension ModelSetup: JSONRecord {
    package static let blank = ModelSetup()

    package static let fields: [JSONField<ModelSetup>] = [
        .init("corpus", \.corpus, "The corpus of the runs.", presence: .readIfPresent),
        .init("tokenizer", \.tokenizer, "The tokenizer of the runs.", presence: .readIfPresent),
        .init(
            "bytes_per_token", \.bytesPerToken, "Bytes of text per token.", .positive, presence: .readIfPresent),
        .init(
            "loss_unit", \.lossUnit, "The unit of losses: nats/token, bits/token or bits/byte.",
            presence: .readIfPresent),
        .init("weight_decay", \.weightDecay, "The weight decay of the runs.", .notNegative, presence: .writtenIfSet),
        .init(
            "counts_embeddings", \.countsEmbeddings,
            "Whether N counts the embeddings of vocabulary and position; true where left out.",
            presence: .writtenIfSet),
    ]
}

extension ValidityRange: JSONRecord {
    package static let blank = ValidityRange()

    package static let fields: [JSONField<ValidityRange>] = [
        .init("parameters", \.parameters, "N: two numbers, the smaller first.", presence: .writtenIfSet),
        .init("tokens", \.tokens, "D.", presence: .writtenIfSet),
        .init("unique_tokens", \.uniqueTokens, "U.", presence: .writtenIfSet),
        .init("epochs", \.epochs, "D/U.", presence: .writtenIfSet),
        .init("compute", \.compute, "Training compute in FLOPs.", presence: .writtenIfSet),
        .init("tokens_per_parameter", \.tokensPerParameter, "D/N.", presence: .writtenIfSet),
        .init("parameters_per_unique_token", \.parametersPerUniqueToken, "N/U.", presence: .writtenIfSet),
    ]

    package func check(at place: JSONPlace) throws(JSONPathError) {
        let quantities = [
            ("parameters", parameters), ("tokens", tokens), ("unique_tokens", uniqueTokens), ("compute", compute),
            ("tokens_per_parameter", tokensPerParameter),
            ("parameters_per_unique_token", parametersPerUniqueToken),
        ]
        for (key, range) in quantities {
            guard let range, range.lowerBound <= 0 else { continue }
            throw place.member(key, .null).failure("must be positive, not \(range.lowerBound)")
        }
    }
}

extension RepetitionTreatment: JSONRepresentable {}

extension Provenance.Kind: JSONRepresentable {}

extension Provenance: JSONRecord {
    package static let blank = Provenance(kind: .user, source: "")

    package static let fields: [JSONField<Provenance>] = [
        .init("kind", \.kind, "Who found the numbers.", presence: .readIfPresent),
        .init("source", \.source, "The paper or the runs.", presence: .readIfPresent),
        .init("method", \.method, "How they were found.", presence: .writtenIfSet),
    ]
}

extension CoefficientPrior: JSONRecord {
    package static let blank = CoefficientPrior([], source: "")

    package static let fields: [JSONField<CoefficientPrior>] = [
        .init("terms", \.terms, "What it states."),
        .init("source", \.source, "Where it comes from.", presence: .readIfPresent),
        .init(
            "default", \.isDefault, "Whether fits of the law use the prior unless told otherwise.",
            presence: .readIfPresent),
    ]
}

extension CoefficientPrior.Term: JSONRecord {
    package static let blank = CoefficientPrior.Term("", center: 0, width: 1)

    package static let fields: [JSONField<CoefficientPrior.Term>] = [
        .init(
            "quantity", \.quantity,
            "Coefficients or logarithms of coefficients, each times a number: log(A) - 19.5*alpha."),
        .init("center", \.center, "The mean."),
        .init("width", \.width, "The standard deviation.", .positive),
    ]
}

extension ForecastError: JSONRecord {
    package static let blank = ForecastError(scatter: [], growth: 0, compute: 0)

    package static let fields: [JSONField<ForecastError>] = [
        .init(
            "scatter", \.scatter, "Pairs of ln L, rising, and the 90 % quantile of the error near it.", .notEmpty),
        .init("growth_per_decade", \.growth, "How far the error grows over a decade of compute.", .notNegative),
        .init("flops", \.compute, "The largest compute of the fitted runs.", .positive),
    ]

    package func check(at place: JSONPlace) throws(JSONPathError) {
        for index in scatter.indices.dropFirst() where scatter[index - 1].logLoss >= scatter[index].logLoss {
            throw place.member("scatter[\(index)]", .null).failure(
                "must have a logarithm of a loss above the one before")
        }
    }
}

/// A pair of numbers.
extension ForecastError.Scatter: JSONRepresentable {
    package var json: JSONValue { [logLoss, quantile].json }

    package static var schema: [JSONMember] { ClosedRange<Double>.schema }

    package init(at place: JSONPlace) throws(JSONPathError) {
        let pair = try [Double](at: place)
        guard pair.count == 2, pair[1] >= 0 else {
            throw place.failure("must be the logarithm of a loss and a quantile of 0 or more")
        }
        self.init(logLoss: pair[0], quantile: pair[1])
    }
}

extension RecipeDoubt: JSONRecord {
    package static let blank = RecipeDoubt(coefficient: "", logWidth: 1)

    package static let fields: [JSONField<RecipeDoubt>] = [
        .init("coefficient", \.coefficient, "The coefficient that the recipe changes."),
        .init("log_width", \.logWidth, "The standard deviation of its logarithm between recipes.", .positive),
    ]
}

extension LawEvidence.Regime: JSONRepresentable {}

extension LawEvidence: JSONRecord {
    package static let blank = LawEvidence(regime: .oneEpoch, contrastError: 0, runs: 0, data: "", command: "")

    package static let fields: [JSONField<LawEvidence>] = [
        .init("regime", \.regime, "How often the runs passed over their data."),
        .init("contrast_error", \.contrastError, "The mean absolute error of differences, in ln L.", .positive),
        .init("runs", \.runs, "How many runs were compared.", .positive),
        .init("data", \.data, "The runs, in words."),
        .init("command", \.command, "The command that measures it.", presence: .readIfPresent),
    ]
}
