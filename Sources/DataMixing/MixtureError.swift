import Quantities
public import ScalingLaws

/// Why a supply cannot be used or a mixture cannot be made.
public enum MixtureError: Error, Equatable, Sendable {
    /// A quantity is zero, negative, not a number, or out of its range.
    case unusableQuantity(String, value: Double, expected: String)

    /// The question contradicts itself.
    case contradiction(String)

    /// No mixture keeps every limit; the sentence names the limit that fails and the nearest value that can be kept.
    case infeasible(String, nearest: Double?)

    /// A law or a curve cannot be used.
    case law(LawError)

    /// Whether the question is sound and only has no answer.
    public var isInfeasible: Bool {
        if case .infeasible = self { true } else { false }
    }

    static func check(_ value: Double, _ name: String) throws(MixtureError) {
        guard value > 0, value < .infinity else {
            throw .unusableQuantity(name, value: value, expected: "a positive, finite number")
        }
    }
}

extension MixtureError: CustomStringConvertible {
    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .unusableQuantity(let name, let value, let expected):
            "\(name) must be \(expected), not \(Quantity.exact(value))"
        case .contradiction(let message), .infeasible(let message, _): message
        case .law(let error): error.description
        }
    }
}
