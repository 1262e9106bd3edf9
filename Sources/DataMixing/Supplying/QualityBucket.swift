/// Unique tokens of about the same quality.
public struct QualityBucket: Sendable, Hashable {
    /// The relative worth of a token; only ratios matter.
    public var quality: Double

    /// The unique tokens.
    public var uniqueTokens: Double

    /// The source that they belong to, where known.
    public var source: String?

    /// Creates a bucket.
    public init(quality: Double, uniqueTokens: Double, source: String? = nil) {
        self.quality = quality
        self.uniqueTokens = uniqueTokens
        self.source = source
    }
}
