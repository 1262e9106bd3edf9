public import BuiltInModels
public import DataMixing
public import DataWallReports
import LawFitting
import Quantities
import ScalingLaws

/// All options of `datawall mix`, as plain values.
///
/// ```swift
/// var request = MixRequest(supply: "sources.csv", tokens: 1.2e12)
/// request.maxEpochs = 6
/// let answer = try request.run()
/// ```
public struct MixRequest: Sendable {
    /// The path of an audit or a table of sources; `-` is standard input.
    public var supply: String?

    /// The name of a published mixture whose pools are mixed, instead of a file.
    public var preset: String?

    /// D, the training tokens, repeats included.
    public var tokens: Double

    /// The treatment of copies before training.
    public var treatment = CopyTreatment.dedup

    /// Whether an audit of paragraphs or lines may be the supply.
    public var acceptsParts = false

    /// The name of the method to follow; `nil` for the first, or for ``weights``.
    public var method: String?

    /// Weights by source, followed unless ``method`` names another method.
    public var weights: [NamedNumber] = []

    /// The temperature of the method `temperature`.
    public var temperature: Double?

    /// How strongly weights are pulled to natural shares.
    public var pull = NaturalPull.standard

    /// The most epochs of a source without its own cap.
    public var maxEpochs: Double?

    /// Pilot runs, and the model to fit to them.
    public var pilots: PilotRequest?

    /// The name of the curve of the worth of repeats.
    public var curve = "muennighoff"

    /// Other values for coefficients of the curve.
    public var replacements: [NamedNumber] = []

    /// The name or file of the law that forecasts the loss.
    public var law = "muennighoff"

    /// N; `nil` for a twentieth of ``tokens``.
    public var parameters: Double?

    /// Bytes of text per token of the law's tokenizer, where its card does not say.
    public var lawBytesPerToken: Double?

    /// Whether qualities were calibrated on pilot runs, so that the law may see them.
    public var isQualityCalibrated = false

    /// A scarce source: the answer is how often to repeat it.
    public var target: String?

    /// The loader that weights are written for.
    public var emit: LoaderFormat?

    /// The path of a source's data for ``emit``, with `{source}` in place of its name.
    public var path: String?

    /// Creates a request for the pools of a published mixture or of a file.
    ///
    /// - Parameters:
    ///   - supply: The path of an audit or a table of sources.
    ///   - preset: The name of a published mixture, instead of a file.
    ///   - tokens: D, the training tokens.
    public init(supply: String? = nil, preset: String? = nil, tokens: Double) {
        self.supply = supply
        self.preset = preset
        self.tokens = tokens
    }

    /// The answer to a request.
    public enum Answer: Sendable {
        /// Weights, with other methods next to them.
        case mixture(MixtureReport)

        /// How often to repeat a scarce source, with the reasons to doubt the supply.
        case scarceTarget(ScarceTargetReport, warnings: [PlanWarning])
    }

