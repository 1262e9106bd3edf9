/// A minimum of an objective that a search came upon.
public struct LocalOptimum: Sendable, Hashable {
    /// The coefficients, in the order of the law's card.
    public let coefficients: [Double]

    /// The objective there.
    public let value: Double

    /// How many of the refined starts ended there.
    public let starts: Int
}
