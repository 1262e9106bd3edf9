public import BuiltInModels
public import DataWallReports
import ScalingLaws
public import TrainingPlanning

/// All options of `datawall compare`, as plain values.
public struct CompareRequest: Sendable {
    /// The names of released models.
    public var released: [String] = []

    /// Runs as people write them: `mine: 8B, 15T, U=4T`.
    public var runs: [String] = []

    /// The path of a table of runs; `-` is standard input.
    public var table: String?

    /// The unique tokens of every run that does not state any.
    public var uniqueTokens: Double?

    /// Names or files of laws; empty for one law of each family with measured advice.
    public var laws: [String] = []

    /// The hardware that would train the runs.
    public var hardware = BudgetRequest()

    /// The hardware that would serve the models, and the amount of serving.
    public var serving = ServingRequest()

    /// Limits that the best runs keep.
    public var constraints = PlanConstraints()

    /// Creates a request without runs.
    public init() {}

    /// Refuses values that contradict each other, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try hardware.validate()
        try serving.validate()
        try RequestError.refuse([
            (
                serving.memory != nil || serving.weightsShare != nil || serving.maxTokenLatency != nil,
                "The runs say how large their models are: leave out --serving-memory, --weights-share and "
                    + "--max-token-latency."
            ),
            (
                isServed && serving.gpu == nil && hardware.gpu == nil,
                "Say what serves: --serving-gpu, or --gpu for training and service alike."
            ),
            (
                hasLoad && (serving.mfu == nil || (serving.dollarsPerGPUHour ?? hardware.dollarsPerGPUHour) == nil),
                "The cost of serving needs --serving-mfu and a price: --serving-dollars-per-gpu-hour, or "
                    + "--dollars-per-gpu-hour."
            ),
            (
                released.isEmpty && runs.isEmpty && table == nil,
                "Name released models, or give runs with --run 'mine: 8B, 15T, U=4T' or --runs FILE."
            ),
            RunLimits.rule("--unique-tokens", uniqueTokens, RunLimits.uniqueTokens),
        ])
        try RequestError.refuse(
            hardware.unusedRules(serving, servesFromIt: isServed && serving.gpu == nil))
    }

    private var hasLoad: Bool { serving.inferenceTokens != nil || serving.requestsPerDay != nil }

    private var isServed: Bool {
        hasLoad || serving.gpu != nil || serving.mfu != nil || serving.gpus != nil || serving.bytesPerParameter != nil
    }

    /// The hardware that serves the models, if any option names it.
    private func service(_ table: AcceleratorTable, _ cluster: TrainingCluster?) throws -> RunService? {
        guard isServed,
            let accelerator = try serving.accelerator(orTraining: hardware.accelerator(among: table), among: table)
        else { return nil }
        return try RunService(
            on: accelerator, devices: serving.gpus ?? 1, bytesPerParameter: serving.bytesPerParameter ?? 2,
            terms: serving.terms(costWeight: nil, cluster: cluster, accelerator: accelerator))
    }

    /// The runs in the order given: of the table, by name, as written.
    private func namedRuns() throws -> [NamedRun] {
        var all = try table.map { path in try NamedRun.table(InputFile(path: path, kind: "table of runs").bytes) } ?? []
        all += try released.map { name in try NamedRun.released(name) }
        all += try runs.map { text in try NamedRun(reading: text) }
        for run in all {
            try RequestError.refuse([
                RunLimits.rule("The parameters of run '\(run.name)'", run.parameters, RunLimits.parameters),
                RunLimits.rule("The tokens of run '\(run.name)'", run.tokens, RunLimits.tokens),
                RunLimits.rule("The unique tokens of run '\(run.name)'", run.uniqueTokens, RunLimits.uniqueTokens),
            ])
        }
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
            laws: try laws.isEmpty ? models.decidingLaws : models.laws(laws),
            objective: try models.objectives.model(named: "min-loss"))
        let comparison = try planner.compare(try namedRuns(), constraints: constraints)
        let table = try hardware.table()
        let cluster = try hardware.cluster(among: table)
        return ComparisonReport(comparison, cluster: cluster, service: try service(table, cluster), madeBy: madeBy)
    }
}
