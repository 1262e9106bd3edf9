public import DataMixing

/// Every source in proportion to its unique tokens, so that all have the same number of passes.
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
