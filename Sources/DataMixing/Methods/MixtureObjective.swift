/// The objective that a mixture method optimises, and its value for one mixture.
public struct MixtureObjective: Sendable, Hashable {
    /// The unit of a value.
    public enum Unit: String, Sendable, Hashable {
        /// Tokens; more is better.
        case tokens

        /// Nats; less is better.
        case nats
    }

    /// The objective in words, such as `effective less pull`.
    public var name: String

    /// Its value.
    public var value: Double

    /// The unit of the value.
    public var unit: Unit

    /// Creates an objective.
    public init(_ name: String, value: Double, unit: Unit) {
        self.name = name
        self.value = value
        self.unit = unit
    }
}
