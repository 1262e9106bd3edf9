public import BuiltInModels
import DataMixing
import DataWallReports
import Quantities
import ScalingLaws
public import TrainingPlanning

/// All options of `datawall plan`, as plain values.
///
/// ```swift
/// var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 25e9), budget: BudgetRequest(flops: 1e22))
/// request.laws = ["muennighoff"]
/// let answer = try request.run()
/// print(answer.text().joined(separator: "\n"))
/// ```
public struct PlanRequest: Sendable {
    /// The data available.
    public var supply: SupplyRequest

    /// The training budget.
    public var budget: BudgetRequest

    /// Names or files of laws; empty for one law of each family with measured advice.
    public var laws: [String] = []

    /// Coefficients of the laws to set by name.
    public var coefficients: [NamedNumber] = []

    /// Bytes of text per token of the law's tokenizer, where its card does not say.
    public var lawBytesPerToken: Double?

    /// Further quantities of the run that laws read.
    public var features: [NamedNumber] = []

    /// A further quantity that the plan chooses, such as a weight decay that the law reads.
    public var varied: VariedFeature?

    /// The name of the objective.
    public var objective = "min-loss"

    /// The weight of a dollar against loss, in nats per token.
    public var costWeight: Double?

    /// The load that the model will serve.
    public var serving = ServingRequest()

    /// The models to build.
    public var model = ModelRequest()

    /// Limits to keep.
    public var constraints = PlanConstraints()

    /// A benchmark error to reach, in place of a target loss.
    public var targetError: TargetErrorRequest?

    /// Reports the number of epochs after which one more saves less than this, in the objective's unit.
    public var epochGain: Double?

    /// Tokens per parameter used to compute the largest model that the data support.
    public var tokensPerParameter = DataWall.usualTokensPerParameter

    /// The ranges to plan over, instead of one plan.
    public var sweeps: [SweepAxis] = []

    /// Creates a request for a plan of least loss.
    public init(supply: SupplyRequest = SupplyRequest(), budget: BudgetRequest = BudgetRequest()) {
        self.supply = supply
        self.budget = budget
    }

