/// The columns of a run's records besides fingerprint, bytes, origin and position.
struct RecordLayout: Sendable, Hashable {
    /// How many tokenizers counted.
    var tokenizers = 1
    /// Whether documents have scores.
    var hasScores = false

    /// One tokenizer and no scores: records without further columns.
    static let plain = RecordLayout()

    /// The most tokenizers that one audit counts with.
    static let mostTokenizers = 64

    var isPlain: Bool { self == .plain }

    /// 64-bit columns after a record: tokens of each tokenizer but the first, then the score.
    var columns: Int { tokenizers - 1 + (hasScores ? 1 : 0) }

    /// The bytes of a record in a run file.
    var stride: Int { MemoryLayout<UnitRecord>.stride + 8 * columns }

    /// The 32-bit words of a row in memory: tokens of each tokenizer, then the score in two.
    var rowWords: Int { tokenizers + (hasScores ? 2 : 0) }
}
