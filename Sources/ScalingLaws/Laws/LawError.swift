import Quantities

/// An error in a model, in its coefficients, or in the run to evaluate.
public enum LawError: Error, Equatable, Sendable {
    /// A quantity that must be positive and finite is not.
    case unusableQuantity(String, value: Double)

    /// The formula uses a coefficient that the model's card does not list.
    case unlistedCoefficient(String, model: String)

    /// The card or file lists a coefficient twice.
    case duplicateCoefficient(String, model: String)

    /// A coefficient has no value.
    case missingCoefficient(String, model: String)

    /// A value was given for a coefficient that the model does not have.
    case unknownCoefficient(String, known: [String], model: String)

    /// A value is not finite or outside the coefficient's bounds.
    case coefficientOutOfBounds(String, value: Double, lower: Double, upper: Double, model: String)

    /// A set of values is longer or shorter than the model's list of coefficients.
    case wrongCoefficientCount(Int, expected: [String], model: String)

    /// The formula needs a feature of the run that was not given.
    case missingFeature(String, model: String)

    /// A part of the formula came out infinite or not a number.
    case notFinite(part: String, value: Double, run: String, model: String)

    /// The formula is nested more deeply than any law needs.
    case formulaTooDeep(Int, model: String)

    /// The formula uses a symbol that has no meaning for this kind of model.
    case misplacedSymbol(String, model: String)

    /// A term of a prior cannot be used with the model.
    case unusablePrior(String, reason: String, model: String)

    /// A column of a run table is longer or shorter than the others.
    case unevenColumn(String, count: Int, expected: Int)

    /// A registry already holds a model of that name.
    case duplicateName(String, kind: String)

    /// A registry holds no model of that name.
    case unknownName(String, kind: String, nearest: [String], known: [String])
}

extension LawError: CustomStringConvertible {
    /// One sentence that names the fault, its place, and what to do.
    public var description: String {
        switch self {
        case .unusableQuantity(let name, let value):
            "\(name) must be a positive, finite number, not \(Quantity.exact(value))"
        case .unlistedCoefficient(let name, let model):
            "the formula of law '\(model)' uses '\(name)', which is neither a symbol nor among its coefficients: "
                + "list it with its bounds, or correct the formula"
        case .duplicateCoefficient(let name, let model):
            "law '\(model)' lists the coefficient '\(name)' twice: keep one"
        case .missingCoefficient(let name, let model):
            "law '\(model)' has no value for its coefficient '\(name)': fit the law to your runs, or give the value"
        case .unknownCoefficient(let name, let known, let model):
            "law '\(model)' has no coefficient '\(name)'; it has \(known.joined(separator: ", "))"
        case .coefficientOutOfBounds(let name, let value, let lower, let upper, let model):
            "coefficient '\(name)' of law '\(model)' is \(Quantity.exact(value)), outside its bounds \(Self.bounds(lower, upper))"
        case .wrongCoefficientCount(let count, let expected, let model):
            "law '\(model)' has \(expected.count) coefficients (\(expected.joined(separator: ", "))), "
                + "but \(count) values were given"
        case .missingFeature(let name, let model):
            "law '\(model)' needs the run's '\(name)': give it with the run, or as a column of the run table"
        case .notFinite(let part, let value, let run, let model):
            "law '\(model)' has no finite value at \(run): the part \(part) is \(Quantity.exact(value))"
        case .formulaTooDeep(let depth, let model):
            "the formula of law '\(model)' is nested \(depth) levels deep, more than the "
                + "\(CompiledFormula.maximumDepth) allowed"
        case .misplacedSymbol(let symbol, let model):
            "the formula of '\(model)' uses '\(symbol)', which only repetition curves may use"
        case .unusablePrior(let quantity, let reason, let model):
            "the prior on '\(quantity)' cannot be used with law '\(model)': \(reason)"
        case .unevenColumn(let name, let count, let expected):
            "the column '\(name)' has \(count) values where the table has \(expected) runs"
        case .duplicateName(let name, let kind):
            "a \(kind) named '\(name)' is already registered: choose another name"
        case .unknownName(let name, let kind, let nearest, let known):
            "there is no \(kind) named '\(name)'"
                + (nearest.isEmpty
                    ? "; known are \(known.joined(separator: ", "))"
                    : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?")
        }
    }

    private static func bounds(_ lower: Double, _ upper: Double) -> String {
        Quantity.range(from: lower, to: upper, Quantity.exact)
    }
}
