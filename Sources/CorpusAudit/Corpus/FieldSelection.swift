/// Which fields of a record an audit reads.
public struct FieldSelection: Sendable, Hashable {
    /// The field that holds the text.
    public var text: FieldPath
    /// Further fields, whose texts are appended to that of ``text`` with line feeds between them, in this order.
    public var furtherTexts: [FieldPath] = []
    /// The field that names the record's source, or `nil` where the shard decides.
    public var source: FieldPath?
    /// The field that holds the record's quality, or `nil` where every record weighs the same.
    public var quality: FieldPath?
    /// How a score becomes a weight; without a map the score is the weight.
    public var qualityMap: QualityMap?
    /// The condition that records must fulfil to be read; `nil` reads all.
    public var condition: RecordCondition?

    /// Whether texts are joined from several fields, or from the elements of lists.
    var joinsTexts: Bool { !furtherTexts.isEmpty || text.hasLists }

    /// All fields of the text, in their order.
    var texts: [FieldPath] { [text] + furtherTexts }

    /// The fields of the text as messages name them.
    var textKeys: String { texts.map(\.description).joined(separator: ", ") }

    /// Creates a selection; by default only the field `text`.
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
