public import BuiltInModels
public import DataWallReports
public import LawFitting
import ScalingLaws

/// All options of `datawall fit`, as plain values.
///
/// ```swift
/// let request = FitRequest(runs: "runs.csv", laws: ["chinchilla"])
/// let answer = try request.run()
/// print(answer.report.text().joined(separator: "\n"))
/// ```
public struct FitRequest: Sendable {
    /// The path of the run table; `-` is standard input.
    public var runs: String

    /// Names or files of laws; several are compared and the best is reported.
    public var laws: [String]

    /// How the table is read.
    public var table = RunTableOptions()

    /// The studies to make of the fit.
    ///
    /// ``prior`` and ``resample`` choose its prior and the unit of its resamples.
    public var analysis = FitAnalysis()

    /// The prior: a law's name or file, `card` for the prior of the law's own card, `none`, or `nil` for the card's
    /// prior if the card makes it part of the law.
    public var prior: String?

    /// The unit that a resample draws; `nil` for runs, or with a prior for the unit that the table suggests.
    public var resample: ResampleUnit?

    /// A run in flight to compare with its forecast.
    public var watch: WatchRequest?

    /// The name of the fitted law; `nil` for the law's own with `-fitted`.
    public var name: String?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - runs: The path of the run table.
    ///   - laws: Names or files of laws.
    public init(runs: String, laws: [String]) {
        self.runs = runs
        self.laws = laws
    }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// The report.
        public var report: FitReport

        /// The fitted law, as a file that predictions and plans read.
        public var law: FileLaw
    }

    /// Refuses values out of range, without reading any file.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        let samples = analysis.bootstrap?.samples
        try RequestError.refuse([
            (laws.isEmpty, "Name a law with --law, such as --law chinchilla."),
            (
                samples.map { !(20...1_000_000).contains($0) } ?? false,
                "--bootstrap is 0, or from 20 to 1000000."
            ),
            (!(analysis.options.dependence >= 1), "--prior-strength is a number from 1 up, or auto."),
            (!(analysis.level > 0 && analysis.level < 1), "--level must be between 0 and 1."),
            (prior == "card" && laws.count != 1, "--prior card fits one law; name the prior's law to compare several."),
        ])
    }

    /// Fits the laws and makes the studies requested.
    ///
    /// - Parameters:
    ///   - models: The laws known.
    ///   - madeBy: The command line that makes the report again.
    /// - Returns: The report and the fitted law.
    /// - Throws: ``RequestError`` for values out of range, `InputFailure` for a file that cannot be read,
    ///   `FittingError` and `LawFileError` for unusable content.
    public func run(models: ModelCatalog = .standard, madeBy: String? = nil) throws -> Answer {
        try validate()
        let input = try InputFile(path: runs)
        let log = try watch.map { try InputFile(path: $0.path) }
        let measured = try measuredRuns(input)
        let chosen = try laws.map { try models.law($0) }
        var analysis = analysis
        analysis.options.prior = try priorChoice(chosen, models)
        analysis.bootstrap?.unit = unit(analysis.options.prior, chosen, measured)
        if let watch, let log { analysis.flight = try watch.flight(log: log.bytes, table: table) }
        var report = try analysis.report(chosen, on: measured)
        report.inputs = try ([input] + lawFiles(models) + [log].compactMap { $0 })
            .map { FitFile.Input(path: $0.path, sha256: $0.sha256) }
        report.madeBy = madeBy
        return Answer(
            report: report, law: report.lawFile(named: name, source: "\(input.name) sha256 \(input.sha256)"))
    }

    private func measuredRuns(_ input: InputFile) throws -> MeasuredRuns {
        do throws(FittingError) {
            return try RunTableReader(table).read(input.bytes)
        } catch {
            // Errors in options and expressions are not about the file.
            switch error {
            case .unusableOption, .unusableExpression: throw error
            default: break
            }
            guard case .unknownColumn(let name, _, _) = error, name == table.columns.loss, watch != nil else {
                throw InputFailure(input.path, error)
            }
            throw RequestError(
                "\(error). --loss-column names a column of the run table; that of the log is named by "
                    + "--watch-loss-column")
        }
    }

    /// The law files that are named.
    private func lawFiles(_ models: ModelCatalog) throws -> [InputFile] {
        try (laws + [prior].compactMap { $0 }).filter { models.laws[$0] == nil && !["card", "none"].contains($0) }
            .map { try InputFile(path: $0) }
    }

    private func priorChoice(_ chosen: [any ScalingLaw], _ models: ModelCatalog) throws -> PriorChoice {
        switch prior {
        case nil: return .ofLaw
        case "none": return .none
        case "card":
            let card = chosen[0].card
            guard let known = card.prior else {
                throw RequestError("The card of law '\(card.identifier)' states no prior.")
            }
            return .given(known)
        case let name?:
            let card = try models.law(name).card
            guard let known = card.prior ?? CoefficientPrior(drawsOf: card) else {
                throw RequestError("Law '\(name)' has neither a prior nor draws that one could be made of.")
            }
            return .given(known)
        }
    }

    private func unit(_ choice: PriorChoice, _ chosen: [any ScalingLaw], _ runs: MeasuredRuns) -> ResampleUnit {
        if let resample { return resample }
        let hasPrior: Bool
        switch choice {
        case .none: hasPrior = false
        case .given: hasPrior = true
        case .ofLaw: hasPrior = chosen.contains { $0.card.prior?.isDefault == true }
        }
        return hasPrior ? runs.naturalUnit : .runs
    }
}
