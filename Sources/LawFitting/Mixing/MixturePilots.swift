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

    /// The targets, in the order of every run's losses; `loss` where there is one column of that name.
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
    /// - Parameter text: CSV with a header line.
    /// - Throws: A ``FittingError`` that names row and column.
    /// - Complexity: O(*n*) in the characters.
    public init(parsing text: String) throws(FittingError) {
        let sheet = try RunTableReader.csv(text)
        let header = sheet.columns
        var weightColumns: [(name: String, column: Int)] = []
        var lossColumns: [(name: String, column: Int)] = []
        var uniqueColumns: [String: Int] = [:]
        var (parametersColumn, tokensColumn): (Int?, Int?) = (nil, nil)
        for (column, name) in header.enumerated() {
            if name.hasPrefix("w_") {
                weightColumns.append((String(name.dropFirst(2)), column))
            } else if name == "loss" {
                lossColumns.append(("loss", column))
            } else if name.hasPrefix("loss_") {
                lossColumns.append((String(name.dropFirst(5)), column))
            } else if name.hasPrefix("unique_"), name != "unique_tokens" {
                uniqueColumns[String(name.dropFirst(7))] = column
            } else if ["params", "parameters", "N"].contains(name) {
                parametersColumn = column
            } else if ["tokens", "D"].contains(name) {
                tokensColumn = column
            }
        }
        guard !weightColumns.isEmpty else {
            throw .missingColumn(quantity: "the weights of sources", tried: ["w_NAME"], known: header)
        }
        guard !lossColumns.isEmpty else {
            throw .missingColumn(quantity: "the loss", tried: ["loss", "loss_NAME"], known: header)
        }
        sources = weightColumns.map(\.name)
        targets = lossColumns.map(\.name)
        let hasUnique = sources.allSatisfy { uniqueColumns[$0] != nil }
        var runs: [Run] = []
        for (row, cells) in sheet.rows {
            func number(_ column: Int, _ expected: String, _ accepts: (Double) -> Bool) throws(FittingError) -> Double {
                guard let value = WrittenQuantity.value(of: cells[column]), value.isFinite, accepts(value) else {
                    throw .unusableCell(
                        row: row, column: header[column], text: cells[column], reason: "is not \(expected)")
                }
                return value
            }
            var weights: [Double] = []
            for column in weightColumns {
                weights.append(
                    cells[column.column].isEmpty
                        ? 0 : try number(column.column, "a weight from 0 to 1") { (0...1.01).contains($0) })
            }
            let sum = weights.reduce(0, +)
            guard abs(sum - 1) <= Self.tolerance else {
                throw .unreadable(
                    row: row,
                    reason: "its weights add up to \(sum), not 1: they must be a mixture of all sources in the table")
            }
            var losses: [Double] = []
            for column in lossColumns { losses.append(try number(column.column, "a positive loss") { $0 > 0 }) }
            func optional(_ column: Int?) throws(FittingError) -> Double? {
                guard let column, !cells[column].isEmpty else { return nil }
                return try number(column, "a positive number") { $0 > 0 }
            }
            var unique: [Double]?
            if hasUnique {
                var values: [Double] = []
                for source in sources {
                    if let value = try optional(uniqueColumns[source]) { values.append(value) }
                }
                if values.count == sources.count { unique = values }
            }
            runs.append(
                Run(
                    weights: weights.map { $0 / sum }, losses: losses, parameters: try optional(parametersColumn),
                    tokens: try optional(tokensColumn), uniqueTokens: unique))
        }
        guard !runs.isEmpty else { throw .noRuns }
        self.runs = runs
    }
}
