/// What a model says about itself: who it is, its numbers, where they come from and where they hold.
///
/// A number without provenance does not ship. Where no constants are known, the coefficients carry no values and the
/// provenance says that they come from the user's fit.
public struct ModelCard: Sendable, Hashable {
    /// The name that commands and files use, in lower case with hyphens, such as `chinchilla-rounded`.
    public var identifier: String

    /// One line on what the model is.
    public var summary: String

    /// The coefficients, in the order of every vector of their values.
    public var coefficients: [Coefficient]

    /// What the model says about repeated data.
    public var repetition: RepetitionTreatment

    /// The range that the model was fitted on.
    public var validity: ValidityRange

    /// The experiments that the numbers belong to.
    public var setup: ModelSetup

    /// Where the numbers come from.
    public var provenance: Provenance

    /// Warnings that go with every use, one sentence each.
    public var warnings: [String]

    /// The covariance of the coefficients' values, row by row, where known.
    public var covariance: [[Double]]?

    /// Further sets of values that the data behind the model support as well, each in the order of `coefficients`.
    public var ensemble: [[Double]]

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
        ensemble: [[Double]] = []
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
    /// - Throws: ``LawError/missingCoefficient(_:model:)`` where one has none.
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

    /// Refuses a set of values of the wrong length, or with one that is not finite or out of bounds.
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
