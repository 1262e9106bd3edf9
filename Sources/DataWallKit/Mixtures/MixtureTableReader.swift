import LawFitting
import ScalingLaws
public import TrainingPlanning

/// Reads a table of a mixture as somebody printed it.
///
/// Columns: `source`, and of `pool`, `weight`, `epochs`, `consumed` what there is; `unique_tokens`, `pool_size`,
/// `epochs_published`, `consumed_published` and `tokens` are known as well. A column `budget` with one value in every
/// line is the length of the training stream.
public struct MixtureTableReader: Sendable {
    /// Creates a reader.
    public init() {}

    private static let names: [String: [String]] = [
        "source": ["source", "domain", "name"], "pool": ["pool", "pool_size", "unique_tokens"],
        "weight": ["weight", "share"], "epochs": ["epochs", "epochs_published"],
        "consumed": ["consumed", "consumed_published", "tokens"], "budget": ["budget"], "unit": ["unit", "pool_unit"],
    ]

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - text: CSV with a header line; commas, semicolons or tabs.
    ///   - budget: The length of the training stream in the unit of the pools; `nil` for the table's own.
    /// - Returns: The table, nothing in it corrected.
    /// - Throws: A ``SupplyTableError`` that names row and column.
    /// - Complexity: O(*n*) in the characters.
    public func read(_ text: String, budget: Double? = nil) throws(SupplyTableError) -> MixtureTable {
        let sheet = try SupplyTableReader.sheet(text)
        let header = sheet.header
        var places: [String: Int] = [:]
        for (index, name) in header.enumerated() {
            let known = Self.names.first { $0.value.contains(name.lowercased()) }?.key
            guard let known else { continue }
            guard places.updateValue(index, forKey: known) == nil else {
                throw SupplyTableError(column: name, "is a second column for \(known): leave one out")
            }
        }
        guard places["source"] != nil else { throw SupplyTableError("has no column 'source'") }
        guard places["weight"] != nil || places["epochs"] != nil || places["consumed"] != nil else {
            throw SupplyTableError("has none of the columns weight, epochs and consumed, so there is nothing to check")
        }
        var lines: [MixtureTable.Row] = []
        var budgets: [Double] = []
        var unit = "tokens"
        for line in sheet.rows {
            let (row, cells) = (line.number, line.cells)
            func cell(_ column: String) -> String { places[column].map { cells[$0] } ?? "" }
            func number(_ column: String) throws(SupplyTableError) -> PrintedNumber? {
                let text = cell(column)
                if text.isEmpty { return nil }
                if text.hasSuffix("%"), let share = PrintedNumber(printed: String(text.dropLast())) {
                    return PrintedNumber(share.value / 100, rounding: share.rounding / 100)
                }
                if let number = PrintedNumber(printed: text) { return number }
                guard let value = WrittenQuantity.value(of: text), value.isFinite else {
                    throw SupplyTableError(row: row, column: column, "'\(text)' is not a number")
                }
                return PrintedNumber(value)
            }
            guard !cell("source").isEmpty else { throw SupplyTableError(row: row, column: "source", "it is empty") }
            if let budget = try number("budget")?.value { budgets.append(budget) }
            if !cell("unit").isEmpty { unit = cell("unit") }
            lines.append(
                MixtureTable.Row(
                    source: cell("source"), pool: try number("pool"), weight: try number("weight"),
                    epochs: try number("epochs"), consumed: try number("consumed")))
        }
        guard !lines.isEmpty else { throw SupplyTableError("holds no source") }
        if let first = budgets.first, budgets.contains(where: { $0 != first }) {
            throw SupplyTableError(column: "budget", "its lines differ: a mixture has one stream")
        }
        return MixtureTable(rows: lines, budget: budget ?? budgets.first, unit: unit)
    }
}
