import Quantities
public import ScalingLaws

/// Training runs with the losses they reached, for fitting laws.
public struct MeasuredRuns: Sendable, Hashable {
    /// The runs, in the order of the table.
    public var runs: [MeasuredRun]

    /// The unit of the losses.
    public var lossUnit: LossUnit

    /// Bytes of text per token, where all runs agree on it.
    public var bytesPerToken: Double?

    /// Whether the table says how many of the tokens are unique; if not, all are assumed unique.
    public var repetitionIsKnown: Bool

    /// The columns that quantities were read from; others say how runs were trained.
    public var usedColumns: Set<String> = []

    /// Remarks of the reader for the user, one sentence each.
    public var notes: [String]

    /// Creates a table of runs.
    ///
    /// - Throws: ``FittingError/noRuns`` for an empty table, ``FittingError/unusableCell(row:column:text:reason:)`` for
    ///   a quantity that is not positive and finite.
    public init(
        _ runs: [MeasuredRun], lossUnit: LossUnit = .natsPerToken, bytesPerToken: Double? = nil,
        repetitionIsKnown: Bool = true, notes: [String] = []
    ) throws(FittingError) {
        guard !runs.isEmpty else { throw .noRuns }
        for (index, run) in runs.enumerated() {
            let quantities = [
                ("params", run.parameters), ("tokens", run.tokens), ("unique_tokens", run.uniqueTokens),
                ("loss", run.loss), ("flops", run.compute),
            ]
            for (name, value) in quantities where !(value > 0 && value < .infinity) {
                throw .unusableCell(
                    row: run.row > 0 ? run.row : index + 1, column: name, text: "\(value)",
                    reason: "must be a positive, finite number")
            }
            guard run.weight >= 0, run.weight < .infinity else {
                throw .unusableCell(
                    row: run.row > 0 ? run.row : index + 1, column: "weight", text: "\(run.weight)",
                    reason: "must be a finite number, 0 or more")
            }
        }
        self.runs = runs
        self.lossUnit = lossUnit
        self.bytesPerToken = bytesPerToken
        self.repetitionIsKnown = repetitionIsKnown
        self.notes = notes
    }

    /// How many runs there are.
    public var count: Int { runs.count }

    /// The groups that occur, in the order of their first run.
    public var groups: [String] {
        var seen: Set<String> = []
        return runs.compactMap { run in
            guard let group = run.group, seen.insert(group).inserted else { return nil }
            return group
        }
    }

    /// The runs as columns that laws are evaluated on.
    ///
    /// - Parameter features: The names of further quantities that a law reads; each must be a numeric column.
    /// - Returns: The columns.
    /// - Throws: ``FittingError/unknownColumn(_:nearest:known:)`` and
    ///   ``FittingError/unusableCell(row:column:text:reason:)`` for features.
    public func table(features: [String] = []) throws(FittingError) -> RunTable {
        var columns: [String: [Double]] = [:]
        for name in features {
            var column: [Double] = []
            for run in runs {
                guard let text = run.cells[name] else {
                    let known = run.cells.keys.sorted()
                    throw .unknownColumn(name, nearest: nearestNames(to: name, among: known), known: known)
                }
                guard let value = try? Quantity.number(text, grouping: .refused) else {
                    throw .unusableCell(
                        row: run.row, column: name, text: text, reason: "is not a finite number, which the law needs")
                }
                column.append(value)
            }
            columns[name] = column
        }
        let features = columns
        return try translatingLawErrors { () throws(LawError) in
            try RunTable(
                parameters: runs.map(\.parameters), tokens: runs.map(\.tokens),
                uniqueTokens: runs.map(\.uniqueTokens), features: features)
        }
    }

    /// The runs at some indices, in their order; everything else stays the same.
    ///
    /// - Throws: ``FittingError/noRuns`` for no index.
    public func selecting(_ indices: [Int]) throws(FittingError) -> MeasuredRuns {
        var selected = try MeasuredRuns(
            indices.map { runs[$0] }, lossUnit: lossUnit, bytesPerToken: bytesPerToken,
            repetitionIsKnown: repetitionIsKnown, notes: notes)
        selected.usedColumns = usedColumns
        return selected
    }

    /// The range that the runs span in each quantity.
    public var range: ValidityRange {
        ValidityRange(
            parameters: span(\.parameters), tokens: span(\.tokens), uniqueTokens: span(\.uniqueTokens),
            epochs: span(\.epochs), compute: span(\.compute))
    }

    private func span(_ quantity: (MeasuredRun) -> Double) -> ClosedRange<Double>? {
        let values = runs.map(quantity)
        guard let low = values.min(), let high = values.max() else { return nil }
        return low...high
    }

    /// How many powers of ten of compute the runs span.
    public var computeDecades: Double {
        guard let span = range.compute else { return 0 }
        return Elementary.log(span.upperBound / span.lowerBound) / Elementary.log(10)
    }

    /// The scatter of log loss between runs of equal size, tokens and unique tokens, such as seeds of one setting;
    /// `nil` if no setting was run twice.
    ///
    /// The pooled standard deviation: the least error that any law can have on these runs.
    public var repeatability: Double? {
        struct Setting: Hashable { var parameters, tokens, uniqueTokens: Double }
        var logs: [Setting: [Double]] = [:]
        for run in runs {
            let setting = Setting(parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
            logs[setting, default: []].append(Elementary.log(run.loss))
        }
        var squares: [Double] = []
        var freedom = 0
        for values in logs.values where values.count > 1 {
            let mean = values.reduce(0, +) / Double(values.count)
            squares.append(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
            freedom += values.count - 1
        }
        // Sorted, so that the sum does not depend on the dictionary's order.
        return freedom == 0 ? nil : (squares.sorted().reduce(0, +) / Double(freedom)).squareRoot()
    }
}
