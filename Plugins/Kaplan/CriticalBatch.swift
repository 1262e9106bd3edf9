public import ScalingLaws

/// The batch size at which time and compute trade evenly, by loss: B_crit(L) = B\*/L^(1/α_B).
///
/// Source: Kaplan and others 2020, arXiv:2001.08361: α_B = 0.21 and B\* = 2.1e8 tokens (2e8 in the
/// introduction).
public struct CriticalBatch: Sendable, Hashable {
    /// B\*, tokens.
    public let scale: Double

    /// α_B.
    public let exponent: Double

    /// Creates the law.
    ///
    /// - Parameters:
    ///   - scale: B\* in tokens.
    ///   - exponent: α_B.
    /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite.
    public init(scale: Double = 2.1e8, exponent: Double = 0.21) throws(LawError) {
        try Self.check(scale, "B*")
        try Self.check(exponent, "the exponent alpha_B")
        self.scale = scale
        self.exponent = exponent
    }

    /// The critical batch size at a loss.
    ///
    /// - Parameter loss: Nats per token.
    /// - Returns: Tokens.
    /// - Throws: `LawError.unusableQuantity` for a loss that is not positive and finite.
    public func tokens(atLoss loss: Double) throws(LawError) -> Double {
        try Self.check(loss, "the loss")
        return scale / Elementary.pow(loss, 1 / exponent)
    }

    /// The steps that a run would have needed at a very large batch size: S/(1 + B_crit/B).
    ///
    /// - Throws: `LawError.unusableQuantity` for a quantity that is not positive and finite.
    public func minimalSteps(steps: Double, batchTokens: Double, loss: Double) throws(LawError) -> Double {
        try Self.check(steps, "the number of steps")
        try Self.check(batchTokens, "the batch size")
        return steps / (1 + (try tokens(atLoss: loss)) / batchTokens)
    }

    /// The compute that a run would have needed at a very small batch size: C/(1 + B/B_crit).
    ///
    /// - Throws: `LawError.unusableQuantity` for a quantity that is not positive and finite.
    public func minimalCompute(compute: Double, batchTokens: Double, loss: Double) throws(LawError) -> Double {
        try Self.check(compute, "the compute (C)")
        try Self.check(batchTokens, "the batch size")
        return compute / (1 + batchTokens / (try tokens(atLoss: loss)))
    }

    private static func check(_ value: Double, _ name: String) throws(LawError) {
        guard value > 0, value < .infinity else { throw .unusableQuantity(name, value: value) }
    }
}
