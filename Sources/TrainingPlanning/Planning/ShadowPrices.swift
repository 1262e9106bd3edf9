/// What a little more of something scarce would buy: the fall of the cost, planned anew with 1 % more of it.
public struct ShadowPrices: Sendable, Hashable {
    /// Of unique tokens, or `nil` where it is not known.
    public var uniqueTokens: Double?

    /// Of training compute, or `nil` without a budget.
    public var flops: Double?

    /// The further compute that would buy as much as 1 % more unique tokens; `nil` without a budget, or where no
    /// compute would.
    public var uniqueTokensInFLOPs: Double?

    /// The limits that bind.
    public var limits: [LimitPrice]

    /// The law at whose own plan the prices hold, where several were weighed and each run's excess has no price; `nil`
    /// where they are those of the plan itself.
    public var law: String?

    /// Creates a set of prices.
    init(uniqueTokens: Double?, flops: Double?, uniqueTokensInFLOPs: Double? = nil, limits: [LimitPrice] = []) {
        self.uniqueTokens = uniqueTokens
        self.flops = flops
        self.uniqueTokensInFLOPs = uniqueTokensInFLOPs
        self.limits = limits
    }
}
