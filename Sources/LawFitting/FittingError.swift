import Quantities
public import ScalingLaws
public import Tables

/// An error in a run table, in a fit, or in a request that uses one.
public enum FittingError: Error, Equatable, Sendable {
    /// A table cannot be read, or a cell of it cannot be used.
    case table(TableError)

    /// The table holds no run.
    case noRuns

    /// A requested column does not exist.
    case unknownColumn(String, nearest: [String], known: [String])

    /// None of the columns that could hold a quantity exist.
    case missingColumn(quantity: String, tried: [String], known: [String])

    /// A cell has content that its column does not allow; the row is a line of the file, if the cell is from one.
    case unusableCell(row: Int, column: String, text: String, reason: String)

    /// A size that is far too small to be a count: it was written in millions or billions.
    case looksScaled(row: Int, column: String, value: Double)

    /// A run's compute contradicts its size and tokens.
    case contradictoryCompute(row: Int, given: Double, expected: Double)

    /// A run's epochs contradict its tokens and unique tokens.
    case contradictoryEpochs(row: Int, given: Double, expected: Double)

    /// Runs of different tokenizers or evaluation sets, whose losses cannot be compared.
    case mixedSetups(column: String, values: [String])

    /// Losses in bits per byte need bytes per token to be compared or converted.
    case missingBytesPerToken(row: Int?)

    /// An expression over columns that cannot be understood.
    case unusableExpression(String, reason: String)

    /// A filter or hold-out that leaves no run.
    case nothingLeft(expression: String, count: Int)

    /// Fewer runs than coefficients.
    case tooFewRuns(Int, coefficients: [String])

    /// The runs cannot separate some coefficients, whatever their values.
    case unknowable(coefficients: [String], reason: String)

    /// A name that is not among the known ones.
    case unknownName(String, kind: String, nearest: [String], known: [String])

    /// An option whose value makes no sense.
    case unusableOption(String, reason: String)

    /// No start led to a finite objective.
    case noFit(law: String, reason: String)

    /// The runs do not suit a method.
    case unsuitableRuns(method: String, reason: String)

    /// The law itself refuses.
    case law(LawError)
}

extension FittingError: CustomStringConvertible {
    /// One sentence that names the fault, its place, and what to do.
    public var description: String {
        switch self {
        case .table(let error): error.description
        case .noRuns: "the run table holds no run: it needs a header line and a line for each run"
        case .unknownColumn(let name, let nearest, let known):
            "the run table has no column '\(name)'" + Self.suggestion(nearest, known, "its columns are")
        case .missingColumn(let quantity, let tried, let known):
            "the run table has no column for \(quantity): looked for \(tried.joined(separator: ", ")); its columns are "
                + "\(known.joined(separator: ", ")). Name the column by option, or rename it"
        case .unusableCell(let row, let column, let text, let reason):
            "line \(row), column '\(column)': '\(text)' \(reason)"
        case .looksScaled(let row, let column, let value):
            "the run table, line \(row), column '\(column)': \(Quantity.exact(value)) looks like a count in millions or billions. Counts are absolute: "
                + "write 7e9 or 7B, or give the column's unit (1e9 for billions)"
        case .contradictoryCompute(let row, let given, let expected):
            "the run table, line \(row): the compute \(Quantity.flops(given)) is not near 6·N·D = \(Quantity.flops(expected)). Check the units of parameters, tokens and "
                + "compute, or leave the compute column out"
        case .contradictoryEpochs(let row, let given, let expected):
            "the run table, line \(row): \(Quantity.count(given, "epoch")) is not near D/U = \(Quantity.short(expected)). Check "
                + "tokens, unique tokens and epochs, or leave out one of the last two columns"
        case .mixedSetups(let column, let values):
            "the runs differ in '\(column)' (\(values.joined(separator: ", "))), so their losses in nats per token cannot "
                + "be pooled. Fit them apart with a filter, or give losses in bits/byte with bytes per token"
        case .missingBytesPerToken(let row):
            (row.map { "line \($0) has no bytes per token" } ?? "the runs have no bytes per token")
                + ", which pooling different tokenizers or evaluation sets needs. Add the column bytes_per_token, or give "
                + "one number by option"
        case .unusableExpression(let text, let reason):
            "the expression '\(text)' cannot be understood: \(reason). Write it like params>1e9 && epochs<=4"
        case .nothingLeft(let expression, let count):
            "'\(expression)' selects \(count == 0 ? "none" : "\(count)") of the runs, which leaves nothing to work with"
        case .tooFewRuns(let count, let coefficients):
            "\(Quantity.count(count, "run")) cannot determine the \(coefficients.count) coefficients "
                + "\(coefficients.joined(separator: ", ")): give more runs, or hold some coefficients"
        case .unknowable(let coefficients, let reason):
            "\(reason): \(coefficients.joined(separator: ", ")) cannot be known from these runs. Add runs that differ in "
                + "it, or hold \(coefficients.count == 1 ? "it" : "some of them") at a value"
        case .unknownName(let name, let kind, let nearest, let known):
            "there is no \(kind) named '\(name)'" + Self.suggestion(nearest, known, "known are")
        case .unusableOption(let name, let reason): "\(name) \(reason)"
        case .noFit(let law, let reason): "law '\(law)' could not be fitted: \(reason)"
        case .unsuitableRuns(let method, let reason): "\(method) does not work on these runs: \(reason)"
        case .law(let error): error.description
        }
    }

    private static func suggestion(_ nearest: [String], _ known: [String], _ lead: String) -> String {
        nearest.isEmpty
            ? "; \(lead) \(known.joined(separator: ", "))"
            : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }
}

/// Runs a body that throws errors of laws and throws them as errors of fits.
func translatingLawErrors<Result>(_ body: () throws(LawError) -> Result) throws(FittingError) -> Result {
    do {
        return try body()
    } catch {
        throw .law(error)
    }
}
