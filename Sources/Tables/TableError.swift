/// An error in a table: which table, where, why, and what to do.
public struct TableError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name of the table, such as `table of buckets`.
    public let table: String

    /// The line of the file, from 1, or `nil` for the table as a whole.
    public let line: Int?

    /// The column, or `nil` for the line as a whole.
    public let column: String?

    /// The error and what to do, as a clause whose subject is the table, the line or the cell.
    public let reason: String

    /// Creates an error.
    public init(table: String, line: Int? = nil, column: String? = nil, _ reason: String) {
        self.table = table
        self.line = line
        self.column = column
        self.reason = reason
    }

    /// The table, the place and the reason.
    public var description: String {
        let place = [line.map { "line \($0)" }, column.map { "column '\($0)'" }].compactMap { $0 }
        return place.isEmpty
            ? "the \(table) \(reason)" : "the \(table), " + place.joined(separator: ", ") + ": \(reason)"
    }
}
