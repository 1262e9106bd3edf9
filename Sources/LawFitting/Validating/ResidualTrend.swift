/// Whether a fit's errors depend on a quantity that they should not depend on.
public struct ResidualTrend: Sendable, Hashable {
    /// The mean error over a stretch of the quantity.
    public struct Bin: Sendable, Hashable {
        /// The least value of the quantity.
        public let from: Double

        /// The largest value.
        public let to: Double

        /// How many runs are between.
        public let runs: Int

        /// Their mean log(L̂/L).
        public let meanResidual: Double
    }

    /// The quantity: params, tokens, unique_tokens, epochs, flops, tokens_per_parameter or params_per_unique_token.
    public let quantity: String

    /// The runs in stretches of equal number, by ascending value.
    public let bins: [Bin]

    /// The share of shuffles whose errors vary as much between the stretches; small if there is structure.
    public let probability: Double

    /// Whether the errors show structure, at one in a hundred.
    public var hasStructure: Bool { probability < 0.01 }
}
