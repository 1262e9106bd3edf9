/// A loss and its slopes in the quantities of the run.
public struct LossGradient: Sendable, Hashable {
    /// The loss.
    public var loss: Double

    /// ∂L/∂N.
    public var byParameters: Double

    /// ∂L/∂D, at fixed N and unique tokens available.
    public var byTokens: Double

    /// ∂L/∂U for the unique tokens *available*: 0 where the run does not use them all.
    public var byUniqueTokens: Double

    /// Creates a gradient.
    public init(loss: Double, byParameters: Double, byTokens: Double, byUniqueTokens: Double) {
        self.loss = loss
        self.byParameters = byParameters
        self.byTokens = byTokens
        self.byUniqueTokens = byUniqueTokens
    }
}
