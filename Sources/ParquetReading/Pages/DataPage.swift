/// A data page that is being decoded: levels and values, in the order of its rows.
struct DataPage {
    /// Rows that have not been decoded.
    private(set) var rowsLeft: Int
    /// The memory of its values: that of the window, or of the decompressed page.
    let buffer: PageBuffer?
    private var levels: HybridDecoder?
    private let maximumDefinition: Int
    /// Rows left of a run of rows that all have a value, or all have none.
    private var run = (isPresent: true, left: 0)
    var values: Values

    enum Values {
        case texts(TextDecoder)
        case scalars(ScalarDecoder)
    }

    init(
        rowCount: Int, buffer: PageBuffer?, levels: ByteReader?, maximumDefinition: Int, values: Values
    ) throws(ParquetError) {
        rowsLeft = rowCount
        self.buffer = buffer
        self.maximumDefinition = maximumDefinition
        self.values = values
        // The width of the levels is that of the largest level (Encodings.md).
        if let levels {
            self.levels = try HybridDecoder(levels, width: Int.bitWidth - maximumDefinition.leadingZeroBitCount)
        }
    }

    /// Whether the next rows have a value, and the number of rows for which this holds, at most `limit`.
    mutating func nextRun(_ limit: Int) throws(ParquetError) -> (isPresent: Bool, count: Int) {
        if run.left == 0 {
            if levels == nil {
                run = (true, rowsLeft)
            } else if let (level, count) = try levels?.next(rowsLeft) {
                guard level <= maximumDefinition else {
                    throw .damaged("a value has the definition level \(level) and \(maximumDefinition) is the highest")
                }
                run = (level == maximumDefinition, count)
            }
        }
        return (run.isPresent, min(run.left, limit))
    }

    /// Notes that rows of the run were decoded.
    mutating func pass(_ count: Int) {
        run.left -= count
        rowsLeft -= count
    }
}
