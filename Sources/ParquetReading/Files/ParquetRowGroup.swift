/// Rows of a file that are stored together, column by column.
public struct ParquetRowGroup: Sendable, Hashable {
    /// Its place among the file's row groups, from 0.
    public let index: Int
    /// The number of its first row in the file, from 0.
    public let firstRow: Int
    /// How many rows it has.
    public let rowCount: Int
}
