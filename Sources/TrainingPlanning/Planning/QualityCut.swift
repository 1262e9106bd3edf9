/// The best plan if only the best share of the unique tokens is kept.
///
/// A loss law knows nothing of quality: the excess is what the cut costs in data, to be weighed against what the better
/// data give.
public struct QualityCut: Sendable, Hashable {
    /// The share of the unique tokens that is kept.
    public var share: Double

    /// The lowest quality kept, relative to the mean of all.
    public var quality: Double

    /// The mean quality of what is kept, relative to the mean of all.
    public var meanQuality: Double

    /// The unique tokens kept.
    public var uniqueTokens: Double

    /// Passes over them.
    public var epochs: Double

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss that the law predicts; it knows nothing of quality.
    public var loss: Double?

    /// The cost beyond that of the plan for all data, in the objective's unit.
    public var excess: Double
}
