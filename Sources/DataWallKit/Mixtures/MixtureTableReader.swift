public import DataMixing
public import Tables

/// Reads a published table of a mixture, as printed.
///
/// Columns: `source`, and any of `pool`, `weight`, `epochs`, `consumed`. The names `unique_tokens`, `pool_size`,
/// `epochs_published`, `consumed_published` and `tokens` are accepted as well. A column `budget` with the same value in
/// every line is the length of the training stream.
public struct MixtureTableReader: Sendable {
    /// Creates a reader.
    public init() {}

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - bytes: CSV with a header line; commas, semicolons or tabs.
    ///   - budget: The length of the training stream in the unit of the pools; `nil` for the table's own.
    /// - Returns: The table, nothing in it corrected.
    /// - Throws: A `TableError` that names line and column.
    /// - Complexity: O(*n*) in the bytes.
    public func read(_ bytes: [UInt8], budget: Double? = nil) throws(TableError) -> MixtureTable {
        let table = try DelimitedTable(bytes, called: "table of a mixture")
        let source = try table.column(
            required: "source", "domain", "name",
            purpose: "the column source, and of weight, epochs and consumed what is known")
        let pool = try table.column("pool", "pool_size", "unique_tokens")
        let weight = try table.column("weight", "share")
        let epochs = try table.column("epochs", "epochs_published")
        let consumed = try table.column("consumed", "consumed_published", "tokens")
        let stream = try table.column("budget")
        let unitColumn = try table.column("unit", "pool_unit")
        guard weight != nil || epochs != nil || consumed != nil else {
            throw table.problem("has none of the columns weight, epochs and consumed, so there is nothing to check")
        }
        var lines: [MixtureTable.Row] = []
        var budgets: [Double] = []
        var unit = "tokens"
        for row in table.rows {
            func number(_ column: DelimitedTable.Column?) throws(TableError) -> PrintedNumber? {
                let text = row[column]
                if text.hasSuffix("%"), let share = PrintedNumber(printed: String(text.dropLast())) {
                    return PrintedNumber(share.value / 100, rounding: share.rounding / 100)
                }
                if let number = PrintedNumber(printed: text) { return number }
                return try table.number(row, column, "a number").map { PrintedNumber($0) }
            }
            guard !row[source].isEmpty else {
                throw table.problem("the name of the source is missing", row: row, column: source)
            }
            if let budget = try number(stream)?.value { budgets.append(budget) }
            if !row[unitColumn].isEmpty { unit = row[unitColumn] }
            lines.append(
                MixtureTable.Row(
                    source: row[source], pool: try number(pool), weight: try number(weight),
                    epochs: try number(epochs), consumed: try number(consumed)))
        }
        guard !lines.isEmpty else { throw table.problem("has no source") }
        if let first = budgets.first, budgets.contains(where: { $0 != first }) {
            throw table.problem("the lines differ: a mixture has one stream", column: stream)
        }
        return MixtureTable(rows: lines, budget: budget ?? budgets.first, unit: unit)
    }

    /// Reads the text of a table.
    ///
    /// - Throws: A `TableError` that names line and column.
    public func read(_ text: String, budget: Double? = nil) throws(TableError) -> MixtureTable {
        try read(Array(text.utf8), budget: budget)
    }
}
