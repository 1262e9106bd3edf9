import BlockDecompression

/// Reads chosen columns of a file, row group by row group, in batches.
///
/// It keeps one page and one dictionary of each column, and a window of the file, but never a row group. Only one
/// thread may use a reader; several readers may read one ``ParquetFile``.
///
/// Damage affects only the rest of its row group: ``next()`` returns all rows before it, then throws, and ``start(_:)``
/// begins another row group. The rows returned depend only on the file.
public final class ParquetReader {
    /// The columns, in the order in which batches have them.
    public let columns: [ParquetColumn]

    /// Gets the bytes of each page with its header, as they are in the file, before they are decoded: of one column in
    /// the order of its pages, of several as rows need them.
    ///
    /// The first argument is the column's place in ``columns``. The bytes are valid during the call.
    public var observePage: ((Int, UnsafeRawBufferPointer) -> Void)?

    private let file: ParquetFile
    private let batchRows: Int
    private var cursors: [ColumnCursor]
    private var decompressor = BlockDecompressor()
    private var rowGroup: ParquetRowGroup?
    private var rowsDone = 0

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - columns: Columns of the file, at least one.
    ///   - batchRows: The most rows of a batch (default: 1,024).
    ///   - readAhead: The least number of bytes of a column to read from the source at once (default: 256 KiB).
    /// - Throws: ``ParquetError`` if a column cannot be read.
    public init(
        _ file: ParquetFile, columns: [ParquetColumn], batchRows: Int = 1024, readAhead: Int = 256 << 10
    ) throws(ParquetError) {
        precondition(!columns.isEmpty && batchRows > 0, "a reader has columns, and batches have rows")
        for column in columns {
            precondition(
                column.index < file.columns.count && file.columns[column.index] == column, "the column is the file's")
            try column.checkIsRead()
        }
        self.file = file
        self.columns = columns
        self.batchRows = batchRows
        cursors = columns.map { ColumnCursor($0, of: file, blockRows: batchRows, readAhead: readAhead) }
    }

    /// Begins a row group, even if rows of the previous one are left.
    ///
    /// - Throws: ``ParquetError`` if the footer's description of it is impossible, or names an unsupported feature.
    public func start(_ rowGroup: ParquetRowGroup) throws(ParquetError) {
        self.rowGroup = nil
        for index in cursors.indices {
            let chunk = try file.chunk(of: columns[index], in: rowGroup)
            cursors[index].start(chunk, rowGroup: rowGroup, end: file.footer.byteOffset)
        }
        self.rowGroup = rowGroup
        rowsDone = 0
    }

    /// The next rows of the current row group.
    ///
    /// - Returns: At least one row; `nil` after the last one, after damage, and before a row group was begun.
    /// - Throws: ``ParquetError`` that says which row is the first that cannot be read.
    /// - Complexity: O(*n*) for *n* bytes of the rows without compression, apart from whole pages that are decompressed.
    public func next() throws(ParquetError) -> ParquetBatch? {
        guard let rowGroup, rowsDone < rowGroup.rowCount else { return nil }
        for index in cursors.indices where cursors[index].available == 0 {
            do throws(ParquetError) {
                let observe = observePage.map { observe in
                    { (page: UnsafeRawBufferPointer) in observe(index, page) }
                }
                try cursors[index].fill(&decompressor, observe: observe)
            } catch {
                var error = error
                error.row = rowGroup.firstRow + rowsDone
                self.rowGroup = nil
                throw error
            }
        }
        let count = cursors.reduce(batchRows) { min($0, $1.available) }
        let firstRow = rowGroup.firstRow + rowsDone
        rowsDone += count
        return ParquetBatch(
            rowGroup: rowGroup.index, firstRow: firstRow, count: count,
            columns: cursors.indices.map { cursors[$0].take(count) })
    }
}
