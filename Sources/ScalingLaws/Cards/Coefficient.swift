/// A named number of a model: its value where one is known, its unit and the bounds it must keep.
public struct Coefficient: Sendable, Hashable {
    /// The name that the formula uses.
    public var name: String

    /// The value, or `nil` where no published or fitted one ships with the model.
    public var value: Double?

    /// The standard error of the value, where its source gives one.
    public var standardError: Double?

    /// The smallest value allowed, itself included.
    public var lowerBound: Double

    /// The largest value allowed, itself included.
    public var upperBound: Double

    /// The range in which a fit starts its search, or `nil` to search around the value.
    public var start: ClosedRange<Double>?

    /// Whether fits leave the coefficient at its value.
    public var isHeld: Bool

    /// The unit, such as `nats/token`; empty for a pure number.
    public var unit: String

    /// The meaning of the coefficient, in one line.
    public var summary: String

    /// Creates a coefficient.
    public init(
        _ name: String,
        value: Double? = nil,
        standardError: Double? = nil,
        lowerBound: Double = -.infinity,
        upperBound: Double = .infinity,
        start: ClosedRange<Double>? = nil,
        isHeld: Bool = false,
        unit: String = "",
        summary: String = ""
    ) {
        self.name = name
        self.value = value
        self.standardError = standardError
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.start = start
        self.isHeld = isHeld
        self.unit = unit
        self.summary = summary
    }
}
