/// Some rows of a row group: the values of the columns that a ``ParquetReader`` was given.
///
/// A batch owns its values, so it may be kept and sent to other threads. The reader reuses the memory of batches that
/// nobody keeps.
public struct ParquetBatch: Sendable {
    /// The row group, from 0.
    public let rowGroup: Int
    /// The number of its first row in the file, from 0.
    public let firstRow: Int
    /// How many rows it has; at least one.
    public let count: Int
    /// The values of each column, in the order in which the reader was given the columns.
    public let columns: [ParquetValues]
}

/// The values of one column in a batch.
public enum ParquetValues: Sendable {
    /// Values of a column of kind `text`.
    case texts(ParquetTexts)
    /// Values of a column of any other kind.
    case scalars(ParquetScalars)
}
