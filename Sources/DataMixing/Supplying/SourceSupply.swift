/// One source of a supply: its unique tokens, its quality and its limits.
public struct SourceSupply: Sendable, Hashable {
    /// The source's name.
    public var name: String

    /// Its unique tokens: those whose owner is in this source, so that sources add up.
    public var uniqueTokens: Double

    /// The relative worth of its tokens; only ratios between sources matter.
    public var quality: Double

    /// Passes over the source that are allowed at most, or `nil` for no cap.
    public var maxEpochs: Double?

    /// The smallest share of the training tokens that the source must have.
    public var floor: Double

    /// How often its texts occur in its files, if copies stay; empty if they are removed or unknown.
    ///
    /// Only ratios of the buckets' tokens matter.
    public var copies: [CopyBucket]

    /// Creates a source.
    public init(
        name: String, uniqueTokens: Double, quality: Double = 1, maxEpochs: Double? = nil, floor: Double = 0,
        copies: [CopyBucket] = []
    ) {
        self.name = name
        self.uniqueTokens = uniqueTokens
        self.quality = quality
        self.maxEpochs = maxEpochs
        self.floor = floor
        self.copies = copies
    }
}
