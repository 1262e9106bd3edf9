/// Counts of several tokenizers for each unit of a run.
///
/// Where an audit has one tokenizer a record holds its count. Where it has several, a record in memory holds the number of
/// a row here; in a run file, the first count stands in the record and the others behind it.
struct TokenRows: Sendable {
    /// How many tokenizers there are.
    let width: Int
    /// Rows one after the other.
    private(set) var counts: [UInt32]

    /// Rows of `width` counts each.
    init(width: Int, counts: [UInt32] = []) {
        precondition(width > 0 && counts.count % width == 0, "rows of one width")
        self.width = width
        self.counts = counts
    }

    /// How many rows there are.
    var count: Int { counts.count / width }

    /// A tokenizer's count in a row.
    @inline(__always)
    subscript(row: UInt32, column: Int) -> UInt32 { counts[Int(row) * width + column] }

    /// Adds a row of another run and returns its number here.
    mutating func append(_ row: UInt32, of other: TokenRows) -> UInt32 {
        let start = Int(row) * width
        counts.append(contentsOf: other.counts[start..<start + width])
        return UInt32(count - 1)
    }

    /// Adds a row and returns its number.
    mutating func append(_ row: some Collection<UInt32>) -> UInt32 {
        precondition(row.count == width, "a count for each tokenizer")
        counts.append(contentsOf: row)
        return UInt32(count - 1)
    }

    mutating func removeAll() { counts.removeAll(keepingCapacity: true) }
}
