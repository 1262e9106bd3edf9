import Quantities

/// The description of a model: its identity, its numbers, their source, and the range where they hold.
///
/// A number without provenance does not ship. Where no constants are known, the coefficients carry no values and the
/// provenance says that they come from the user's fit.
public struct ModelCard: Sendable, Hashable {
    /// The name that commands and files use, in lower case with hyphens, such as `chinchilla-rounded`.
    public var identifier: String

    /// A description of the model, in one line.
    public var summary: String

    /// The coefficients, in the order of every vector of their values.
    public var coefficients: [Coefficient]

    /// How the model treats repeated data.
    public var repetition: RepetitionTreatment

    /// The range that the model was fitted on.
    public var validity: ValidityRange

    /// The experiments that the numbers belong to.
    public var setup: ModelSetup

    /// The source of the numbers.
    public var provenance: Provenance

    /// Warnings that go with every use, one sentence each.
    public var warnings: [String]

    /// The covariance of the coefficients' values, row by row, where known.
    public var covariance: [[Double]]?

    /// Further sets of values that the data behind the model support equally well, each in the order of `coefficients`.
    public var ensemble: [[Double]]

    /// The family: laws that share data and form, and so share one vote; `nil` for a law on its own.
    public var family: String?

    /// How well the law ranks runs that it was not fitted to, by regime; empty where nobody measured it.
    public var evidence: [LawEvidence]

    /// The prior knowledge of the coefficients, before a user's runs are measured.
    public var prior: CoefficientPrior?

    /// The error of forecasts beyond that of the ensemble, as measured on the runs behind the numbers.
    public var forecastError: ForecastError?

    /// How far a coefficient differs for other training recipes, where known.
    public var recipeDoubt: RecipeDoubt?

    /// Creates a card.
    public init(
        identifier: String,
        summary: String,
        coefficients: [Coefficient],
        repetition: RepetitionTreatment = .none,
        validity: ValidityRange = ValidityRange(),
        setup: ModelSetup = ModelSetup(),
        provenance: Provenance,
        warnings: [String] = [],
        covariance: [[Double]]? = nil,
        ensemble: [[Double]] = [],
        family: String? = nil,
        evidence: [LawEvidence] = [],
        prior: CoefficientPrior? = nil,
        forecastError: ForecastError? = nil,
        recipeDoubt: RecipeDoubt? = nil
    ) {
        self.identifier = identifier
        self.summary = summary
        self.coefficients = coefficients
        self.repetition = repetition
        self.validity = validity
        self.setup = setup
        self.provenance = provenance
        self.warnings = warnings
        self.covariance = covariance
        self.ensemble = ensemble
        self.family = family
        self.evidence = evidence
        self.prior = prior
        self.forecastError = forecastError
        self.recipeDoubt = recipeDoubt
    }

    /// The names of the coefficients, in order.
    public var coefficientNames: [String] {
        coefficients.map(\.name)
    }

    /// Whether every coefficient has a value, so that the model can be evaluated as it ships.
    public var hasValues: Bool {
        coefficients.allSatisfy { $0.value != nil }
    }

    /// The values of all coefficients, in order.
    ///
    /// - Throws: ``LawError/missingCoefficient(_:model:)`` if one has none.
    public func values() throws(LawError) -> [Double] {
        var values: [Double] = []
        for coefficient in coefficients {
            guard let value = coefficient.value else {
                throw .missingCoefficient(coefficient.name, model: identifier)
            }
            values.append(value)
        }
        return values
    }

    /// Refuses coefficients that are named twice, values out of bounds, and sets of the wrong length.
    ///
    /// - Throws: A ``LawError`` that names the coefficient.
    public func validate() throws(LawError) {
        var seen: Set<String> = []
        for coefficient in coefficients {
            guard seen.insert(coefficient.name).inserted else {
                throw .duplicateCoefficient(coefficient.name, model: identifier)
            }
            if let value = coefficient.value { try check(value, of: coefficient) }
        }
        for member in ensemble { try validate(member) }
    }

    /// The card with some values set by the user, which hold in every set of the ensemble and have no uncertainty.
    ///
    /// - Throws: A ``LawError`` for a value out of bounds.
    func replacing(_ replacements: [String: Double]) throws(LawError) -> ModelCard {
        var card = self
        for (index, coefficient) in coefficients.enumerated() {
            guard let value = replacements[coefficient.name] else { continue }
            try check(value, of: coefficient)
            card.coefficients[index].value = value
            card.coefficients[index].standardError = nil
            card.provenance.setByHand.append("\(coefficient.name) = \(Quantity.exact(value))")
            for member in card.ensemble.indices { card.ensemble[member][index] = value }
            guard var covariance = card.covariance, covariance.count == coefficients.count else { continue }
            for other in coefficients.indices {
                covariance[index][other] = 0
                covariance[other][index] = 0
            }
            card.covariance = covariance
        }
        return card
    }

    /// Checks a set of values: its length, and that each value is finite and within bounds.
    ///
    /// - Throws: A ``LawError`` that names the coefficient.
    public func validate(_ values: [Double]) throws(LawError) {
        guard values.count == coefficients.count else {
            throw .wrongCoefficientCount(values.count, expected: coefficientNames, model: identifier)
        }
        for (value, coefficient) in zip(values, coefficients) { try check(value, of: coefficient) }
    }

    private func check(_ value: Double, of coefficient: Coefficient) throws(LawError) {
        guard value.isFinite, value >= coefficient.lowerBound, value <= coefficient.upperBound else {
            throw .coefficientOutOfBounds(
                coefficient.name, value: value, lower: coefficient.lowerBound, upper: coefficient.upperBound,
                model: identifier)
        }
    }
}
