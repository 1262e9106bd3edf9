/// Why a text is not read as a quantity.
public struct UnreadableQuantity: Error, Equatable, Sendable, CustomStringConvertible {
    /// The mistake, and the right spelling if it can be guessed: a clause without a full stop.
    public let reason: String

    /// The kind of reason.
    public enum Kind: Sendable {
        /// The text is not a number at all.
        case noNumber

        /// The text is a number that has no finite value, as `NaN` and `inf`.
        case notFinite

        /// The text is a number that must be written in another way, or another number.
        case spelling
    }

    /// The kind of reason.
    public let kind: Kind

    /// Creates a reason.
    public init(_ reason: String, kind: Kind = .spelling) {
        self.reason = reason
        self.kind = kind
    }

    /// The reason.
    public var description: String { reason }
}
