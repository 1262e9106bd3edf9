public import DataMixing
import Quantities
import ScalingLaws
public import Tables

/// Reads a supply of data from a table of sources.
///
/// The columns are `source` and `unique_tokens`, and optionally `quality` (default: 1), `max_epochs` (default: no cap)
/// and `floor` (default: 0). Further columns are ignored; a column whose name is almost one of these is refused.
///
/// ```swift
/// let sources = try SupplyTableReader().read("source,unique_tokens,quality\nwiki,4B,1.5\nweb,1.2T,1\n")
/// let supply = try DataSupply(sources: sources)
/// ```
public struct SupplyTableReader: Sendable {
    /// Creates a reader.
    public init() {}

    /// The fewest unique tokens a source may have: fewer are a count in billions that was written without its unit.
    private static let fewestTokens = 10_000.0

    /// Reads a table.
    ///
    /// - Parameter bytes: CSV with a header line; commas, semicolons or tabs.
    /// - Returns: The sources, in the table's order. Qualities are as written; a `DataSupply` normalises them.
    /// - Throws: A `TableError` that names line and column.
    /// - Complexity: O(*n*) in the bytes.
    public func read(_ bytes: [UInt8]) throws(TableError) -> [SourceSupply] {
        let table = try DelimitedTable(bytes, called: "table of sources")
        try Self.refuseMisspellings(in: table)
        let purpose = "the columns source and unique_tokens, and optionally quality, max_epochs and floor"
        let name = try table.column(required: "source", purpose: purpose)
        let tokens = try table.column(required: "unique_tokens", purpose: purpose)
        let quality = try table.column("quality")
        let maxEpochs = try table.column("max_epochs")
        let floor = try table.column("floor")
        var sources: [SourceSupply] = []
        var linesOfNames: [String: Int] = [:]
        for row in table.rows {
            guard !row[name].isEmpty else { throw table.problem("a source needs a name", row: row, column: name) }
            if let first = linesOfNames.updateValue(row.line, forKey: row[name]) {
                throw table.problem(
                    "'\(row[name])' is in line \(first) already: join the two, or give them different names", row: row,
                    column: name)
            }
            let count = try table.number(
                row, tokens, "a count of tokens, such as 25e9 or 25B", grouping: .allowed, where: { $0 >= 0 })
            guard let count else { throw table.problem("the count of tokens is missing", row: row, column: tokens) }
            guard count == 0 || count >= Self.fewestTokens else {
                throw table.problem(
                    "'\(row[tokens])' tokens are fewer than a page of text: counts are absolute, so write 25e9 or 25B for "
                        + "billions", row: row, column: tokens)
            }
            guard count <= DataSupply.mostUniqueTokens else {
                throw table.problem(
                    "'\(row[tokens])' tokens are more text than there is (1e18 at most)", row: row, column: tokens)
            }
            sources.append(
                SourceSupply(
                    name: row[name], uniqueTokens: count,
                    quality: try table.number(row, quality, "a quality of 0 or more", where: { $0 >= 0 }) ?? 1,
                    maxEpochs: try table.number(
                        row, maxEpochs, "a positive number of epochs; leave it empty for no cap", where: { $0 > 0 }),
                    floor: try table.number(row, floor, "a share from 0 to 1", where: { (0...1).contains($0) }) ?? 0))
        }
        guard !sources.isEmpty else {
            throw table.problem("has no source: it needs a header line and a line for each source")
        }
        return sources
    }

    /// Reads the text of a table.
    ///
    /// - Throws: A `TableError` that names line and column.
    public func read(_ text: String) throws(TableError) -> [SourceSupply] { try read(Array(text.utf8)) }

    /// Refuses a column whose name is nearly that of a column that is read, if the latter is missing.
    private static func refuseMisspellings(in table: DelimitedTable) throws(TableError) {
        let known = ["source", "unique_tokens", "quality", "max_epochs", "floor"]
        let header = table.header.map { $0.lowercased() }
        let absent = known.filter { !header.contains($0) }
        for (index, name) in header.enumerated() where !known.contains(name) {
            guard let meant = nearestNames(to: name, among: absent).first else { continue }
            throw TableError(
                table: table.name, column: table.header[index], "the name is not known: did you mean '\(meant)'?")
        }
    }
}
