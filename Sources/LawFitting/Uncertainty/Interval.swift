/// A range that holds a number with some probability.
public struct Interval: Sendable, Hashable {
    /// The lower end; −∞ if there is no lower bound.
    public let lower: Double

    /// The upper end; ∞ if there is no upper bound.
    public let upper: Double

    /// The probability.
    public let level: Double

    /// Creates an interval.
    public init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    /// Whether a number is inside, ends included.
    public func contains(_ value: Double) -> Bool {
        value >= lower && value <= upper
    }
}
