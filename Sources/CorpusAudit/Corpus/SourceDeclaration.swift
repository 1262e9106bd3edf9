/// A manifest's declaration of a source.
public struct SourceDeclaration: Sendable, Hashable {
    /// The source's name.
    public var name: String
    /// The weight of its tokens next to other sources'; documents' own quality multiplies it.
    public var quality: Double
    /// The most epochs a plan may take of it, or `nil` without a cap.
    public var maximumEpochs: Double?
    /// The least share of a mixture it must have, or `nil`.
    public var floor: Double?

    /// How scores of its records become weights, or `nil` where the manifest leaves that to the options.
    public var qualityMap: QualityMap?

    /// Creates a declaration.
    public init(
        name: String, quality: Double = 1, maximumEpochs: Double? = nil, floor: Double? = nil,
        qualityMap: QualityMap? = nil
    ) {
        self.name = name
        self.quality = quality
        self.maximumEpochs = maximumEpochs
        self.floor = floor
        self.qualityMap = qualityMap
    }
}
