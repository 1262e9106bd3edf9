import Quantities
import Tables

/// A table of quality buckets, put in order: the worst first.
struct QualityBucketTable {
    private(set) var names: [String] = []
    private(set) var tokens: [Double] = []

    /// Reads a table.
    ///
    /// If the column `quality` contains numbers, buckets are sorted by it, whatever the order of the rows. Else they
    /// keep the order of the rows, the worst first.
    ///
    /// - Parameter bytes: CSV with a header line; commas, semicolons or tabs.
    /// - Throws: A `TableError` that names line and column.
    init(parsing bytes: [UInt8]) throws(TableError) {
        let table = try DelimitedTable(bytes, called: "table of buckets")
        let purpose = "the columns bucket and tokens, the worst bucket first"
        let quality = try table.column("quality")
        let count = try table.column(preferring: "tokens", "pool_tokens", "unique_tokens")
        guard let count else { throw table.problem("has no column 'tokens': it needs \(purpose)") }
        let bucket = try table.column(preferring: "bucket", "vigintile", "quality")
        guard let bucket else { throw table.problem("has no column 'bucket': it needs \(purpose)") }
        for row in table.rows {
            let value = try table.number(
                row, count, "a count of tokens, such as 25e9 or 25B", grouping: .allowed, where: { $0 >= 0 })
            guard let value else { throw table.problem("the count of tokens is missing", row: row, column: count) }
            names.append(row[bucket])
            tokens.append(value)
        }
        guard !tokens.isEmpty else { throw table.problem("has no bucket") }
        guard let quality else { return }
        let numbers = table.rows.map { row in
            (try? Quantity.number(row[quality], grouping: .refused)).flatMap { $0.isFinite ? $0 : nil }
        }
        let qualities = numbers.compactMap { $0 }
        guard qualities.count == tokens.count else {
            // Names of qualities leave the rows in their order; a column of numbers needs one in each.
            guard let missing = numbers.firstIndex(where: { $0 == nil }), !qualities.isEmpty else { return }
            throw table.problem("the quality is no number", row: table.rows[missing], column: quality)
        }
        // The order of rows stays among equals.
        let order = qualities.indices.sorted { (qualities[$0], $0) < (qualities[$1], $1) }
        names = order.map { names[$0] }
        tokens = order.map { tokens[$0] }
    }
}
