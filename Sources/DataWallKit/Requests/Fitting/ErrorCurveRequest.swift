public import DataWallReports
public import LawFitting

/// Fits the error on a benchmark as a function of the loss to a table of runs.
///
/// ```swift
/// let request = ErrorCurveRequest(runs: "runs.csv", column: "arc_error")
/// let file = try request.run()
/// print(file.fit.prediction(at: 2.1).error)
/// ```
public struct ErrorCurveRequest: Sendable {
    /// The path of the run table; `-` is standard input.
    public var runs: String

    /// The column of the benchmark.
    public var column: String

    /// The meaning of the column's values.
    public var measure: BenchmarkRuns.Measure

    /// The error of guessing, such as 0.75 for four choices.
    public var chance: Double?

    /// The form of the curve; `nil` for the form that is better on model sizes left out.
    public var form: ErrorCurve.Form?

    /// How the table is read.
    public var table = RunTableOptions()

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - runs: The path of a table with columns of parameters, tokens, loss and the benchmark.
    ///   - column: The column of the benchmark.
    ///   - measure: The meaning of the column's values.
    public init(runs: String, column: String, measure: BenchmarkRuns.Measure = .error) {
        self.runs = runs
        self.column = column
        self.measure = measure
    }

    /// Fits the curve.
    ///
    /// - Parameter madeBy: The command line that makes the file again.
    /// - Returns: The curve, with measures of how far to trust it.
    /// - Throws: `InputFailure` for a file that cannot be read, `FittingError` for unusable content.
    public func run(madeBy: String? = nil) throws -> ErrorCurveFile {
        let measured = try RunTableReader(table).read(try InputFile(path: runs).bytes)
        let benchmark = try BenchmarkRuns(measured, column: column, measure: measure, chance: chance)
        return ErrorCurveFile(
            try ErrorCurveFit(benchmark, form: form), lossUnit: measured.lossUnit,
            notes: measured.notes + benchmark.notes, madeBy: madeBy)
    }
}
