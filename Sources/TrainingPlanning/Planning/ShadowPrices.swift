/// What a little more of something scarce would buy: the fall of the cost, planned anew with 1 % more of it.
public struct ShadowPrices: Sendable, Hashable {
    /// Of unique tokens, or `nil` where several laws were weighed.
    public var uniqueTokens: Double?

    /// Of training compute, or `nil` without a budget.
    public var flops: Double?
}