    /// Refuses values that contradict each other or have no effect, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            (
                (supply == nil) == (preset == nil),
                "Name an audit file or a table of sources, or give --preset, one of the two."
            ),
            (preset != nil && treatment != .dedup, "--as needs an audit, which counts copies."),
            (path != nil && emit == nil, "--path is where a loader finds the data: name the loader with --emit."),
            (
                emit == .megatron && path?.contains("{source}") == false,
                "--path has no {source}, so that every source would be read from the same place."
            ),
            (
                emit != nil && target != nil,
                "--target prints how often to repeat one source, which no loader reads: drop --emit or --target."
            ),
            (maxEpochs.map { !($0 > 0) } ?? false, "--max-epochs must be above 0. Without it there is no cap."),
            (
                replacements.repeatedName != nil,
                "--set names '\(replacements.repeatedName ?? "")' twice: give each coefficient one value."
            ),
            (
                weights.repeatedName != nil,
                "--weight names '\(weights.repeatedName ?? "")' twice: give each source one weight."
            ),
            (
                method == "given" && weights.isEmpty,
                "The method 'given' needs weights: --weight web=0.7 --weight code=0.3."
            ),
            (
                method == "mixing-law" && pilots?.fit != .mixingLaw,
                "The method 'mixing-law' is fitted to pilot runs: name their table with --pilots."
            ),
            RunLimits.rule("--tokens", tokens, RunLimits.tokens),
            RunLimits.rule("--parameters", parameters, RunLimits.parameters),
            RunLimits.rule("--law-bytes-per-token", lawBytesPerToken, RunLimits.bytesPerToken),
        ])
    }

    /// Computes the mixture, or the answer for the scarce source.
    ///
    /// - Parameters:
    ///   - models: The laws, curves and methods known.
    ///   - madeBy: The command line that makes the answer again, for its file.
    /// - Returns: The answer.
    /// - Throws: ``RequestError`` for values that contradict each other, ``InputFailure`` for a file that cannot be used, `MixtureError` and `LawError` as `MixtureComparison` does.
    public func run(models: ModelCatalog = .standard, madeBy: String? = nil) throws -> Answer {
        try validate()
        let pool = try pool()
        if let target { return try study(target, of: pool, models) }
        return .mixture(try report(of: pool, models, madeBy: madeBy))
    }

    /// The data to mix, and the file that they come from.
    private struct Pool {
        var supply: DataSupply
        var file: SupplyFile?
        var published: PublishedMixture?

        var warnings: [PlanWarning] { file?.audit?.planWarnings ?? [] }
    }

    private func pool() throws -> Pool {
        if let preset {
            let published = try PublishedMixture.named(preset)
            return Pool(supply: try published.supply(), published: published)
        }
        let file = try SupplyFile(path: supply ?? "-")
        return Pool(supply: try file.supply(as: treatment, acceptsParts: acceptsParts), file: file)
    }

    private var size: Double { parameters ?? max(1, tokens / 20) }

    /// The horizon of the pilots that settle how much of a scarce source to read.
    private static let horizon = 1.0 / 16

    private func study(_ target: String, of pool: Pool, _ models: ModelCatalog) throws -> Answer {
        let question = try MixtureQuestion(
            supply: pool.supply, tokens: tokens, curve: try compiledCurve(among: models), parameters: size, cap: nil)
        let report = ScarceTargetReport(
            try ScarceTargetStudy(of: target, in: question),
            pilots: try PilotPlan(for: pool.supply, tokens: tokens, horizon: Self.horizon),
            isEstimated: pool.file?.isEstimated ?? false)
        return .scarceTarget(report, warnings: pool.warnings.filter { $0.code == "incomplete_audit" })
    }

    private func report(of pool: Pool, _ models: ModelCatalog, madeBy: String?) throws -> MixtureReport {
        let evidence = try pilots?.evidence()
        var data = pool.supply
        var curve = try compiledCurve(among: models)
        if case .values(let values)? = evidence {
            data = try data.calibrated(values)
            curve = try values.curve(among: models)
        }
        var notes: [String] = []
        if parameters == nil {
            notes.append(
                "No --parameters: the law uses a twentieth of the training tokens, \(Quantity.short(size)).")
        }
        let named = try models.law(law)
        let law = try CompiledLaw(named)
        let scale = tokenScale(of: law, for: data)
        if let scale, abs(scale - 1) > 0.005 {
            notes.append(
                "The law counts in its own tokens, \(Quantity.significant(scale, digits: 3)) for each of these.")
        }
        let question = try MixtureQuestion(
            supply: data, tokens: tokens, curve: curve, parameters: size, pull: pull, cap: maxEpochs,
            forecast: try MixtureForecast(
                law, parameters: size, isCalibrated: isQualityCalibrated || evidence?.isCalibrating == true,
                tokenScale: scale ?? 1, curve: try named.ownCurve()))
        if let published = pool.published { notes.append("Pools and weights as published: \(published.source).") }
        let (followed, all) = try methods(
            among: models, and: pool.published.map { [$0.method] } ?? [], advice: evidence?.advice)
        var comparison = try MixtureComparison(question, following: followed, beside: all)
        comparison.warnings =
            pool.warnings + (evidence?.advice?.warnings(for: comparison.chosen) ?? []) + comparison.warnings
        return MixtureReport(
            comparison, supply: data, emptySources: pool.file?.emptySources ?? [], auditDigest: pool.file?.auditDigest,
            isComplete: pool.file?.audit?.isComplete, isEstimated: pool.file?.isEstimated ?? false,
            rawWeights: data.treatment == .asIs
                ? pool.file?.audit.flatMap { RawShardWeights(comparison.chosen, audit: $0) } : nil,
            notes: notes, pilots: evidence, madeBy: madeBy)
    }

    /// The law's tokens for each of a supply; `nil` where the bytes of either are not known.
    private func tokenScale(of law: CompiledLaw, for supply: DataSupply) -> Double? {
        guard let here = supply.bytesPerToken, let there = lawBytesPerToken ?? law.card.setup.bytesPerToken else {
            return nil
        }
        return here / there
    }

    private func compiledCurve(among models: ModelCatalog) throws -> CompiledCurve {
        let curve = try models.curves.model(named: curve)
        let card = curve.card
        let given = replacements.dictionary
        for name in given.keys.sorted() where !card.coefficientNames.contains(name) {
            throw LawError.unknownCoefficient(name, known: card.coefficientNames, model: card.identifier)
        }
        let values = try card.coefficients.map { coefficient in
            guard let value = given[coefficient.name] ?? coefficient.value else {
                throw RequestError(
                    "the curve '\(card.identifier)' has no value for '\(coefficient.name)': give one with --set "
                        + "\(coefficient.name)=…, from a fit to your runs")
            }
            return value
        }
        return try CompiledCurve(curve, coefficients: values)
    }

    /// The methods to show, including given weights, and the one to follow.
    private func methods(
        among models: ModelCatalog, and further: [any MixtureMethod], advice: PilotAdvice?
    ) throws -> (followed: any MixtureMethod, all: [any MixtureMethod]) {
        var all = models.mixtures.models + further
        if let temperature, let place = all.firstIndex(where: { $0.identifier == "temperature" }) {
            all[place] = ModelCatalog.sampling(temperature: temperature)
        }
        if let advice { all.insert(advice.method, at: 0) }
        if !weights.isEmpty { all.append(GivenWeights(weights.dictionary)) }
        guard let name = method ?? (weights.isEmpty ? all.first?.identifier : "given") else {
            throw RequestError("No mixture method is known.")
        }
        if let followed = all.first(where: { $0.identifier == name }) { return (followed, all) }
        return (try models.mixtures.model(named: name), all)
    }
}