    /// Refuses values that contradict each other, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try budget.validate()
        try serving.validate()
        try coefficients.refuseRepeatedSetting()
        if isAmple { try validateAmple() } else { try sweptSupply.validate() }
        try RequestError.refuse([
            (
                varied != nil && !sweeps.isEmpty,
                "--vary chooses a value for one plan, not for a table of many: leave out --vary or --sweep."
            ),
            (
                varied.map { feature in features.contains { $0.name == feature.name } } ?? false,
                "--feature and --vary both say what '\(varied?.name ?? "")' is: leave one out."
            ),
            (
                supply.derived != nil && !sweeps.isEmpty,
                "--derived belongs to one plan, not to a table of many: leave out --derived or --sweep."
            ),
            (
                targetError != nil && constraints.targetLoss != nil,
                "Give --target-loss or --target-error, not both."
            ),
            (
                !coefficients.isEmpty && laws.isEmpty,
                "--set changes the coefficients of laws that are named: give --law as well."
            ),
            RunLimits.rule("--law-bytes-per-token", lawBytesPerToken, RunLimits.bytesPerToken),
        ])
    }

    /// Whether no option describes the data, and a budget bounds the run; data are then assumed to be ample.
    private var isAmple: Bool {
        let isBounded =
            budget.flops != nil || budget.days != nil || budget.dollars != nil || constraints.targetLoss != nil
            || targetError != nil || sweeps.contains { $0.quantity == .flops || $0.quantity == .targetLoss }
        return !sweptSupply.isGiven && isBounded
    }

    /// Refuses options that need a supply.
    private func validateAmple() throws(RequestError) {
        let flags: [(String, Bool)] = [
            ("--as", supply.treatment != .dedup), ("--unique", supply.unique != .exact),
            ("--unique-factor", supply.uniqueFactor != nil), ("--level-as-supply", supply.acceptsParts),
            ("--derived", supply.derived != nil), ("--max-epochs", constraints.maxEpochs != nil),
            ("--sweep max-epochs", sweeps.contains { $0.quantity == .maxEpochs }), ("--epoch-gain", epochGain != nil),
        ]
        for (flag, isSet) in flags where isSet {
            throw RequestError(
                "\(flag) needs a supply: name an audit file or a table of sources, or give --unique-tokens or --supply."
            )
        }
    }

    /// The supply; if it is swept and not given, one of the first size of the sweep.
    private var sweptSupply: SupplyRequest {
        guard supply.path == nil, supply.published == nil, supply.uniqueTokens == nil,
            let axis = sweeps.first(where: { $0.quantity == .uniqueTokens })
        else { return supply }
        var supply = supply
        supply.uniqueTokens = axis.values.first
        return supply
    }

    /// Makes the plan, or the sweep.
    ///
    /// - Parameters:
    ///   - models: The laws, curves, methods and objectives known.
    ///   - madeBy: The command line that makes the answer again, for its file.
    /// - Returns: The answer.
    /// - Throws: ``RequestError`` for values that contradict each other or have no effect, `InputFailure` for a file that
    ///   cannot be read, `PlanningError`, `MixtureError` and `LawError` as `Planner` does.
    public func run(models: ModelCatalog = .standard, madeBy: String? = nil) throws -> PlanAnswer {
        try validate()
        let supplyRequest = sweptSupply
        let file = try supplyRequest.path.map { path in try SupplyFile(path: path) }
        var planner = try planner(models)
        let table = try budget.table()
        let cluster = try budget.cluster(among: table)
        let server = try serving.accelerator(orTraining: budget.accelerator(among: table), among: table)
        var constraints = constraints
        constraints.sizeLimits = try serving.limits(accelerator: server)
        let target = try targetError?.target(of: planner.laws)
        if let target { constraints.targetLoss = target.loss }
        let supply =
            isAmple
            ? try DataSupply.ample(bytesPerToken: supplyRequest.bytesPerToken) : try supplyRequest.supply(file)
        try refuseUnused(by: planner, models: models, supply: supply, audit: file?.audit)
        let compute = try budget.budget(on: cluster)
        let terms = try serving.terms(costWeight: costWeight, cluster: cluster, accelerator: server)
        guard sweeps.isEmpty else {
            let sweep = try planner.sweep(sweeps, of: supply, within: compute, constraints: constraints, terms: terms)
            return .sweep(sweep, madeBy: madeBy)
        }
        var chosen: [PlanWarning] = []
        if let varied {
            let choice = try planner.choosing(
                varied, for: supply, within: compute, constraints: constraints, terms: terms)
            planner = choice.planner
            chosen = [Self.remark(varied, choice.value)]
        }
        let final = planner
        var plan = try final.plan(supply, within: compute, constraints: constraints, terms: terms)
        let others = try otherSupplies(of: plan, file) { supply in
            try final.plan(supply, within: compute, constraints: constraints, terms: terms)
        }
        let published = try supplyRequest.published.map(Self.remark) ?? []
        let broken = zip(laws, planner.laws).compactMap { name, law in
            models.brokenPromise(of: law, named: name, features: features.dictionary)
        }
        remarkLeftOut(&plan)
        // The answer of a single law names it with what was set.
        if plan.law == Plan.robust {
            plan.warnings += plan.laws.filter { !$0.card.provenance.setByHand.isEmpty }.map {
                PlanWarning(
                    code: "set_by_hand", severity: .warning,
                    message: "The constants of law '\($0.name)' are \($0.card.provenance.words).")
            }
        }
        plan.warnings =
            broken.map { PlanWarning(code: "broken_promise", severity: .warning, message: $0) }
            + (file?.audit?.planWarnings ?? []) + others + published + chosen + (target?.warnings ?? []) + plan.warnings
        return .plan(plan, file: PlanFile(plan, auditDigest: file?.auditDigest, madeBy: madeBy))
    }

    /// Warns of laws that were asked for and take no part, where the plan only remarks on them.
    private func remarkLeftOut(_ plan: inout Plan) {
        guard !laws.isEmpty, !plan.leftOut.isEmpty else { return }
        var reasons: [String] = []
        for law in plan.leftOut where !reasons.contains(law.reason) { reasons.append(law.reason) }
        let parts = reasons.map { reason in
            "because \(reason): \(plan.leftOut.filter { $0.reason == reason }.map(\.law).joined(separator: ", "))"
        }
        let count = plan.leftOut.count
        plan.warnings.removeAll { $0.code == "laws_left_out" }
        plan.warnings.insert(
            PlanWarning(
                code: "laws_left_out", severity: .warning,
                message: "\(count) of \(laws.count) laws asked for \(count == 1 ? "is" : "are") left out, "
                    + parts.joined(separator: "; ") + "."), at: 0)
    }

    /// Which value was chosen, and whether it is an end of its range.
    private static func remark(_ feature: VariedFeature, _ value: Double) -> PlanWarning {
        let range = feature.range
        let isEnd = value <= range.lowerBound * (1 + 1e-6) || value >= range.upperBound * (1 - 1e-6)
        return PlanWarning(
            code: "varied_feature", severity: isEnd ? .warning : .info,
            message: "\(feature.name) = \(Quantity.significant(value, digits: 3)) costs least of "
                + "\(Quantity.range(range) { Quantity.significant($0, digits: 3) })."
                + (isEnd ? " It is an end of the range: a wider range may hold a better one." : ""),
            value: value)
    }

    /// Remarks on the published count of a public corpus.
    private static func remark(_ name: String) throws -> [PlanWarning] {
        let corpus = try PublishedSupply.named(name)
        let counted = "'\(corpus.name)' has \(Quantity.short(corpus.tokens)) tokens"
        let unique = Quantity.short(corpus.uniqueTokens)
        let message =
            switch corpus.count {
            case .raw:
                "\(counted), and nobody published how many are unique: fewer are, so give --unique-factor or audit it."
            case .exact: "\(counted), \(unique) of them without exact copies: without near copies fewer are left."
            case .near: "\(counted), \(unique) of them without near copies."
            }
        return [
            PlanWarning(
                code: "published_supply", severity: corpus.count == .raw ? .warning : .info,
                message: "\(message) Source: \(corpus.source).", value: corpus.uniqueTokens, limit: corpus.tokens)
        ]
    }

    private func planner(_ models: ModelCatalog) throws -> Planner {
        let family = try model.family()
        var planner = Planner(
            laws: try laws.isEmpty ? models.decidingLaws : models.laws(laws, setting: coefficients.dictionary),
            objective: try models.objectives.model(named: objective), flopModel: model.flopModel(of: family),
            features: features.dictionary)
        planner.lawBytesPerToken = lawBytesPerToken
        planner.family = family
        planner.hyperparameterLaws = models.hyperparameters.models
        if let method = models.mixtures.models.first, let curve = try models.curves.models.first?.compiled() {
            planner.mixing = Planner.Mixing(method: method, curve: curve)
        }
        planner.allocationRules = AllocationRule.published
        planner.epochGain = epochGain
        planner.tokensPerParameter = tokensPerParameter
        return planner
    }
}
