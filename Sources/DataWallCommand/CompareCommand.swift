import ArgumentParser
import DataWallKit

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare training runs with each other and with the best of the same compute.",
        discussion: """
            Examples:
              datawall compare --run '10B, 2T' --run '70B, 300B'
              datawall compare 'Llama 3 8B' Chinchilla --run 'mine: 8B, 15T, U=4T'
              datawall compare --runs runs.csv --gpu h100 --gpus 512 --mfu 0.4 \\
                  --dollars-per-gpu-hour 2
              datawall compare --run '10B, 2T' --run '70B, 300B' --gpu h100 --mfu 0.4 \\
                  --dollars-per-gpu-hour 2 --serving-mfu 0.1 --serving-gpus 2 \\
                  --inference-tokens 1T
              datawall compare --list

            A table of runs has the columns name, parameters and tokens, and optionally unique_tokens.

            Exit status: 0 done; 64 wrong usage; 65 unusable table; 66 no such table; 73 cannot write; 78 a run is too \
            small to compare.
            """
    )

    @Argument(help: "Released models, such as 'Llama 3 8B'; --list shows them.", completion: Completions.released)
    var models: [String] = []

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "A run: parameters, training tokens and, where known, unique tokens, as in 'mine: 8B, 15T, U=4T'.",
            valueName: "run"))
    var written: [String] = []

    @Option(help: ArgumentHelp("A table of runs (CSV); '-' is standard input.", valueName: "file"))
    var runs: String?

    @Option(
        help: ArgumentHelp("The unique tokens of runs that state none (default: no limit).", valueName: "u"))
    var uniqueTokens: ReadableQuantity?

    @Option(
        help: ArgumentHelp(
            "A law's name or a law file; may be repeated (default: one law of each family with measured advice).",
            valueName: "law"), completion: Completions.laws)
    var law: [String] = []

    @OptionGroup(title: "Hardware")
    var budget: BudgetArguments

    @OptionGroup(title: "Serving")
    var serving: ServingArguments

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the comparison here as JSON; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print JSON instead of the answer.")
    var json = false

    @Flag(help: "Print what each family says, and sources.")
    var explain = false

    @Flag(help: "List the released models that are known, with their sources.")
    var list = false

    func validate() throws {
        guard budget.flops == nil, budget.days == nil, budget.dollars == nil else {
            throw ValidationError("The runs say what they take: leave out --flops, --days and --dollars.")
        }
    }

    func run() throws {
        guard !list else { return try FileOutput.print(lines: RunListing(NamedRun.released).text(explained: explain)) }
        var request = CompareRequest()
        request.released = models
        request.runs = written
        request.table = runs
        request.uniqueTokens = uniqueTokens?.value
        request.laws = law
        request.hardware = budget.request
        request.serving = serving.request
        try request.validate()
        let file = try OutputFile(optional: output)
        let report = try request.run(models: DataWallCommand.models, madeBy: MadeBy.line)
        try FileOutput.report(report.json.fileText(), text: report.text(explained: explain), to: file, asJSON: json)
    }
}
