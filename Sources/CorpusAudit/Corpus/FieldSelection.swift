/// Which fields of a record an audit reads.
public struct FieldSelection: Sendable, Hashable {
    /// The field that holds the text.
    public var text: FieldPath
    /// The field that names the record's source, or `nil` where the shard decides.
    public var source: FieldPath?
    /// The field that holds the record's quality, or `nil` where every record weighs the same.
    public var quality: FieldPath?
    /// How a score becomes a weight; without a map the score is the weight.
    public var qualityMap: QualityMap?

    /// Creates a selection; by default the field `text` alone.
    public init(
        text: FieldPath = .text,
        source: FieldPath? = nil,
        quality: FieldPath? = nil,
        qualityMap: QualityMap? = nil
    ) {
        self.text = text
        self.source = source
        self.quality = quality
        self.qualityMap = qualityMap
    }
}
