import LawFiles
import LawFitting
public import OrderedJSON
public import ScalingLaws

/// The file of a fit: the JSON that `datawall fit --json` prints.
///
/// The table of `fields` is the format: it writes files, reads them, and makes their schema. Keys that a later minor
/// version added are ignored. Studies that no page shows are written but not read back.
public struct FitFile: JSONRecord, Sendable, Equatable {
    /// The version of the format this library reads and writes.
    public static let version = 2

    /// The name of the format, as it is in a file.
    static let formatName = "datawall-fit"

    /// The JSON Schema of such files, as it is in `Datasets/schemas`.
    package static let schemaFile = schemaFile(
        of: "datawall-fit-2", title: "datawall fit file, version 2",
        summary:
            "A law fitted to runs, with what was found out about the fit. Keys are written in the order given here; later "
            + "minor versions only add keys. Unknown values are null.")

    /// The version of the program that made the fit.
    public var datawallVersion: String?

    /// The command line that makes the file again, without the option that writes it; `nil` if no command made it.
    public var madeBy: String?

    /// The files that the fit was made from.
    public var inputs: [Input] = []

    /// The law that was fitted.
    public var law = ""

    /// Its formula, as text.
    public var formula = ""

    /// The source of the law's form.
    public var formSource = ""

    /// How many runs were fitted.
    public var runs = 0

    /// The unit of the losses.
    public var lossUnit = LossUnit.natsPerToken

    /// The objective that was minimised.
    public var objective = ""

    /// The least value of that.
    public var objectiveValue: Double?

    /// Whether the search came to rest.
    public var isConverged = true

    /// Starting points of the search.
    public var starts = 0

    /// Evaluations of the objective.
    public var evaluations = 0

    /// R² of the losses.
    public var determination: Double?

    /// The median of the relative errors.
    public var medianRelativeError: Double?

    /// Akaike's criterion, corrected for few runs.
    public var aicc: Double?

    /// How much runs of equal settings scatter: the least error that any law can leave.
    public var repeatability: Double?

    /// The probability of the intervals.
    public var intervalLevel = 0.9

    /// The coefficients, in the law's order.
    public var coefficients = JSONDictionary<Coefficient>()

    /// The range of the runs.
    public var range = ValidityRange()

    /// The resamples that intervals rest on.
    public var bootstrap: Bootstrap?

    /// The law's errors on held-out runs.
    public var holdOut: HoldOut?

    /// Several laws on the same runs, the best first.
    public var comparison: [Entry] = []

    /// Estimates of the best size over compute.
    public var allocation: Allocation?

    /// Remarks for the user.
    public var warnings: [String] = []

    /// The runs with the law's predictions.
    public var residuals: [Residual] = []

    /// Studies that are written but not read back.
    var studies = Studies()

    package static let blank = FitFile()

    package static let fields: [JSONField<FitFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("datawall_version", \.datawallVersion, "The version of the program."),
        .init("made_by", \.madeBy, "The command line that makes the file again; null where none did."),
        .init("inputs", \.inputs, "The files that the fit was made from."),
        .init("law", \.law, "The law that was fitted.", .notEmpty),
        .init("formula", \.formula, "Its formula."),
        .init("form_source", \.formSource, "Where the law's form comes from."),
        .init("runs", \.runs, "How many runs were fitted.", .notNegative),
        .init("loss_unit", \.lossUnit, "The unit of the losses."),
        .init("objective", \.objective, "What was minimised."),
        .init("objective_value", \.objectiveValue, "The least value of that."),
        .init("converged", \.isConverged, "Whether the search came to rest."),
        .init("starts", \.starts, "Starting points of the search."),
        .init("evaluations", \.evaluations, "Evaluations of what was minimised."),
        .init("r_squared", \.determination, "R² of the losses."),
        .init("median_relative_error", \.medianRelativeError, "The median of the relative errors."),
        .init("aicc", \.aicc, "Akaike's criterion, corrected for few runs."),
        .init("repeatability", \.repeatability, "How much the losses of runs of equal settings scatter."),
        .init("interval_level", \.intervalLevel, "The probability of the intervals.", .share),
        .init(writtenIfKnown: "forecast", \.studies.forecast, "What the fit forecasts for larger runs."),
        .init(writtenIfKnown: "backtest", \.studies.backtest, "Fits to cheap runs, judged on dearer ones."),
        .init(writtenIfKnown: "prior", \.studies.prior, "The prior that the fit used."),
        .init(written: "worst_rows", \.studies.worstRows, "The rows of the runs that the law misses most."),
        .init("coefficients", \.coefficients, "The coefficients by name, in the law's order."),
        .init(written: "optima", \.studies.optima, "Where searches ended, the best first."),
        .init("range", \.range, "What the runs span."),
        .init("bootstrap", \.bootstrap, "The resamples that intervals rest on.", presence: .writtenIfSet),
        .init("hold_out", \.holdOut, "How the law did on runs that were held out.", presence: .writtenIfSet),
        .init("comparison", \.comparison, "Several laws on the same runs, the best first.", presence: .writtenIfSet),
        .init("allocation", \.allocation, "Estimates of the best size over compute.", presence: .writtenIfSet),
        .init(writtenIfKnown: "sensitivity", \.studies.sensitivity, "What small changes of the runs do."),
        .init(writtenIfKnown: "setups", \.studies.setups, "Two groups of runs compared."),
        .init(writtenIfKnown: "regret", \.studies.regret, "What laws fitted to cheap runs would have chosen."),
        .init(writtenIfKnown: "watch", \.studies.watch, "A run in flight and its forecast."),
        .init(writtenIfKnown: "residual_trends", \.studies.trends, "Tests of the errors for structure."),
        .init("warnings", \.warnings, "What a user must know."),
        .init("residuals", \.residuals, "The runs with what the law says of them."),
    ]

    /// Reads a fit file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        try self.init(file: bytes, format: Self.formatName, version: Self.version)
    }

    /// Reads a fit file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        try self.init(file: json, format: Self.formatName, version: Self.version)
    }

    private init() {}
}
