public import DataMixing

/// Every source in proportion to its unique tokens: one pass over everything, or the same number of passes over all.
public struct ProportionalMixture: MixtureMethod {
    /// Creates the method.
    public init() {}

    /// `proportional`.
    public let identifier = "proportional"

    /// One line on how weights are chosen.
    public let summary = "in proportion to unique tokens"

    /// Natural shares.
    public func weights(for question: MixtureQuestion) -> [Double] { question.naturalShares }

    /// KL to natural shares in nats.
    public func objective(of allocation: MixtureAllocation, for question: MixtureQuestion) -> MixtureObjective? {
        MixtureObjective("KL to natural shares", value: allocation.divergence, unit: .nats)
    }
}
