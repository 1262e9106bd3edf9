import Quantities
import ScalingLaws

/// Training runs with the loss and the benchmark error that each reached.
public struct BenchmarkRuns: Sendable, Hashable {
    /// The meaning of a benchmark's column in a run table.
    public enum Measure: String, Sendable, Hashable {
        /// The share of answers that are wrong.
        case error

        /// The share that are right.
        case accuracy
    }

    /// One run.
    public struct Point: Sendable, Hashable {
        /// The loss.
        public let loss: Double

        /// The share of answers that are wrong.
        public let error: Double

        /// N; runs of one size may be points of one training run, whose errors go together.
        public let parameters: Double
    }

    /// The runs.
    public let points: [Point]

    /// The column that was read.
    public let column: String

    /// The error of guessing, if known.
    public let chance: Double?

    /// Remarks for the reader, one sentence each.
    public let notes: [String]

    /// Takes the runs of a table that have a value in a column.
    ///
    /// - Parameters:
    ///   - runs: The table.
    ///   - column: A column of shares from 0 to 1; empty cells are runs that were not measured.
    ///   - measure: The meaning of the column's values.
    ///   - chance: The error of guessing, such as 0.75 for four choices; above 0, at most 1.
    /// - Throws: A ``FittingError``: no such column, a cell that is no share, fewer than two model sizes, too few runs.
    public init(
        _ runs: MeasuredRuns, column: String, measure: Measure = .error, chance: Double? = nil
    ) throws(FittingError) {
        if let chance, !(chance > 0 && chance <= 1) {
            throw .unusableOption("the error of guessing", reason: "must be above 0 and at most 1, not \(chance)")
        }
        let known = Set(runs.runs.flatMap(\.cells.keys)).sorted()
        guard known.contains(column) else {
            throw .unknownColumn(column, nearest: nearestNames(to: column, among: known), known: known)
        }
        var points: [Point] = []
        for run in runs.runs {
            guard let text = run.cells[column], !text.isEmpty else { continue }
            guard let value = try? Quantity.number(text, grouping: .refused), (0...1).contains(value) else {
                let isPercent = (try? Quantity.number(text, grouping: .refused)).map { $0 > 1 && $0 <= 100 } ?? false
                throw .unusableCell(
                    row: run.row, column: column, text: text,
                    reason: "is no share from 0 to 1" + (isPercent ? ": divide per cent by 100" : ""))
            }
            let error = measure == .error ? value : 1 - value
            points.append(Point(loss: run.loss, error: error, parameters: run.parameters))
        }
        var notes: [String] = []
        if points.count < runs.count {
            notes.append(
                "\(Quantity.count(runs.count - points.count, "run")) without a value in '\(column)' "
                    + "\(runs.count - points.count == 1 ? "is" : "are") left out.")
        }
        let guessing = chance.map { chance in points.count { $0.error >= chance } } ?? 0
        if guessing > 0 {
            notes.append(
                "\(Quantity.count(guessing, "run")) \(guessing == 1 ? "does" : "do") no better than guessing, which says "
                    + "little about the loss where answers begin to be right.")
        }
        self.points = points
        self.column = column
        self.chance = chance
        self.notes = notes
        guard scales.count > 1 else {
            throw .unsuitableRuns(
                method: "an error curve",
                reason: points.isEmpty
                    ? "none has a value in '\(column)'"
                    : "all have one model size, so nothing says how the curve carries over to another; add a second")
        }
    }

    /// The model sizes, ascending.
    public var scales: [Double] { Set(points.map(\.parameters)).sorted() }

    /// The losses that the runs span.
    public var lossRange: ClosedRange<Double> {
        let losses = points.map(\.loss)
        return (losses.min() ?? 0)...(losses.max() ?? 0)
    }
}
