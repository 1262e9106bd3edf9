/// How a fit changes when the runs change a little.
public struct Sensitivity: Sendable, Hashable {
    /// One change, with the coefficients that result.
    public struct Change: Sendable, Hashable {
        /// The name of the change.
        public let name: String

        /// How many runs were left.
        public let runs: Int

        /// The coefficients, in the order of the law's card.
        public let coefficients: [Double]

        /// The best size at ten times the largest compute, where the law has one.
        public let bestParameters: Double?
    }

    /// The names of the coefficients.
    public let names: [String]

    /// The best size at ten times the largest compute under the fit itself.
    public let bestParameters: Double?

    /// The compute that best sizes are for.
    public let compute: Double

    /// The standard deviation of each coefficient when losses carry noise of 0.001 nats.
    public let noise: [Double]

    /// The standard deviation of log best size under the same noise.
    public let bestParametersNoise: Double?

    /// The fits without the smallest and without the largest quarter of the models.
    public let changes: [Change]

    /// Why some change is missing, one sentence each.
    public let notes: [String]
}
