public import BuiltInModels
public import DataWallReports
import ScalingLaws
public import TrainingPlanning

/// Everything that `datawall compare` can be asked, as plain values.
public struct CompareRequest: Sendable {
    /// The names of released models.
    public var released: [String] = []

    /// Runs as people write them: `mine: 8B, 15T, U=4T`.
    public var runs: [String] = []

    /// The path of a table of runs; `-` is standard input.
    public var table: String?

    /// The unique tokens of every run that states none.
    public var uniqueTokens: Double?

    /// Names or files of laws; empty for one law of each family with measured advice.
    public var laws: [String] = []

    /// What the runs would train on.
    public var hardware = BudgetRequest()

    /// Limits that the best runs keep.
    public var constraints = PlanConstraints()

    /// Creates a request without runs.
    public init() {}

    /// Refuses values that contradict each other, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try hardware.validate()
        try RequestError.refuse([
            (
                released.isEmpty && runs.isEmpty && table == nil,
                "Name released models, or give runs with --run 'mine: 8B, 15T, U=4T' or --runs FILE."
            )
        ])
    }

    /// The runs in the order given: of the table, by name, as written.
    private func namedRuns() throws -> [NamedRun] {
        var all = try table.map { path in try NamedRun.table(InputFile(path: path, kind: "table of runs").bytes) } ?? []
        all += try released.map { name in try NamedRun.released(name) }
        all += try runs.map { text in try NamedRun(reading: text) }
        for index in all.indices where all[index].uniqueTokens == nil { all[index].uniqueTokens = uniqueTokens }
        return all
    }

    /// Compares the runs.
    ///
    /// - Parameters:
    ///   - models: The laws known.
    ///   - madeBy: The command line that makes the answer again.
    /// - Returns: The report.
    /// - Throws: ``RequestError``, `InputFailure`, `TableError`, `PlanningError` and `LawError`.
    public func run(models: ModelCatalog = .standard, madeBy: String? = nil) throws -> ComparisonReport {
        try validate()
        let planner = Planner(
            laws: try laws.isEmpty ? models.decidingLaws : laws.map { name in try models.law(name) },
            objective: try models.objectives.model(named: "min-loss"))
        let comparison = try planner.compare(try namedRuns(), constraints: constraints)
        return ComparisonReport(comparison, cluster: try hardware.cluster(among: hardware.table()), madeBy: madeBy)
    }
}
