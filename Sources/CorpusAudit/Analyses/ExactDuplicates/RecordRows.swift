/// Counts of several tokenizers, and scores, of the records of a run.
///
/// A plain record holds the count of the one tokenizer. With several tokenizers, or with scores, a record in memory
/// holds the number of a row here. In a run file, the first count is in the record and the rest after it.
struct RecordRows: Sendable {
    let layout: RecordLayout
    /// Rows one after the other.
    private(set) var words: [UInt32]

    init(layout: RecordLayout) {
        self.layout = layout
        words = []
    }

    /// How many rows there are.
    var count: Int { words.count / layout.rowWords }

    /// A tokenizer's count in a row.
    @inline(__always)
    subscript(row: UInt32, column: Int) -> UInt32 { words[Int(row) * layout.rowWords + column] }

    /// The score in a row, or ``noScore``.
    @inline(__always)
    func score(_ row: UInt32) -> Double {
        guard layout.hasScores else { return Self.noScore }
        let place = Int(row) * layout.rowWords + layout.tokenizers
        return Double(bitPattern: UInt64(words[place]) | UInt64(words[place + 1]) << 32)
    }

    /// Represents the score of a document without one; JSON has no such number.
    static let noScore = Double.nan

    /// Adds a row and returns its number.
    mutating func append(_ counts: some Collection<UInt32>, score: Double = Self.noScore) -> UInt32 {
        precondition(counts.count == layout.tokenizers, "a count for each tokenizer")
        words.append(contentsOf: counts)
        if layout.hasScores {
            let (low, high) = Self.words(of: score)
            words.append(low)
            words.append(high)
        }
        return UInt32(count - 1)
    }

    /// Adds the tokens of a record of another run, which are a count or the number of a row there, and returns their
    /// row here.
    mutating func append(_ tokens: UInt32, of other: RecordRows?) -> UInt32 {
        guard let other else { return append(CollectionOfOne(tokens)) }
        guard other.layout == layout else {
            return append((0..<layout.tokenizers).map { other[tokens, $0] }, score: other.score(tokens))
        }
        let start = Int(tokens) * layout.rowWords
        words.append(contentsOf: other.words[start..<start + layout.rowWords])
        return UInt32(count - 1)
    }

    mutating func removeAll() { words.removeAll(keepingCapacity: true) }

    /// A score as two words of a row; 0 has one sign, and NaN one form.
    static func words(of score: Double) -> (low: UInt32, high: UInt32) {
        let bits = (score.isNaN ? noScore : score + 0).bitPattern
        return (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32))
    }
}

extension RecordRows: EntryColumns {
    var width: Int { layout.columns }

    var emptied: RecordRows { RecordRows(layout: layout) }

    mutating func take(_ record: inout UnitRecord, from other: RecordRows) {
        record.tokens = append(record.tokens, of: other)
    }

    func store(_ record: inout UnitRecord, into bytes: UnsafeMutableRawBufferPointer) {
        let row = record.tokens
        record.tokens = self[row, 0]
        for column in 1..<layout.tokenizers {
            bytes.storeBytes(of: UInt64(self[row, column]), toByteOffset: 8 * (column - 1), as: UInt64.self)
        }
        guard layout.hasScores else { return }
        bytes.storeBytes(of: score(row).bitPattern, toByteOffset: 8 * (layout.columns - 1), as: UInt64.self)
    }

    mutating func load(_ record: inout UnitRecord, from bytes: UnsafeRawBufferPointer) -> String? {
        func column(_ number: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: 8 * number, as: UInt64.self) }
        var isInRange = true
        words.append(record.tokens)
        for number in 0..<layout.tokenizers - 1 {
            if column(number) > UInt64(UInt32.max) { isInRange = false }
            words.append(UInt32(truncatingIfNeeded: column(number)))
        }
        if layout.hasScores {
            let score = Double(bitPattern: column(layout.columns - 1))
            if score.isInfinite { isInRange = false }
            let (low, high) = Self.words(of: score)
            words.append(low)
            words.append(high)
        }
        record.tokens = UInt32(count - 1)
        return isInRange ? nil : "a record has a count beyond 32 bits, or an infinite score"
    }
}
