/// What is wrong with a table of sources: where, why, and what to do.
public struct SupplyTableError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The row, the header not counted, or `nil` for the table as a whole.
    public let row: Int?

    /// The column, or `nil` for the row as a whole.
    public let column: String?

    /// What is wrong and what to do, as a clause.
    public let reason: String

    init(row: Int? = nil, column: String? = nil, _ reason: String) {
        self.row = row
        self.column = column
        self.reason = reason
    }

    /// The place and the reason.
    public var description: String {
        let place = [row.map { "row \($0)" }, column.map { "column '\($0)'" }].compactMap { $0 }.joined(separator: ", ")
        return place.isEmpty ? "the table of sources \(reason)" : "\(place): \(reason)"
    }
}
