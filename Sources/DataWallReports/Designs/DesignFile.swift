public import OrderedJSON

/// Runs to train before a big one, as their file says it.
public struct DesignFile: JSONRecord, Sendable, Equatable {
    /// The command line that makes the file again; null if unknown.
    public var madeBy: String?

    /// The law that the runs are to be fitted with.
    public var law: String = ""

    /// The budget of all runs together.
    public var budget: Double = 0.0

    /// The compute of all runs, as 6·N·D.
    public var flops: Double = 0.0

    /// Hours of one accelerator; null if no accelerator is known.
    public var acceleratorHours: Double?

    /// The cost of all runs; null without a price.
    public var dollars: Double?

    /// Factors of ten between the lowest and the highest level.
    public var decades: Double = 0.0

    /// The standard deviation of a run's ln L that is assumed.
    public var scatter: Double = 0.0

    /// The source of the uncertainty of the coefficients.
    public var knownBefore: String = ""

    /// The big run.
    public var target: Target = Target()

    /// How well the runs do on simulated laws.
    public var forecast: Forecast = Forecast()

    /// Even grids of the same cost, on the same laws.
    public var rivals: [Rival] = []

    /// The runs.
    public var runs: [Run] = []

    /// Runs that find the mixture; null if none were requested.
    public var pilots: Pilots?

    /// Further notes.
    public var notes: [String] = []

    /// The version of the format this library reads and writes.
    public static let version = 1

    /// The name of the format, as files have it.
    static let formatName = "datawall-design"

    /// The JSON Schema of such files, as `Datasets/schemas` has it.
    package static let schemaFile = schemaFile(
        of: "datawall-design-1", title: "datawall design of runs, version 1",
        summary:
            "Runs to train before a big one, and what their fit is expected to know. Widths are those of the 90 % range "
            + "of ln L, or of ln N: 0.02 is 2 %.")

    package static let blank = DesignFile()

    package static let fields: [JSONField<DesignFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("made_by", \.madeBy, "The command line that makes the file again; null where it is not known."),
        .init("law", \.law, "The law that the runs are to be fitted with."),
        .init("budget_flops", \.budget, "What the runs may take together."),
        .init("flops", \.flops, "What they take, as 6·N·D."),
        .init("accelerator_hours", \.acceleratorHours, "Hours of one accelerator; null where none is known."),
        .init("dollars", \.dollars, "What they cost; null without a price."),
        .init("decades", \.decades, "Factors of ten between the lowest and the highest level."),
        .init("scatter", \.scatter, "The standard deviation of a run's ln L that is assumed."),
        .init("known_before", \.knownBefore, "Where the doubt about the coefficients comes from."),
        .init("target", \.target, "The big run."),
        .init("forecast", \.forecast, "How well the runs do on simulated laws."),
        .init("rivals", \.rivals, "Even grids of the same cost, on the same laws."),
        .init("runs", \.runs, "The runs."),
        .init("pilots", \.pilots, "Runs that find the mixture; null where none are asked for."),
        .init("notes", \.notes, "Further notes."),
    ]

    /// An empty record.
    init() {}

    /// Reads a file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        try self.init(file: json, format: Self.formatName, version: Self.version)
    }

    /// The value of the file; write it with `fileText()`.
    public var json: JSONValue { object }
}
