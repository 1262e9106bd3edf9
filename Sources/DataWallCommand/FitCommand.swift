import ArgumentParser
import DataWallKit
import Foundation

struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fit a law to your own runs, and say how far to trust it.",
        discussion: """
            Reads a table of runs (CSV with a header line, or JSON lines) with columns params, tokens, loss and, where data \
            repeat, unique_tokens or epochs; counts may be written 7e9 or 7B. Minimises a Huber loss of log-loss errors, \
            resamples the runs for intervals, and profiles every coefficient. With 20 runs or more it first fits the cheap \
            runs and tests the forecast on the others; several laws are compared by that error.

            Examples:
              datawall fit runs.csv --law chinchilla -o law.json
              datawall fit runs.csv --law lovelace --law muennighoff --law chinchilla --hold-out 'params>1e9'
              datawall fit runs.csv --law chinchilla-soft -o law.json
              datawall fit runs.csv --law chinchilla --prior chinchilla-soft
              datawall fit runs.csv --law muennighoff --hold alpha=0.35 --residuals residuals.csv --profiles profiles.csv
              datawall fit runs.csv --law chinchilla --group-column arch --compare-groups dense,moe
              datawall fit runs.csv --law chinchilla --watch log.csv --watch-parameters 7B --watch-tokens 2T
              datawall fit runs.csv --law lovelace --law muennighoff --regret --regret-from 1e19
              datawall fit runs.csv --law my-form.json --allocation --sensitivity --json
              datawall fit runs.csv --accuracy-column arc_easy --guessing-error 0.75 -o arc.json

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write.
            """
    )

    @Argument(help: "The run table; '-' is standard input.")
    var runs: String

    @Option(
        name: .customLong("law"),
        help: ArgumentHelp("A law's name or file; several are compared and the best is reported.", valueName: "name"))
    var laws: [String] = []

    @OptionGroup(title: "Run table")
    var table: RunTableArguments

    @OptionGroup(title: "Benchmark error over the loss")
    var errorCurve: ErrorCurveArguments

    @Option(
        help: ArgumentHelp("What is minimised over errors of log loss: huber, squares or absolute.", valueName: "kind"))
    var objective = "huber"

    @Option(help: ArgumentHelp("Where Huber's loss turns from squares to absolute errors.", valueName: "n"))
    var delta = 1e-3

    @Flag(help: "Search from the full grid of 4,500 starts of Hoffmann et al. 2022.")
    var reference = false

    @Option(
        name: .customLong("hold"),
        help: ArgumentHelp("Hold a coefficient at a value, as alpha=0.35.", valueName: "name=value"))
    var held: [String] = []

    @Option(
        name: .customLong("free"), help: ArgumentHelp("Fit a coefficient that the law's card holds.", valueName: "name")
    )
    var freed: [String] = []

    @Option(
        help: ArgumentHelp(
            "The prior on the coefficients: a law's name or file, 'card' for that of the law's own card, or 'none' (default: the card's, where the card makes it part of the law).",
            valueName: "law"))
    var prior: String?

    @Option(
        help: ArgumentHelp(
            "How many runs count as one independent error against the prior, or 'auto' to choose by backtests (default: 10).",
            valueName: "n"))
    var priorStrength: String?

    @Flag(inversion: .prefixedNo, help: "Test forecasts of dearer runs by fits to cheaper ones (20 runs or more).")
    var backtest = true

    @Option(help: ArgumentHelp("Resamples for intervals and the law file's ensemble; 0 for none.", valueName: "n"))
    var bootstrap = 400

    @Flag(help: "Resample whole groups instead of runs.")
    var byGroup = false

    @Option(
        help: ArgumentHelp(
            "What a resample draws: runs, groups, 'unique tokens' or 'model sizes' (default: runs; with a prior, what the table suggests).",
            valueName: "unit"))
    var resample: String?

    @Option(help: ArgumentHelp("The seed of resamples and random hold-outs.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The probability of intervals.", valueName: "share"))
    var level = 0.9

    @Option(
        help: ArgumentHelp(
            "Judge on runs left out: a condition as 'params>1e9', largest, random or groups (largest=0.3 for another share).",
            valueName: "choice"))
    var holdOut: String?

    @Flag(help: "Refit with noise, without small models and without large ones.")
    var sensitivity = false

    @Flag(help: "Estimate the best size over compute by all three approaches of Hoffmann et al. 2022.")
    var allocation = false

    @Option(help: ArgumentHelp("Compare two groups of runs: do exponents differ, or only factors?", valueName: "a,b"))
    var compareGroups: String?

    @Flag(help: "Ask what each law, fitted to runs of a tenth of the compute, would have chosen, and what that cost.")
    var regret = false

    @Option(help: ArgumentHelp("The compute from which on --regret forms budgets.", valueName: "flops"))
    var regretFrom = ReadableQuantity(value: 0)

    @Option(
        help: ArgumentHelp("Compare a run in flight with its forecast: a table of tokens and loss.", valueName: "file"))
    var watch: String?

    @Option(
        help: ArgumentHelp(
            "The column of losses in the log of the run in flight (default: that of --loss-column if the log has it, else loss, train/loss, …).",
            valueName: "name"))
    var watchLossColumn: String?

    @Option(
        help: ArgumentHelp(
            "The column of tokens in the log of the run in flight (default: tokens, …).", valueName: "name"))
    var watchTokensColumn: String?

    @Option(help: ArgumentHelp("N of the run in flight.", valueName: "n"))
    var watchParameters: ReadableQuantity?

    @Option(help: ArgumentHelp("D of the run in flight, at its end.", valueName: "n"))
    var watchTokens: ReadableQuantity?

    @Option(help: ArgumentHelp("Unique tokens of the run in flight (default: as many as D).", valueName: "n"))
    var watchUniqueTokens: ReadableQuantity?

    @Option(help: ArgumentHelp("How far above its forecast the run in flight may lie, as a share.", valueName: "share"))
    var watchAllowance = 0.0

    @Option(help: ArgumentHelp("Write runs, predictions and errors here, as CSV.", valueName: "file"))
    var residuals: String?

    @Option(help: ArgumentHelp("Write the objective over each coefficient here, as CSV.", valueName: "file"))
    var profiles: String?

    @Option(help: ArgumentHelp("The name of the fitted law (default: the law's with -fitted).", valueName: "name"))
    var name: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the fitted law here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print JSON instead of tables.")
    var json = false

    func validate() throws {
        guard errorCurve.errorColumn == nil && errorCurve.accuracyColumn == nil else {
            guard laws.isEmpty, watch == nil, holdOut == nil, residuals == nil, profiles == nil, compareGroups == nil,
                prior == nil, held.isEmpty, freed.isEmpty, !(regret || allocation || sensitivity || reference)
            else {
                throw ValidationError(
                    "A curve of benchmark error is fitted to losses alone: --law and the options of law fits do not go "
                        + "with --error-column or --accuracy-column.")
            }
            return
        }
        guard !laws.isEmpty else { throw ValidationError("Name a law with --law, such as --law chinchilla.") }
        guard ["huber", "squares", "absolute"].contains(objective) else {
            throw ValidationError("--objective is huber, squares or absolute.")
        }
        guard bootstrap == 0 || (20...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap is 0, or from 20 to 1000000.")
        }
        guard watch == nil || (watchParameters != nil && watchTokens != nil) else {
            throw ValidationError("--watch needs --watch-parameters and --watch-tokens.")
        }
        if let compareGroups, compareGroups.split(separator: ",").count != 2 {
            throw ValidationError("--compare-groups names two groups, as dense,moe.")
        }
        if let priorStrength, priorStrength != "auto", !((try? Quantity.number(priorStrength)).map { $0 >= 1 } ?? false)
        {
            throw ValidationError("--prior-strength is a number from 1 up, or auto.")
        }
        guard resample == nil || resample.flatMap(ResampleUnit.init(rawValue:)) != nil else {
            throw ValidationError(
                "--resample is one of \(ResampleUnit.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard resample == nil || !byGroup else {
            throw ValidationError("Give --resample or --by-group, not both.")
        }
        guard level > 0, level < 1 else { throw ValidationError("--level lies between 0 and 1.") }
    }

    func run() throws {
        if let request = errorCurve.request(try table.options()) { return try fitErrorCurve(request) }
        let (lawFile, residualFile, profileFile) = (
            try OutputFile(optional: output), try OutputFile(optional: residuals), try OutputFile(optional: profiles)
        )
        let input = try InputFile(path: runs)
        let log = try watch.map { try InputFile(path: $0) }
        let measured: MeasuredRuns
        do {
            measured = try RunTableReader(table.options()).read(input.bytes)
        } catch FittingError.unknownColumn(let name, let nearest, let known)
            where name == table.lossColumn && watch != nil
        {
            throw CommandFailure(
                "\(FittingError.unknownColumn(name, nearest: nearest, known: known)). --loss-column names a column of the "
                    + "run table; that of the log is named by --watch-loss-column", status: .usage)
        }
        let models = DataWallCommand.models
        let chosen = try laws.map { try models.law($0) }
        var report = try analysis(chosen, measured, log: log?.bytes).report(chosen, on: measured)
        report.inputs = try ([input] + lawFiles(models) + [log].compactMap { $0 })
            .map { FitFile.Input(path: $0.path, sha256: $0.sha256) }
        report.madeBy = MadeBy.line
        var tables: [(output: OutputFile, content: String)] = []
        if let lawFile {
            let law = report.lawFile(named: name, source: "\(input.name) sha256 \(input.sha256)")
            tables.append((lawFile, law.fileText))
        }
        if let residualFile { tables.append((residualFile, report.residualTable)) }
        if let profileFile { tables.append((profileFile, report.profileTable)) }
        try FileOutput.write(tables) { _ in
            if json {
                try FileOutput.print(report.json.fileText())
            } else {
                try FileOutput.print(lines: report.text())
            }
        }
    }

    private func fitErrorCurve(_ request: ErrorCurveRequest) throws {
        let target = try OutputFile(optional: output)
        let file = try request.file(for: try InputFile(path: runs).bytes, madeBy: MadeBy.line)
        try FileOutput.report(
            file.json.fileText(), text: file.text(answerTokens: errorCurve.answerTokens), to: target, asJSON: json)
    }

    /// The law files that were named.
    private func lawFiles(_ models: ModelCatalog) throws -> [InputFile] {
        try (laws + [prior].compactMap { $0 }).filter { models.laws[$0] == nil && !["card", "none"].contains($0) }
            .map { try InputFile(path: $0) }
    }

    /// The prior that was asked for.
    private func priorChoice(_ chosen: [any ScalingLaw]) throws -> PriorChoice {
        switch prior {
        case nil: return .ofLaw
        case "none": return .none
        case "card":
            guard chosen.count == 1, let law = chosen.first else {
                throw ValidationError("--prior card fits one law; name the prior's law to compare several.")
            }
            guard let known = law.card.prior else {
                throw ValidationError("The card of law '\(law.card.identifier)' states no prior.")
            }
            return .given(known)
        case let name?:
            let card = try DataWallCommand.models.law(name).card
            guard let known = card.prior ?? CoefficientPrior(drawsOf: card) else {
                throw ValidationError("Law '\(name)' has neither a prior nor draws that one could be made of.")
            }
            return .given(known)
        }
    }

    private func unit(_ choice: PriorChoice, _ chosen: [any ScalingLaw], _ runs: MeasuredRuns) -> ResampleUnit {
        if let resample, let unit = ResampleUnit(rawValue: resample) { return unit }
        if byGroup { return .groups }
        let hasPrior: Bool
        switch choice {
        case .none: hasPrior = false
        case .given: hasPrior = true
        case .ofLaw: hasPrior = chosen.contains { $0.card.prior?.isDefault == true }
        }
        return hasPrior ? runs.naturalUnit : .runs
    }

    private func analysis(_ chosen: [any ScalingLaw], _ measured: MeasuredRuns, log: [UInt8]?) throws -> FitAnalysis {
        var options = FitOptions(freed: Set(freed))
        options.prior = try priorChoice(chosen)
        if let strength = priorStrength.flatMap({ try? Quantity.number($0) }) { options.dependence = strength }
        switch objective {
        case "squares": options.objective = .squares
        case "absolute": options.objective = .absolute
        default: options.objective = .huber(delta: delta)
        }
        if reference { options.search = .reference }
        options.held = try FitOptions.held(held)
        var analysis = FitAnalysis(
            options: options,
            bootstrap: bootstrap == 0
                ? nil : BootstrapOptions(samples: bootstrap, unit: unit(options.prior, chosen, measured), seed: seed))
        analysis.backtests = backtest
        analysis.choosesStrength = priorStrength == "auto"
        analysis.level = level
        analysis.holdOut = try holdOut.map { try HoldOut($0, seed: seed) }
        analysis.triesSensitivity = sensitivity
        analysis.estimatesAllocation = allocation
        if let groups = compareGroups?.split(separator: ",").map(String.init), groups.count == 2 {
            analysis.setups = (groups[0], groups[1])
        }
        analysis.regretFrom = regret ? regretFrom.value : nil
        if let log, let parameters = watchParameters?.value, let tokens = watchTokens?.value {
            let log = try watchReader().readLog(log, inheriting: table.lossColumn)
            analysis.flight = FitAnalysis.Flight(
                log: log, parameters: parameters, tokens: tokens, uniqueTokens: watchUniqueTokens?.value,
                allowance: watchAllowance)
        }
        return analysis
    }

    /// Reads the log of a run in flight, whose columns are named apart from the table's.
    private func watchReader() throws -> RunTableReader {
        var options = try table.options()
        options.columns.loss = watchLossColumn
        options.columns.tokens = watchTokensColumn
        return RunTableReader(options)
    }
}
