public import BuiltInModels
import DataMixing
import LawFitting
import Quantities
import RunDesign
import ScalingLaws
import TrainingPlanning

/// All options of `datawall design`, which proposes the runs to train before a big one.
public struct DesignRequest: Sendable {
    /// The budget of all runs together.
    public var budget = BudgetRequest()

    /// The compute of the big run, in FLOPs; ten times the budget where `nil`.
    public var target: Double?

    /// The data of the big run; empty for data to spare.
    public var supply = SupplyRequest()

    /// The name or file of the law that the runs are to be fitted with.
    ///
    /// `nil` means `chinchilla-soft`, or `bounded-log` if the unique tokens of the big run are given.
    public var law: String?

    /// The most runs.
    public var mostRuns = DesignQuestion.usualRuns

    /// The standard deviation of a run's ln L around the law; `nil` for the value measured on the law's card.
    public var scatter: Double?

    /// The share of the budget for pilots of the mixture; 0 for none.
    public var pilotShare = 0.0

    /// The models to build.
    public var model = ModelRequest()

    /// How many laws are simulated and fitted again.
    public var truths = 400

    /// The seed of all draws.
    public var seed: UInt64 = 1

    /// Creates a request without a budget.
    public init() {}

    private var hasSupply: Bool { supply.isGiven }

    /// The FLOPs of a big run: from a millisecond of one accelerator to more than anybody will have.
    private static let targets = BudgetRequest.fewestFLOPs...1e36

    /// Refuses values that contradict each other, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try budget.validate()
        if hasSupply { try supply.validate() }
        try RequestError.refuse([
            (
                budget.flops == nil && budget.days == nil && budget.dollars == nil,
                "Say what the runs may cost: --flops 1e21, --dollars 20,000 with --gpu, --mfu and --dollars-per-gpu-hour, "
                    + "or --days 3 with --gpu, --gpus and --mfu."
            ),
            RunLimits.rule("--target", target, Self.targets),
            (model.countsExactly, "Runs are placed by 6ND, as fits count them: leave out --flop-model exact."),
            (
                !(pilotShare >= 0 && pilotShare <= 0.9),
                "--pilots is a share of the budget, from 0 to 0.9: what is left goes to the law."
            ),
            (
                pilotShare > 0 && supply.path == nil,
                "--pilots needs the sources that are mixed: name an audit or a table of sources."
            ),
        ])
    }

    private static func design(_ question: DesignQuestion) throws -> TrainingDesign {
        do throws(DesignError) {
            return try RunDesigner(question).design()
        } catch {
            guard case .fitting(.law(.unusablePrior)) = error else { throw error }
            throw RequestError(
                "\(error). No design can be made with it: give another law, such as --law chinchilla-soft.")
        }
    }

    /// Proposes the runs.
    ///
    /// - Parameters:
    ///   - models: The laws and rules known.
    ///   - madeBy: The command line that makes the answer again.
    /// - Returns: The report.
    /// - Throws: ``RequestError``, `InputFailure`, `DesignError`, `PlanningError`, `MixtureError` and `LawError`.
    public func run(models: ModelCatalog = .standard, madeBy: String? = nil) throws -> DesignReport {
        try validate()
        let cluster = try budget.cluster(among: budget.table())
        guard let flops = try budget.budget(on: cluster)?.flops else {
            throw RequestError("Say what the runs may cost, such as --flops 1e21.")
        }
        let file = try supply.path.map { path in try SupplyFile(path: path) }
        let data = hasSupply ? try supply.supply(file) : nil
        let law = try models.law(law ?? (data == nil ? "chinchilla-soft" : "bounded-log"))
        var notes: [String] = []
        var unique = data?.uniqueTokens
        if unique != nil, law.card.repetition == .none {
            notes.append(
                "Law '\(law.card.identifier)' says nothing of repeated data: no run repeats any, and the forecast is one for "
                    + "data to spare. --law bounded-log knows repetition.")
            unique = nil
        }
        let family = try model.family()
        let question = DesignQuestion(
            law: law, budget: flops * (1 - pilotShare), target: target ?? 10 * flops, uniqueTokens: unique,
            family: family, mostRuns: mostRuns, scatter: scatter, truths: truths, seed: seed)
        let design = try Self.design(question)
        var pilots: DesignReport.Pilots?
        if pilotShare > 0, let data, let path = supply.path {
            pilots = try DesignReport.Pilots(
                for: data, path: path, target: design.target, budget: flops * pilotShare, family: family)
        }
        return DesignReport(
            design, cluster: cluster, pilots: pilots, rules: models.hyperparameters.models, notes: notes,
            hasOwnScatter: scatter != nil, madeBy: madeBy)
    }
}
