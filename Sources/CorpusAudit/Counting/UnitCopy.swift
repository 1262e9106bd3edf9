/// One record among those of a text, with all that decides which copy owns it.
struct UnitCopy {
    /// The source's place in the audit.
    var source: Int
    /// The place of the origin by source, then path.
    var rank: Int
    /// The weight of the document's score in millionths.
    var quality: UInt32
    /// The document's score, or ``RecordRows/noScore``.
    var score: Double
    /// In the unit of a ``TokenMeasure``.
    var tokens: Int
    var bytes: Int
    var copies: Int
    var position: UInt64

    @inline(__always)
    init(
        _ record: UnitRecord, from origin: DuplicateCounter.Origin, tokens: Int, quality: QualityWeight = .one,
        score: Double = RecordRows.noScore
    ) {
        source = origin.source
        rank = origin.rank
        self.quality = quality.millionths
        self.score = score
        self.tokens = tokens
        bytes = Int(record.bytes)
        copies = record.copies
        position = record.position
    }

    /// Whether two copies add the same to all sums.
    @inline(__always)
    func countsLike(_ other: UnitCopy) -> Bool {
        source == other.source && tokens == other.tokens && bytes == other.bytes && quality == other.quality
            && score.bitPattern == other.score.bitPattern
    }

    /// The order in which copies own a text, all else being equal: source, path, position.
    ///
    /// Two copies in one document can differ in tokens: its last line may lack the line feed that others have. The one
    /// with more tokens is first then, as it does in the document; bytes go before, which no tokenizer decides.
    static func precedes(_ left: UnitCopy, _ right: UnitCopy) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        if left.position != right.position { return left.position < right.position }
        return (left.bytes, left.tokens) > (right.bytes, right.tokens)
    }

    /// The order in which copies own a text: the weight of their source times their own quality, then ``precedes(_:_:)``.
    ///
    /// `weights` are those of the sources, in millionths, by place.
    static func owns(_ left: UnitCopy, before right: UnitCopy, weights: [UInt64]) -> Bool {
        let leftWeight = weights[left.source] * UInt64(left.quality)
        let rightWeight = weights[right.source] * UInt64(right.quality)
        return leftWeight != rightWeight ? leftWeight > rightWeight : precedes(left, right)
    }
}
