import LawFitting
import TrainingPlanning

/// A table of quality buckets, put in order: the worst first.
struct QualityBucketTable {
    private(set) var names: [String] = []
    private(set) var tokens: [Double] = []

    private static let nameColumns = ["bucket", "vigintile", "quality"]
    private static let tokenColumns = ["tokens", "pool_tokens", "unique_tokens"]

    /// Reads a table.
    ///
    /// Buckets are in the order of the column `quality` where it holds numbers, whatever the order of the rows; else in
    /// that of the rows, the worst first.
    ///
    /// - Parameter text: CSV with a header line; commas, semicolons or tabs.
    /// - Throws: A ``SupplyTableError`` that names row and column.
    init(parsing text: String) throws(SupplyTableError) {
        let sheet = try SupplyTableReader.sheet(text)
        let header = sheet.header.map { $0.lowercased() }
        guard let name = Self.nameColumns.compactMap({ header.firstIndex(of: $0) }).first,
            let count = header.firstIndex(where: Self.tokenColumns.contains)
        else { throw SupplyTableError("needs the columns bucket and tokens, the worst bucket first") }
        for row in sheet.rows {
            let cell = row.cells[count]
            guard let value = WrittenQuantity.value(of: cell), value >= 0, value.isFinite else {
                throw SupplyTableError(
                    row: row.number, column: sheet.header[count],
                    "'\(cell)' is not a count of tokens, such as 25e9 or 25B")
            }
            names.append(row.cells[name])
            tokens.append(value)
        }
        guard !tokens.isEmpty else { throw SupplyTableError("holds no bucket") }
        guard let quality = header.firstIndex(of: "quality") else { return }
        let qualities = sheet.rows.compactMap { Double($0.cells[quality]) }
        guard qualities.count == tokens.count, qualities.allSatisfy(\.isFinite) else { return }
        // The order of rows stays among equals.
        let order = qualities.indices.sorted { (qualities[$0], $0) < (qualities[$1], $1) }
        names = order.map { names[$0] }
        tokens = order.map { tokens[$0] }
    }
}
