public import OrderedJSON
public import TrainingPlanning

/// Plans over a range of budgets, supplies or limits, as their file states them.
public struct SweepFile: JSONRecord, Sendable, Equatable {
    /// The version of the program.
    public var datawallVersion: String?

    /// The command line that makes the file again; null if no command made it.
    public var madeBy: String?

    /// The axes of the sweep.
    public var axes: [Axis] = []

    /// A plan for each combination, the last axis running fastest.
    public var points: [Point] = []

    /// The version of the format this library reads and writes.
    public static let version = 1

    /// The name of the format, as files have it.
    static let formatName = "datawall-sweep"

    /// The JSON Schema of such files, as `Datasets/schemas` has it.
    package static let schemaFile = schemaFile(
        of: "datawall-sweep-1", title: "datawall sweep, version 1",
        summary: "Plans over a range of budgets, supplies or limits: the JSON that 'datawall plan --sweep' writes.")

    package static let blank = SweepFile()

    package static let fields: [JSONField<SweepFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("datawall_version", \.datawallVersion, "The version of the program."),
        .init("made_by", \.madeBy, "The command line that makes the file again; null where none did."),
        .init("axes", \.axes, "What was swept."),
        .init("points", \.points, "A plan for each combination, the last axis running fastest."),
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

    /// Checks that there is a point for each combination.
    package func check(at place: JSONPlace) throws(JSONPathError) {
        let expected = axes.reduce(1) { $0 * $1.values.count }
        guard !axes.isEmpty, points.count == expected else {
            throw JSONPathError(
                path: "points", reason: "has \(points.count) points for \(expected) combinations of the axes")
        }
    }
}

extension SweepFile {
    /// A quantity that was swept.
    public struct Axis: JSONRecord, Sendable, Equatable {
        /// The quantity, such as flops.
        public var quantity: String = ""

        /// Its values.
        public var values: [Double] = []

        package static let blank = Axis()

        package static let fields: [JSONField<Axis>] = [
            .init("quantity", \.quantity, "The quantity, such as flops."),
            .init("values", \.values, "Its values."),
        ]

        /// An empty record.
        init() {}
    }

    /// A plan at one combination of the values.
    public struct Point: JSONRecord, Sendable, Equatable {
        /// The compute that was swept, or else the plan's.
        public var flops: Double?

        /// The unique tokens that were swept, or else the plan's.
        public var uniqueTokens: Double?

        /// The cap on epochs, if it was swept.
        public var maxEpochs: Double?

        /// The most parameters, if they were swept.
        public var maxParameters: Double?

        /// The target loss, if it was swept.
        public var targetLoss: Double?

        /// The tokens served, if they were swept.
        public var inferenceTokens: Double?

        /// How far to trust the plan.
        public var status: PlanStatus = .infeasible

        /// The law that decides.
        public var law: String?

        /// N of the plan.
        public var parameters: Double?

        /// D of the plan.
        public var tokens: Double?

        /// The unique tokens that the plan uses, if they were swept.
        public var uniqueTokensUsed: Double?

        /// Its passes over the unique tokens.
        public var epochs: Double?

        /// Its passes over the files.
        public var passesOverFiles: Double?

        /// Its D/N.
        public var tokensPerParameter: Double?

        /// The compute that the plan uses, if it was swept.
        public var flopsUsed: Double?

        /// The share of the budget that it spends.
        public var budgetUsed: Double?

        /// Its loss; null if several laws were weighed.
        public var loss: Double?

        /// The cost that is minimised.
        public var cost: Double?

        /// The lower end of the loss.
        public var lossLow: Double?

        /// The upper end of the loss.
        public var lossHigh: Double?

        /// The lower end of N.
        public var parametersLow: Double?

        /// The upper end of N.
        public var parametersHigh: Double?

        /// The lower end of the epochs.
        public var epochsLow: Double?

        /// The upper end of the epochs.
        public var epochsHigh: Double?

        /// The reason why there is no plan.
        public var reason: String?

        /// Whether there is a plan at these values.
        public var hasPlan: Bool { status != .infeasible }

        package static let blank = Point()

        package static let fields: [JSONField<Point>] = [
            .init("flops", \.flops, "The compute that was swept, or else the plan's.", presence: .writtenIfSet),
            .init(
                "unique_tokens", \.uniqueTokens, "The unique tokens that were swept, or else the plan's.",
                presence: .writtenIfSet
            ),
            .init("max_epochs", \.maxEpochs, "The cap on epochs, where it was swept.", presence: .writtenIfSet),
            .init(
                "max_parameters", \.maxParameters, "The most parameters, where they were swept.",
                presence: .writtenIfSet
            ),
            .init("target_loss", \.targetLoss, "The target loss, where it was swept.", presence: .writtenIfSet),
            .init(
                "inference_tokens", \.inferenceTokens, "The tokens served, where they were swept.",
                presence: .writtenIfSet
            ),
            .init("status", \.status, "How far to trust the plan."),
            .init("law", \.law, "The law that decides.", presence: .writtenIfSet),
            .init("parameters", \.parameters, "N of the plan.", writtenWhere: \.hasPlan),
            .init("tokens", \.tokens, "D of the plan.", writtenWhere: \.hasPlan),
            .init(
                "unique_tokens_used", \.uniqueTokensUsed,
                "The unique tokens that the plan uses, where they were swept.", presence: .writtenIfSet
            ),
            .init("epochs", \.epochs, "Its passes over the unique tokens.", writtenWhere: \.hasPlan),
            .init("passes_over_files", \.passesOverFiles, "Its passes over the files.", writtenWhere: \.hasPlan),
            .init("tokens_per_parameter", \.tokensPerParameter, "Its D/N.", writtenWhere: \.hasPlan),
            .init(
                "flops_used", \.flopsUsed, "The compute that the plan takes, where it was swept.",
                presence: .writtenIfSet
            ),
            .init("budget_used", \.budgetUsed, "The share of the budget that it spends.", writtenWhere: \.hasPlan),
            .init("loss", \.loss, "Its loss; null where several laws were weighed.", writtenWhere: \.hasPlan),
            .init("cost", \.cost, "The quantity that is minimised.", writtenWhere: \.hasPlan),
            .init("loss_low", \.lossLow, "The lower end of the loss.", writtenWhere: \.hasPlan),
            .init("loss_high", \.lossHigh, "The upper end of the loss.", writtenWhere: \.hasPlan),
            .init("parameters_low", \.parametersLow, "The lower end of N.", writtenWhere: \.hasPlan),
            .init("parameters_high", \.parametersHigh, "The upper end of N.", writtenWhere: \.hasPlan),
            .init("epochs_low", \.epochsLow, "The lower end of the epochs.", writtenWhere: \.hasPlan),
            .init("epochs_high", \.epochsHigh, "The upper end of the epochs.", writtenWhere: \.hasPlan),
            .init("reason", \.reason, "Why there is no plan.", presence: .writtenIfSet),
        ]

        /// An empty record.
        init() {}
    }
}
