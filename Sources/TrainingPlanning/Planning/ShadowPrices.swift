/// The savings from a little more of a scarce resource: the fall of the cost in a new plan with 1 % more of it.
///
/// In the objective's unit; under several laws the fall of the mean of ln cost over their draws.
public struct ShadowPrices: Sendable, Hashable {
    /// The saving from 1 % more unique tokens, or `nil` if unknown.
    public var uniqueTokens: Double?

    /// Of training compute, or `nil` without a budget.
    public var flops: Double?

    /// The further compute that would save as much as 1 % more unique tokens; `nil` without a budget, or if no compute
    /// would.
    public var uniqueTokensInFLOPs: Double?

    /// The limits that bind.
    public var limits: [LimitPrice]

    /// Creates a set of prices.
    init(uniqueTokens: Double?, flops: Double?, uniqueTokensInFLOPs: Double? = nil, limits: [LimitPrice] = []) {
        self.uniqueTokens = uniqueTokens
        self.flops = flops
        self.uniqueTokensInFLOPs = uniqueTokensInFLOPs
        self.limits = limits
    }
}

extension ShadowPrices {
    /// Prices before their fields are read from a file.
    package static let blank = ShadowPrices(uniqueTokens: nil, flops: nil)
}
