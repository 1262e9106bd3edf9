public import Quantities

/// A table of text cells under a header line, read from CSV, or from the same with semicolons or tabs.
///
/// - The text is UTF-8; a byte order mark is dropped. Lines end with LF, CRLF or CR.
/// - Cells are separated by commas, semicolons or tabs: the most frequent of them in the header, or the one that a
///   first line such as `sep=;` names.
/// - Blanks around a cell are dropped, unless the cell is in quotes. A cell in quotes may contain separators, line breaks
///   and quotes, which are doubled in it.
/// - A line that begins with `#` is a comment. After the header, `#` and a cell's text without a blank between them is
///   refused in a line with as many cells as the header: it may be a row.
/// - Lines without text in any cell are skipped. Every other row has as many cells as the header.
/// - Columns may share a name as long as no column is requested by that name.
///
/// ```swift
/// let table = try DelimitedTable(bytes, called: "table of sources")
/// let name = try table.column("source")
/// for row in table.rows { print(row.line, row[name]) }
/// ```
public struct DelimitedTable: Sendable {
    /// A column that was found by its name.
    public struct Column: Sendable, Hashable {
        /// Its name, as the header spells it.
        public let name: String

        /// Its place, from 0.
        public let index: Int

        /// Creates a column at a place of the header.
        public init(name: String, index: Int) {
            self.name = name
            self.index = index
        }
    }

    /// A row with text in at least one cell.
    public struct Row: Sendable, Hashable {
        /// Its line in the file, from 1; the first of several where a cell contains line breaks.
        public let line: Int

        /// Its number after the header, from 1; blank lines count, comments do not.
        public let number: Int

        /// Its cells, one for each column of the header.
        public let cells: [String]

        /// The cell of a column; empty for a column that the table does not have.
        public subscript(column: Column?) -> String { column.map { cells[$0.index] } ?? "" }
    }

    /// The name of the table in messages, such as `table of buckets`.
    public let name: String

    /// The names of the columns; empty where the table has no header.
    public let header: [String]

    /// The rows that are not blank.
    public let rows: [Row]

    /// How many lines are comments.
    public let comments: Int

    /// Reads the bytes of a table.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - name: The name of the table in messages, such as `table of buckets`.
    /// - Throws: ``TableError`` for text that is not UTF-8 or not separated by commas, semicolons or tabs, for quotes
    ///   that do not match, and for rows longer or shorter than the header.
    /// - Complexity: O(*n*) in the bytes.
    public init(_ bytes: [UInt8], called name: String) throws(TableError) {
        var reader = try DelimitedReader(bytes, table: name)
        header = try reader.header()
        rows = try reader.rows(under: header)
        comments = reader.comments
        self.name = name
    }

    /// Reads the text of a table.
    ///
    /// - Throws: ``TableError``, as for bytes.
    public init(_ text: String, called name: String) throws(TableError) {
        try self.init(Array(text.utf8), called: name)
    }

    /// An error about this table.
    public func problem(_ reason: String, row: Row? = nil, column: Column? = nil) -> TableError {
        TableError(table: name, line: row?.line, column: column?.name, reason)
    }

    // MARK: Columns

    /// The column with a name, in upper or lower case.
    ///
    /// - Parameter names: The name, and further names for the same thing.
    /// - Returns: The one column that has any of the names, or `nil` if there is none.
    /// - Throws: ``TableError`` if several columns do.
    public func column(_ names: String...) throws(TableError) -> Column? { try column(among: names) }

    /// The column with one of several names, in upper or lower case.
    ///
    /// - Throws: ``TableError`` if several columns do.
    public func column(among names: [String]) throws(TableError) -> Column? {
        let found = header.indices.filter { names.contains(header[$0].lowercased()) }
        guard let first = found.first else { return nil }
        guard found.count == 1 else {
            let same = Set(found.map { header[$0] }).count == 1
            throw problem(
                same
                    ? "has \(found.count) columns named '\(header[first])': rename all but one"
                    : "has several columns for one thing (\(found.map { "'\(header[$0])'" }.joined(separator: ", "))): "
                        + "keep one")
        }
        return Column(name: header[first], index: first)
    }

    /// The column with the first of several names that the table has, in upper or lower case.
    ///
    /// - Throws: ``TableError`` if several columns have that name.
    public func column(preferring names: String...) throws(TableError) -> Column? {
        for name in names {
            if let column = try column(among: [name]) { return column }
        }
        return nil
    }

    /// A column that must exist.
    ///
    /// - Parameters:
    ///   - names: The name, and further names for the same thing.
    ///   - purpose: The columns that the table needs, for the message, such as `the columns bucket and tokens`.
    /// - Returns: The one column that has any of the names.
    /// - Throws: ``TableError`` if there is none, or several.
    public func column(required names: String..., purpose: String) throws(TableError) -> Column {
        if let column = try column(among: names) { return column }
        let known = header.filter { !$0.isEmpty }.joined(separator: ", ")
        throw problem(
            "has no column '\(names[0])': it needs \(purpose)\(known.isEmpty ? "" : "; its columns are \(known)")")
    }

    // MARK: Numbers

    /// The number in a cell.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - column: The column; `nil` for one that the table does not have.
    ///   - expected: The expected content of the cell, for the message, such as
    ///     `a count of tokens, such as 25e9 or 25B`.
    ///   - grouping: Whether digits may be grouped by commas, as in a quoted `"25,000,000,000"`.
    ///   - accepts: Whether a number is valid here.
    /// - Returns: A finite number, or `nil` for an empty cell.
    /// - Throws: ``TableError`` for anything else, with the reason.
    public func number(
        _ row: Row, _ column: Column?, _ expected: String, grouping: Quantity.Grouping = .refused,
        where accepts: (Double) -> Bool = { _ in true }
    ) throws(TableError) -> Double? {
        let text = row[column]
        if text.isEmpty { return nil }
        let value: Double
        do {
            value = try Quantity.number(text, grouping: grouping)
        } catch {
            let hint = error.kind == .noNumber ? "" : ": \(error.reason)"
            throw problem("'\(text)' is not \(expected)\(hint)", row: row, column: column)
        }
        guard accepts(value) else { throw problem("'\(text)' is not \(expected)", row: row, column: column) }
        return value
    }
}
