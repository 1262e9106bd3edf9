/// The effect of more of a scarce resource: a new plan with it.
public struct Prospect: Sendable, Hashable {
    /// The quantity that is larger.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// Unique tokens of the same composition.
        case uniqueTokens = "unique_tokens"

        /// Training compute.
        case flops
    }

    /// The quantity that is larger.
    public var quantity: Quantity

    /// How many times as much.
    public var factor: Double

    /// The saving, in the unit of the plan's prices.
    public var gain: Double

    /// N of the plan with it.
    public var parameters: Double

    /// D of the plan with it.
    public var tokens: Double

    /// Its passes over the unique tokens.
    public var epochs: Double

    /// The factors that plans are made anew with.
    static let factors = [1.01, 2, 10]
}

extension Prospect {
    /// A prospect before its fields are read from a file.
    package static let blank = Prospect(
        quantity: .flops, factor: 1, gain: 0, parameters: 0, tokens: 0, epochs: 0)
}
