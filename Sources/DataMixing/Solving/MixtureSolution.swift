/// The best weights for a problem, with what proves it.
public struct MixtureSolution: Sendable, Hashable {
    /// The share of the training tokens that each source has, in the order of the problem's sources; they add up to 1.
    public var weights: [Double]

    /// Passes over each source.
    public var epochs: [Double]

    /// D_eff = Σ q·U·ρ(epochs), with the qualities of the problem.
    public var effectiveTokens: Double

    /// KL(w ‖ natural) in nats.
    public var divergence: Double

    /// How far the objective is from its optimum at most, in ln D_eff: a bound from the dual problem, not an estimate.
    public var gap: Double

    /// The water level: what one more training token is worth in effective tokens at the optimum.
    public var waterLevel: Double

    /// For each source, what one more unique token in it would add to D_eff, its cap moving along.
    public var uniqueTokenPrices: [Double]

    /// For each source, what one more pass allowed by its cap would add to D_eff; 0 where the cap does not bind.
    public var capPrices: [Double]
}
