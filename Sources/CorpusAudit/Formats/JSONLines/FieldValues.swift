/// What a scan of one record found; its memory belongs to the record or the scanner and holds until the next scan.
struct FieldValues {
    /// The unescaped text, or `nil` where there is none or it is not a string.
    private(set) var text: UnsafeBufferPointer<UInt8>?
    /// What is at the text key, or `nil` where the key is missing.
    private(set) var textKind: JSONKind?
    /// Whether the text is surely ASCII; where false it may still be.
    var textIsASCII = true
    /// Where the text starts in the record.
    var textOffset = 0

    /// The unescaped source name, or the number at the source key as it is written.
    private(set) var source: UnsafeBufferPointer<UInt8>?
    /// The score at the quality key as it is written.
    private(set) var quality: UnsafeBufferPointer<UInt8>?

    /// The place among the fields of the text of the one that has no text, where several are joined.
    var faultyText: Int?
    /// Where a wanted key occurs the second time.
    private(set) var duplicateKeyOffset: Int?
    /// Where a string with half a surrogate pair starts.
    private(set) var loneSurrogateOffset: Int?

    /// Where NaN or an infinity is in a field that is not read.
    var nonFiniteOffset: Int?

    /// Whether there is anything to say of the record.
    var hasNotes: Bool { duplicateKeyOffset != nil || loneSurrogateOffset != nil || nonFiniteOffset != nil }

    /// Bytes of the scanner's scratch space in use.
    var scratchUsed = 0

    private static let text = 0, source = 1, quality = 2

    mutating func clear(_ slot: Int) {
        switch slot {
        case Self.text:
            text = nil
            textKind = nil
        case Self.source: source = nil
        default: quality = nil
        }
    }

    mutating func markKind(_ slot: Int, _ kind: JSONKind) {
        if slot == Self.text { textKind = kind }
    }

    mutating func setString(_ slot: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        switch slot {
        case Self.text: text = bytes
        case Self.source: source = bytes
        default: quality = bytes
        }
    }

    /// Takes a value that is not a string: numbers name sources and scores, nothing else does.
    ///
    /// NaN and the infinities are kept for what is said of them.
    mutating func setRaw(_ slot: Int, _ bytes: UnsafeBufferPointer<UInt8>, kind: JSONKind) {
        guard kind == .number || kind == .nonFinite else { return }
        if slot == Self.source, kind == .number { source = bytes }
        if slot == Self.quality { quality = bytes }
    }

    mutating func note(_ kind: ProblemKind, at offset: Int) {
        if kind == .duplicateKey {
            duplicateKeyOffset = duplicateKeyOffset ?? offset
        } else {
            loneSurrogateOffset = loneSurrogateOffset ?? offset
        }
    }
}
