/// The best plan at a number of epochs.
public struct FrontierPoint: Sendable, Hashable {
    /// Passes over the unique tokens.
    public var epochs: Double

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss.
    public var loss: Double
}
