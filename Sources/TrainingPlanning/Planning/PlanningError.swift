import Quantities
public import ScalingLaws

/// A reason why no plan can be made.
public enum PlanningError: Error, Equatable, Sendable {
    /// A quantity is zero, negative, not a number, or out of its range.
    case unusableQuantity(String, value: Double, expected: String)

    /// The objective needs a quantity that was not given.
    case missing(PlanningQuantity, objective: String)

    /// Nothing bounds the plan: it could grow for ever.
    case unbounded(String)

    /// The request contradicts itself.
    case contradiction(String)

    /// The request is incomplete; the sentence says what to add.
    case incomplete(String)

    /// The law does not depend on a quantity that the objective needs.
    case unsuitableLaw(String)

    /// No plan keeps every limit; the sentence names the limit that fails and the nearest value that can be kept.
    case infeasible(String, nearest: Double?)

    /// A law cannot be used.
    case law(LawError)

    /// The supply cannot be used, or its sources cannot be mixed.
    case mixture(MixtureError)

    /// Whether the question was sound and only has no answer.
    public var isInfeasible: Bool {
        switch self {
        case .infeasible: true
        case .mixture(let error): error.isInfeasible
        default: false
        }
    }

    static func check(_ value: Double, _ name: String) throws(PlanningError) {
        guard value > 0, value < .infinity else {
            throw .unusableQuantity(name, value: value, expected: "a positive, finite number")
        }
    }
}

extension PlanningError: CustomStringConvertible {
    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .unusableQuantity(let name, let value, let expected):
            "\(name) must be \(expected), not \(Quantity.exact(value))"
        case .missing(let quantity, let objective): "the objective '\(objective)' needs \(quantity.inWords): give it"
        case .unbounded(let message), .contradiction(let message), .incomplete(let message),
            .unsuitableLaw(let message),
            .infeasible(let message, _):
            message
        case .law(let error): error.description
        case .mixture(let error): error.description
        }
    }
}
