import Quantities

/// A Parquet file: its columns and row groups, from its footer.
///
/// ```swift
/// let file = try ParquetFile(path: "000_00000.parquet")
/// let text = try file.column(named: "text")
/// let reader = ParquetReader(file, columns: [text])
/// for group in file.rowGroups {
///     try reader.start(group)
///     while let batch = try reader.next() {
///         guard case .texts(let texts) = batch.columns[0] else { continue }
///         …
///     }
/// }
/// ```
///
/// The format: <https://github.com/apache/parquet-format>, versions 1 and 2. One file may be read by several
/// ``ParquetReader``s at once, each on a thread of its own.
public struct ParquetFile: Sendable {
    /// Its columns, in the order of its schema.
    public var columns: [ParquetColumn] { footer.columns }
    /// Its row groups, in the order of its rows.
    public var rowGroups: [ParquetRowGroup] { footer.rowGroups }
    /// All its rows.
    public var rowCount: Int { rowGroups.last.map { $0.firstRow + $0.rowCount } ?? 0 }
    /// The limits on sizes that the file states.
    public let limits: ParquetLimits

    let source: ParquetSource
    let footer: Footer

    /// Reads the footer of a source of bytes.
    ///
    /// - Parameters:
    ///   - source: The whole file.
    ///   - limits: The limits on sizes that the file states.
    /// - Throws: ``ParquetError`` if it is not a whole Parquet file, is encrypted, or has a footer that contradicts
    ///   itself.
    /// - Complexity: O(*n*) for a footer of *n* bytes, which stays in memory.
    public init(_ source: ParquetSource, limits: ParquetLimits = ParquetLimits()) throws(ParquetError) {
        self.source = source
        self.limits = limits
        footer = try Footer(of: source, limits: limits)
    }

    /// Opens a file and reads its footer.
    ///
    /// - Throws: ``ParquetError``, also where the file cannot be opened.
    public init(path: String, limits: ParquetLimits = ParquetLimits()) throws(ParquetError) {
        try self.init(ParquetSource(path: path), limits: limits)
    }

    /// Runs a closure on the bytes of the footer: with the pages that a reader has read, they are all that its batches
    /// depend on.
    public func withFooterBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try footer.withBytes(body)
    }

    /// The column with a dotted path.
    ///
    /// - Parameter path: The names, starting at the root, with dots between them: `metadata.score`.
    /// - Returns: A readable column.
    /// - Throws: ``ParquetError`` if the file has no such column (with its columns, nearest first), if the column
    ///   cannot be read, or if there are two.
    /// - Complexity: O(*n*) for *n* columns.
    public func column(named path: String) throws(ParquetError) -> ParquetColumn {
        let found = columns.filter { $0.path == path }
        guard let column = found.first else { throw missing(path) }
        guard found.count == 1 else {
            throw ParquetError(
                .unknownColumn, "\(found.count) columns have the name '\(path)'",
                advice: "have the writer give them different names")
        }
        try column.checkIsRead()
        return column
    }

    /// How many columns a message lists at most.
    private static let listed = 20

    private func missing(_ path: String) -> ParquetError {
        let names = columns.map(\.path)
        let within = names.filter { $0.hasPrefix("\(path).") }
        let near = within.isEmpty ? nearestNames(to: path, among: names) : within
        let ordered = near + names.filter { !near.contains($0) }
        let rest = ordered.count - Self.listed
        return ParquetError(
            .unknownColumn,
            within.isEmpty
                ? "the file has no column '\(path)'" : "'\(path)' is a group of columns, and not a column",
            advice: ordered.isEmpty
                ? "it has no columns at all"
                : "its columns are \(ordered.prefix(Self.listed).joined(separator: ", "))"
                    + (rest > 0 ? " and \(rest) more" : ""))
    }

    /// The footer's description of one column in a row group: sizes, compression, encodings.
    ///
    /// - Throws: ``ParquetError`` if the description contradicts the file, or uses features that are not supported.
    /// - Complexity: O(*n*) for *n* columns.
    public func chunk(of column: ParquetColumn, in rowGroup: ParquetRowGroup) throws(ParquetError) -> ParquetChunk {
        try footer.chunk(rowGroup: rowGroup.index, column: column)
    }
}
