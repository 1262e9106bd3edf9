/// How far the unique data reach.
public struct DataWall: Sendable, Hashable {
    /// The least compute at which the law uses every unique token once: beyond it, data repeat.
    ///
    /// `nil` where the law has no such point, or several laws were weighed.
    public var flops: Double?

    /// The model size there.
    public var parameters: Double?

    /// The tokens for each parameter that the largest models are counted at.
    public var tokensPerParameter: Double

    /// The largest model that one pass over the unique tokens supports at that ratio.
    public var largestModel: Double

    /// The largest model that the plan's passes support at that ratio.
    public var largestModelAtPlanEpochs: Double

    /// The tokens per parameter that are compute-optimal by rule of thumb.
    ///
    /// Source: Hoffmann et al. 2022, arXiv:2203.15556, table 3.
    public static let usualTokensPerParameter = 20.0
}

extension DataWall {
    /// A wall before its fields are read from a file.
    package static let blank = DataWall(tokensPerParameter: 0, largestModel: 0, largestModelAtPlanEpochs: 0)
}
