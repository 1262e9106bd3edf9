/// What one source gets in a mixture.
public struct SourceAllocation: Sendable, Hashable {
    /// The source.
    public var source: SourceSupply

    /// Its share of the training tokens.
    public var weight: Double

    /// Its training tokens.
    public var tokens: Double

    /// Passes over its unique tokens.
    public var epochs: Double

    /// Its part of the effective tokens, q·U·ρ(epochs).
    public var effectiveTokens: Double

    /// Whether it stands at its cap.
    public var isBinding: Bool

    /// Whether it is read more often than its cap allows, as methods that know no caps may have it.
    public var exceedsCap: Bool

    /// Whether it gets less than its floor, as methods that know no floors may have it.
    public var missesFloor: Bool

    /// What one more unique token in it would add to the effective tokens.
    ///
    /// At a binding cap of a solved mixture the cap moves along; else its weight stays.
    public var uniqueTokenPrice: Double

    /// What one more pass allowed by its cap would add to the effective tokens; `nil` where the mixture was not solved
    /// for.
    public var capPrice: Double?
}
