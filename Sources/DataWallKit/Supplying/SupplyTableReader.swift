import LawFitting
import ScalingLaws
public import TrainingPlanning

/// Reads a supply of data from a table of sources.
///
/// The columns are `source` and `unique_tokens`, and optionally `quality` (1 where left out or empty), `max_epochs` (no
/// cap) and `floor` (0). Further columns are left alone; one whose name is nearly one of these is refused.
///
/// ```swift
/// let sources = try SupplyTableReader().read("source,unique_tokens,quality\nwiki,4B,1.5\nweb,1.2T,1\n")
/// let supply = try DataSupply(sources: sources)
/// ```
public struct SupplyTableReader: Sendable {
    /// Creates a reader.
    public init() {}

    private enum Column: String, CaseIterable {
        case source
        case uniqueTokens = "unique_tokens"
        case quality
        case maxEpochs = "max_epochs"
        case floor
    }

    /// The fewest unique tokens a source may have: fewer are a count in billions that was written without its unit.
    private static let fewestTokens = 10_000.0

    /// Reads a table.
    ///
    /// - Parameter text: CSV with a header line; commas, semicolons or tabs.
    /// - Returns: The sources, in the table's order. Qualities are as written; a `DataSupply` normalises them.
    /// - Throws: A ``SupplyTableError`` that names row and column.
    /// - Complexity: O(*n*) in the characters.
    public func read(_ text: String) throws(SupplyTableError) -> [SourceSupply] {
        let sheet = try Self.sheet(text)
        let positions = try Self.positions(in: sheet.header)
        var sources: [SourceSupply] = []
        var rowsOfNames: [String: Int] = [:]
        for line in sheet.rows {
            let (row, cells) = (line.number, line.cells)
            func cell(_ column: Column) -> String { positions[column].map { cells[$0] } ?? "" }
            func number(_ column: Column, _ expected: String, _ accepts: (Double) -> Bool) throws(SupplyTableError)
                -> Double?
            {
                let text = cell(column)
                if text.isEmpty { return nil }
                guard let value = WrittenQuantity.value(of: text), value.isFinite, accepts(value) else {
                    throw SupplyTableError(row: row, column: column.rawValue, "'\(text)' is not \(expected)")
                }
                return value
            }
            let name = cell(.source)
            guard !name.isEmpty else {
                throw SupplyTableError(row: row, column: Column.source.rawValue, "a source needs a name")
            }
            if let first = rowsOfNames.updateValue(row, forKey: name) {
                throw SupplyTableError(
                    row: row, column: Column.source.rawValue,
                    "'\(name)' stands in row \(first) already: join the two, or name them apart")
            }
            let tokens = try number(.uniqueTokens, "a count of tokens, such as 25e9 or 25B") { $0 >= 0 }
            guard let tokens else {
                throw SupplyTableError(row: row, column: Column.uniqueTokens.rawValue, "the count of tokens is missing")
            }
            guard tokens == 0 || tokens >= Self.fewestTokens else {
                throw SupplyTableError(
                    row: row, column: Column.uniqueTokens.rawValue,
                    "'\(cell(.uniqueTokens))' tokens are fewer than a page of text: counts are absolute, so write "
                        + "25e9 or 25B for billions")
            }
            sources.append(
                SourceSupply(
                    name: name, uniqueTokens: tokens,
                    quality: try number(.quality, "a quality of 0 or more") { $0 >= 0 } ?? 1,
                    maxEpochs: try number(.maxEpochs, "a positive number of epochs; leave it empty for no cap") {
                        $0 > 0
                    },
                    floor: try number(.floor, "a share from 0 to 1") { (0...1).contains($0) } ?? 0))
        }
        guard !sources.isEmpty else {
            throw SupplyTableError("holds no source: it needs a header line and a line for each source")
        }
        return sources
    }

    // MARK: Cells

    static func sheet(_ text: String) throws(SupplyTableError) -> TableSheet {
        do {
            return try TableSheet(text)
        } catch {
            throw SupplyTableError(row: error.row, error.row == nil ? "cannot be read: \(error.reason)" : error.reason)
        }
    }

    private static func positions(in header: [String]) throws(SupplyTableError) -> [Column: Int] {
        var positions: [Column: Int] = [:]
        var others: [String] = []
        for (index, name) in header.enumerated() {
            guard let column = Column(rawValue: name.lowercased()) else {
                others.append(name)
                continue
            }
            guard positions.updateValue(index, forKey: column) == nil else {
                throw SupplyTableError(column: name, "stands twice: rename one")
            }
        }
        let absent = Column.allCases.filter { positions[$0] == nil }.map(\.rawValue)
        for name in others {
            guard let meant = nearestNames(to: name.lowercased(), among: absent).first else { continue }
            throw SupplyTableError(column: name, "is not known: did you mean '\(meant)'?")
        }
        for column in [Column.source, .uniqueTokens] where positions[column] == nil {
            throw SupplyTableError(
                "has no column '\(column.rawValue)': its columns are source, unique_tokens, and optionally quality and "
                    + "max_epochs")
        }
        return positions
    }
}
