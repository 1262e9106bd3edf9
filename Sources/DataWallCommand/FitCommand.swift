public import ArgumentParser
public import DataWallKit

struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fit a law to your own runs, and measure how far to trust it.",
        discussion: """
            Reads a table of runs (CSV with a header line, or JSON lines) with columns params, tokens, loss and, where data \
            repeat, unique_tokens or epochs; counts may be written 7e9 or 7B. Minimises a Huber loss of log-loss errors, \
            resamples the runs for intervals, and profiles every coefficient. With 20 runs or more it first fits the cheap \
            runs and tests the forecast on the others; several laws are compared by that error.

            Examples:
              datawall fit runs.csv --law chinchilla -o law.json
              datawall fit runs.csv --law lovelace --law muennighoff --law chinchilla \\
                  --hold-out 'params>1e9'
              datawall fit runs.csv --law chinchilla-soft -o law.json
              datawall fit runs.csv --law chinchilla --prior chinchilla-soft
              datawall fit runs.csv --law muennighoff --hold alpha=0.35 \\
                  --residuals residuals.csv --profiles profiles.csv
              datawall fit runs.csv --law chinchilla --group-column arch \\
                  --compare-groups dense,moe
              datawall fit runs.csv --law chinchilla --watch log.csv \\
                  --watch-parameters 7B --watch-tokens 2T
              datawall fit runs.csv --law lovelace --law muennighoff --regret \\
                  --regret-from 1e19
              datawall fit runs.csv --law my-form.json --allocation --sensitivity --json
              datawall fit runs.csv --accuracy-column arc_easy --guessing-error 0.75 \\
                  -o arc.json

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write.
            """
    )

    @Argument(help: "The run table; '-' is standard input.")
    var runs: String

    @Option(
        name: .customLong("law"),
        help: ArgumentHelp("A law's name or file; several are compared and the best is reported.", valueName: "name"),
        completion: Completions.laws)
    var laws: [String] = []

    @OptionGroup(title: "Run table")
    var table: RunTableArguments

    @OptionGroup(title: "Benchmark error over the loss")
    var errorCurve: ErrorCurveArguments

    @Option(
        help: ArgumentHelp("Minimise this over errors of log loss: huber, squares or absolute.", valueName: "kind"))
    var objective: Objective = .huber

    /// The objectives that a fit can minimise over errors of log loss.
    enum Objective: String, ExpressibleByArgument, CaseIterable {
        case huber, squares, absolute
    }

    @Option(
        help: ArgumentHelp("Where Huber's loss turns from squares to absolute errors (default: 0.001).", valueName: "n")
    )
    var delta: Double?

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
            valueName: "law"), completion: Completions.laws)
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
    var resample: ResampleUnit?

    @Option(help: ArgumentHelp("The seed of resamples and random hold-outs.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The probability of intervals.", valueName: "share"))
    var level = ReadableShare(value: 0.9)

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

    @Option(
        help: ArgumentHelp("The least compute of a budget in --regret (default: 0).", valueName: "flops"))
    var regretFrom: ReadableQuantity?

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

    @Option(
        help: ArgumentHelp(
            "How far the run in flight may be above its forecast, as a share (default: 0).", valueName: "share"))
    var watchAllowance: Double?

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

    @Flag(help: "Print the rest too: backtests, intervals, the studies that you asked for, trends, the worst runs.")
    var explain = false

    func run() throws {
        if let request = errorCurve.request(runs: runs, try table.options()) { return try fitErrorCurve(request) }
        let request = try request()
        try request.validate()
        let (lawFile, residualFile, profileFile) = (
            try OutputFile(optional: output), try OutputFile(optional: residuals), try OutputFile(optional: profiles)
        )
        let answer = try request.run(models: DataWallCommand.models, madeBy: MadeBy.line)
        let report = answer.report
        var tables: [(output: OutputFile, content: String)] = []
        if let lawFile { tables.append((lawFile, answer.law.fileText)) }
        if let residualFile { tables.append((residualFile, report.residualTable)) }
        if let profileFile { tables.append((profileFile, report.profileTable)) }
        try FileOutput.write(tables) { _ in
            if json {
                try FileOutput.print(report.json.fileText())
            } else {
                try FileOutput.print(lines: report.text(explained: explain))
            }
        }
    }

    private func fitErrorCurve(_ request: ErrorCurveRequest) throws {
        let isLawFit =
            !(laws.isEmpty && held.isEmpty && freed.isEmpty) || regret || allocation || sensitivity || reference
            || byGroup
            || [prior, priorStrength, holdOut, compareGroups, watch, residuals, profiles, name].contains { $0 != nil }
        try RequestError.refuse([
            (
                isLawFit,
                "A curve of benchmark error is fitted to losses: --law and the options of law fits do not go with "
                    + "--error-column or --accuracy-column."
            )
        ])
        let target = try OutputFile(optional: output)
        let file = try request.run(madeBy: MadeBy.line)
        try FileOutput.report(
            file.json.fileText(), text: file.text(explained: explain, answerTokens: errorCurve.answerTokens),
            to: target, asJSON: json)
    }

    private func request() throws -> FitRequest {
        try RequestError.refuse([
            (delta != nil && objective != .huber, "--delta belongs to --objective huber."),
            (resample != nil && byGroup, "Give --resample or --by-group, not both."),
            (regretFrom != nil && !regret, "--regret-from belongs to --regret."),
        ])
        var request = FitRequest(runs: runs, laws: laws)
        request.table = try table.options()
        request.analysis = try analysis()
        request.prior = prior
        request.resample = byGroup ? .groups : resample
        request.watch = try watchRequest()
        request.name = name
        return request
    }

    private func analysis() throws -> FitAnalysis {
        var options = FitOptions(freed: Set(freed))
        options.held = try FitOptions.held(held)
        if reference { options.search = .reference }
        options.objective =
            switch objective {
            case .huber: .huber(delta: delta ?? 1e-3)
            case .squares: .squares
            case .absolute: .absolute
            }
        var analysis = FitAnalysis(
            options: options, bootstrap: bootstrap == 0 ? nil : BootstrapOptions(samples: bootstrap, seed: seed))
        switch priorStrength {
        case nil: break
        case "auto": analysis.choosesStrength = true
        case let text?: analysis.options.dependence = (try? Quantity.number(text)) ?? .nan
        }
        analysis.backtests = backtest
        analysis.level = level.value
        analysis.holdOut = try holdOut.map { try HoldOut($0, seed: seed) }
        analysis.triesSensitivity = sensitivity
        analysis.estimatesAllocation = allocation
        analysis.setups = try compareGroups.map { text in
            let groups = text.split(separator: ",").map(String.init)
            guard groups.count == 2 else { throw RequestError("--compare-groups names two groups, as dense,moe.") }
            return (groups[0], groups[1])
        }
        analysis.regretFrom = regret ? regretFrom?.value ?? 0 : nil
        return analysis
    }

    private func watchRequest() throws(RequestError) -> WatchRequest? {
        guard let watch else {
            let given = [
                ("--watch-loss-column", watchLossColumn != nil), ("--watch-tokens-column", watchTokensColumn != nil),
                ("--watch-parameters", watchParameters != nil), ("--watch-tokens", watchTokens != nil),
                ("--watch-unique-tokens", watchUniqueTokens != nil), ("--watch-allowance", watchAllowance != nil),
            ].first(where: \.1)
            if let given { throw RequestError("\(given.0) belongs to --watch, which names the log.") }
            return nil
        }
        guard let watchParameters, let watchTokens else {
            throw RequestError("--watch needs --watch-parameters and --watch-tokens.")
        }
        var request = WatchRequest(path: watch, parameters: watchParameters.value, tokens: watchTokens.value)
        request.lossColumn = watchLossColumn
        request.tokensColumn = watchTokensColumn
        request.uniqueTokens = watchUniqueTokens?.value
        request.allowance = watchAllowance ?? 0
        return request
    }
}

extension ResampleUnit: ExpressibleByArgument {}
