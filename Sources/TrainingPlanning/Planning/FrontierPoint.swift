/// The best plan at a number of epochs.
public struct FrontierPoint: Sendable, Hashable {
    /// Passes over the unique tokens.
    public var epochs: Double

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss; `nil` where several laws were weighed.
    public var loss: Double?

    /// The cost under the objective; where several laws were weighed, the largest excess over a law's own best.
    public var cost: Double

    /// What one more epoch would save; below 0 where it harms, `nil` where the limits allow none or it is not known.
    public var nextEpochGain: Double?
}
