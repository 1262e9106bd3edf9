/// How a bootstrap is done.
public struct BootstrapOptions: Sendable, Hashable {
    /// How many resamples are fitted.
    public var samples: Int

    /// The unit that is drawn.
    public var unit: ResampleUnit

    /// The seed of the draws.
    public var seed: UInt64

    /// Creates options.
    public init(samples: Int = 400, unit: ResampleUnit = .runs, seed: UInt64 = 1) {
        self.samples = samples
        self.unit = unit
        self.seed = seed
    }
}
