/// What one law advises, and what that advice costs under the others.
public struct LawPlan: Sendable, Hashable {
    /// The law.
    public var law: String

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// Passes over the unique tokens.
    public var epochs: Double

    /// The law's loss at its own plan, on its own corpus.
    public var loss: Double?

    /// For each other law, its excess cost at this law's plan over its own best, in the objective's unit.
    public var crossExcess: [String: Double]

    /// Further local optima, the best first.
    public var otherBasins: [Recommendation] = []
}
