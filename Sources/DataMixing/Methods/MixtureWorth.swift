/// The worth of a mixture's tokens: the five sums that plans and laws need.
public struct MixtureWorth: Sendable, Hashable {
    /// D, the training tokens.
    public var tokens: Double

    /// Σ q·U·ρ(epochs): unique tokens weighted by quality (with a mean of 1 over the supply), repeats discounted.
    public var effectiveTokens: Double

    /// Σ U·ρ(epochs): the same with every token worth 1.
    public var freshTokens: Double

    /// The unique tokens that are read at least once: Σ min(tokens, U), computed from copies if they stay in the files.
    public var uniqueTokensRead: Double

    /// The token-weighted mean over sources of reads of a text beyond its first: R̄ = Σ w·max(epochs − 1, 0).
    public var repeats: Double

    /// Creates the sums.
    public init(
        tokens: Double, effectiveTokens: Double, freshTokens: Double, uniqueTokensRead: Double, repeats: Double
    ) {
        self.tokens = tokens
        self.effectiveTokens = effectiveTokens
        self.freshTokens = freshTokens
        self.uniqueTokensRead = uniqueTokensRead
        self.repeats = repeats
    }
}
