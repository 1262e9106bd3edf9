import Quantities
import Tables

/// Runs that were trained on different mixtures of the same sources.
public struct MixturePilots: Sendable, Hashable {
    /// One run.
    public struct Run: Sendable, Hashable {
        /// The share of the training tokens that each source had; they add up to 1.
        public var weights: [Double]

        /// The loss on each target, in the order of the targets.
        public var losses: [Double]

        /// N, where the table says.
        public var parameters: Double?

        /// D, where the table says.
        public var tokens: Double?

        /// The unique tokens of each source that the run drew on, where the table says.
        public var uniqueTokens: [Double]?
    }

    /// The sources, in the order of every run's weights.
    public var sources: [String]

    /// The targets, in the order of every run's losses; `loss` if there is one column of that name.
    public var targets: [String]

    /// The runs.
    public var runs: [Run]

    /// How far printed weights may be from adding up to 1.
    public static let tolerance = 0.01

    /// Reads runs from a table.
    ///
    /// Columns: `w_NAME` for the weight of each source, `loss` or `loss_NAME` for each target, and optionally `params`,
    /// `tokens` and `unique_NAME`. Printed weights that add up to 1 within 0.01 are scaled to do so.
    ///
    /// - Parameter bytes: CSV with a header line.
    /// - Throws: A ``FittingError`` that names line and column.
    /// - Complexity: O(*n*) in the bytes.
    public init(parsing bytes: [UInt8]) throws(FittingError) {
        do {
            try self.init(DelimitedTable(bytes, called: "table of pilots"))
        } catch { throw .table(error) }
    }

    /// Reads runs from the text of a table.
    ///
    /// - Throws: A ``FittingError`` that names line and column.
    public init(parsing text: String) throws(FittingError) { try self.init(parsing: Array(text.utf8)) }

    private init(_ table: DelimitedTable) throws(TableError) {
        /// The columns whose names begin with a prefix, in the table's order, by the rest of their names.
        func columns(_ prefix: String) throws(TableError) -> [(name: String, column: DelimitedTable.Column)] {
            var columns: [(name: String, column: DelimitedTable.Column)] = []
            for (index, head) in table.header.enumerated() where head.hasPrefix(prefix) && head != "unique_tokens" {
                let name = String(head.dropFirst(prefix.count))
                guard !columns.contains(where: { $0.name == name }) else {
                    throw table.problem("has several columns named '\(head)': rename all but one")
                }
                columns.append((name, DelimitedTable.Column(name: head, index: index)))
            }
            return columns
        }
        let weightColumns = try columns("w_")
        let single = try table.header.contains("loss") ? table.column("loss") : nil
        let lossColumns = try (single.map { [("loss", $0)] } ?? []) + columns("loss_")
        let uniqueColumns = try columns("unique_")
        let parametersColumn = try table.column(preferring: "params", "parameters", "n")
        let tokensColumn = try table.column(preferring: "tokens", "d")
        for (found, what) in [
            (weightColumns.isEmpty, "weight of a source, w_NAME"), (lossColumns.isEmpty, "loss, loss or loss_NAME"),
        ]
        where found {
            throw table.problem(
                "has no column for the \(what); its columns are \(table.header.joined(separator: ", "))")
        }
        sources = weightColumns.map(\.name)
        targets = lossColumns.map(\.0)
        let unique = sources.map { source in uniqueColumns.first { $0.name == source }?.column }
        var runs: [Run] = []
        for row in table.rows {
            var weights: [Double] = []
            for (_, column) in weightColumns {
                weights.append(
                    try table.number(row, column, "a weight from 0 to 1", where: { (0...1.01).contains($0) }) ?? 0)
            }
            let sum = weights.reduce(0, +)
            guard abs(sum - 1) <= Self.tolerance else {
                throw table.problem(
                    "the weights add up to \(Quantity.rounded(sum, digits: 6)), not 1: they must be a mixture of all sources "
                        + "in the table", row: row)
            }
            var losses: [Double] = []
            for (_, column) in lossColumns {
                guard let loss = try table.number(row, column, "a positive loss", where: { $0 > 0 }) else {
                    throw table.problem(
                        "the loss is missing: fill it in, or leave the row out", row: row, column: column)
                }
                losses.append(loss)
            }
            func count(_ column: DelimitedTable.Column?) throws(TableError) -> Double? {
                try table.number(row, column, "a positive number", grouping: .allowed, where: { $0 > 0 })
            }
            var uniqueTokens: [Double] = []
            for column in unique {
                if let value = try count(column) { uniqueTokens.append(value) }
            }
            runs.append(
                Run(
                    weights: weights.map { $0 / sum }, losses: losses, parameters: try count(parametersColumn),
                    tokens: try count(tokensColumn),
                    uniqueTokens: uniqueTokens.count == sources.count ? uniqueTokens : nil))
        }
        guard !runs.isEmpty else { throw table.problem("has no run: it needs a header line and a line for each run") }
        self.runs = runs
    }
}
