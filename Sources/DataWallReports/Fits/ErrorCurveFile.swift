import CorpusAudit
public import LawFitting
public import OrderedJSON
public import ScalingLaws

/// The file of a curve of benchmark error over loss: `datawall fit --error-column` writes it, and
/// `datawall plan --error-curve` reads it.
///
/// The table of `fields` is the format: it writes files, reads them, and makes their schema.
public struct ErrorCurveFile: JSONRecord, Sendable, Equatable {
    /// The version of the format this library reads and writes.
    public static let version = 1

    /// The name of the format, as it is in a file.
    static let formatName = "datawall-error-curve"

    /// The JSON Schema of such files, as it is in `Datasets/schemas`.
    package static let schemaFile = schemaFile(
        of: "datawall-error-curve-1", title: "datawall error curve file, version 1",
        summary: "The error on a benchmark as a function of the loss, fitted to runs. Unknown values are null.")

    /// The version of the program that made the file.
    public var datawallVersion: String?

    /// The command line that makes the file again, without the option that writes it.
    public var madeBy: String?

    /// The column that was fitted.
    public var benchmark = ""

    /// The form of the curve.
    public var form = ErrorCurve.Form.exponential

    /// Its formula.
    public var formula = ""

    /// The coefficients by name.
    public var coefficients = JSONDictionary<Double>()

    /// Their covariance, row by row.
    public var covariance: [[Double]]?

    /// The error of guessing.
    public var chance: Double?

    /// The unit of the losses.
    public var lossUnit = LossUnit.natsPerToken

    /// The losses that the runs span.
    public var lossRange = 0.0...1.0

    /// How many runs were fitted.
    public var runs = 0

    /// How many model sizes they have.
    public var scales = 0

    /// The standard deviation of errors around the curve.
    public var scatter = 0.0

    /// Degrees of freedom that are left.
    public var freedom = 1

    /// The mean absolute error on a model size left out of the fit.
    public var leaveOneScaleOutError: Double?

    /// Remarks for the user.
    public var notes: [String] = []

    package static let blank = ErrorCurveFile()

    package static let fields: [JSONField<ErrorCurveFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("datawall_version", \.datawallVersion, "The version of the program.", presence: .readIfPresent),
        .init("made_by", \.madeBy, "The command line that makes the file again.", presence: .readIfPresent),
        .init("benchmark", \.benchmark, "The column that was fitted.", .notEmpty),
        .init("form", \.form, "The form of the curve."),
        .init("formula", \.formula, "Its formula; L is the loss.", presence: .readIfPresent),
        .init("coefficients", \.coefficients, "The coefficients by name."),
        .init("covariance", \.covariance, "Their covariance, row by row; null where the runs leave some open."),
        .init("chance", \.chance, "The error of guessing; null where it was not given.", .share),
        .init("loss_unit", \.lossUnit, "The unit of the losses."),
        .init("loss_range", \.lossRange, "The losses that the runs span."),
        .init("runs", \.runs, "How many runs were fitted.", .positive),
        .init("scales", \.scales, "How many model sizes they have.", .positive),
        .init("scatter", \.scatter, "The standard deviation of errors around the curve.", .notNegative),
        .init("freedom", \.freedom, "Degrees of freedom that are left.", .positive),
        .init(
            "leave_one_scale_out_error", \.leaveOneScaleOutError,
            "The mean absolute error on a model size that was left out; null where the others are too few.",
            .notNegative),
        .init("notes", \.notes, "What a user must know.", presence: .readIfPresent),
    ]

    package func check(at place: JSONPlace) throws(JSONPathError) {
        let names = form.coefficientNames
        guard coefficients.map(\.name) == names else {
            throw place.member("coefficients", .null).failure(
                "must be those of this form, in their order: \(names.joined(separator: ", "))")
        }
        if let covariance, covariance.count != names.count || covariance.contains(where: { $0.count != names.count }) {
            throw place.member("covariance", .null).failure("must have \(names.count) rows of \(names.count) numbers")
        }
    }

    /// The file of a fit.
    public init(_ fit: ErrorCurveFit, lossUnit: LossUnit, notes: [String] = [], madeBy: String? = nil) {
        datawallVersion = DataWallVersion.current
        self.madeBy = madeBy
        benchmark = fit.benchmark
        form = fit.curve.form
        formula = form.formula
        coefficients = JSONDictionary(form.coefficientNames, fit.curve.coefficients)
        covariance = fit.covariance
        chance = fit.chance
        self.lossUnit = lossUnit
        lossRange = fit.lossRange
        runs = fit.runs
        scales = fit.scales
        scatter = fit.scatter
        freedom = fit.freedom
        leaveOneScaleOutError = fit.leaveOneScaleOutError
        self.notes = notes
    }

    /// Reads a file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        try self.init(file: bytes, format: Self.formatName, version: Self.version)
    }

    private init() {}

    /// The file as JSON; write it with `fileText()`.
    public var json: JSONValue { object }

    /// The fit that the file states.
    public var fit: ErrorCurveFit {
        ErrorCurveFit(
            curve: ErrorCurve(form, coefficients.map(\.value)), benchmark: benchmark,
            chance: chance, lossRange: lossRange, runs: runs, scales: scales, scatter: scatter, freedom: freedom,
            covariance: covariance, leaveOneScaleOutError: leaveOneScaleOutError)
    }
}

extension ErrorCurve.Form: JSONRepresentable {}
