public import DataWallReports
public import LawFitting

/// Fits the error on a benchmark as a function of the loss to a table of runs.
///
/// ```swift
/// let file = try ErrorCurveRequest(column: "arc_error", chance: 0.75).file(for: bytes)
/// print(file.fit.prediction(at: 2.1).error)
/// ```
public struct ErrorCurveRequest: Sendable {
    /// The column of the benchmark.
    public var column: String

    /// What it holds.
    public var measure: BenchmarkRuns.Measure

    /// The error of guessing, such as 0.75 for four choices.
    public var chance: Double?

    /// The form of the curve; `nil` takes the one that is better on model sizes left out.
    public var form: ErrorCurve.Form?

    /// How the table is read.
    public var table: RunTableOptions

    /// Creates a request.
    public init(
        column: String, measure: BenchmarkRuns.Measure = .error, chance: Double? = nil, form: ErrorCurve.Form? = nil,
        table: RunTableOptions = RunTableOptions()
    ) {
        self.column = column
        self.measure = measure
        self.chance = chance
        self.form = form
        self.table = table
    }

    /// The fitted curve.
    ///
    /// - Parameters:
    ///   - bytes: The run table, with columns of parameters, tokens, loss and the benchmark.
    ///   - madeBy: The command line that makes the file again, or `nil`.
    /// - Returns: The curve with how far to trust it.
    /// - Throws: A ``FittingError`` that names line and column.
    public func file(for bytes: [UInt8], madeBy: String? = nil) throws(FittingError) -> ErrorCurveFile {
        let measured = try RunTableReader(table).read(bytes)
        let runs = try BenchmarkRuns(measured, column: column, measure: measure, chance: chance)
        return ErrorCurveFile(
            try ErrorCurveFit(runs, form: form), lossUnit: measured.lossUnit, notes: measured.notes + runs.notes,
            madeBy: madeBy)
    }
}
