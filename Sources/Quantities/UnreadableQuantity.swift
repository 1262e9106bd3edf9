/// Why a text is not read as a quantity.
public struct UnreadableQuantity: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with it, and how to write it where that can be guessed: a clause without a full stop.
    public let reason: String

    /// Whether the text is a number that has no finite value, as `NaN` and `inf`.
    public let isNotFinite: Bool

    /// Creates a reason.
    public init(_ reason: String, isNotFinite: Bool = false) {
        self.reason = reason
        self.isNotFinite = isNotFinite
    }

    /// The reason.
    public var description: String { reason }
}
