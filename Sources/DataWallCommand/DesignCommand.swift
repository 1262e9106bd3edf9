import ArgumentParser
import DataWallKit

struct DesignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "design",
        abstract: "Propose small runs to train before a big one.",
        discussion: """
            Proposes four to six levels of compute, with three or more sizes at each (fewer at the largest). If the big \
            run repeats its data, some of the small runs do, too. The printed width of the forecast comes from a \
            simulation: laws are drawn from the prior, each gives the runs their losses, and the law is fitted to them.

            Examples:
              datawall design --flops 1e21
              datawall design --flops 1e21 --target 1e23 --unique-tokens 50B --emit csv \\
                  -o runs.csv
              datawall design sources.csv --dollars 20,000 --gpu h100 --mfu 0.4 \\
                  --dollars-per-gpu-hour 2 --pilots 0.2

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write; 78 the budget is \
            under the smallest design.
            """
    )

    /// The format to print in place of the answer.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case csv
    }

    @Argument(help: "An audit file or a table of sources (CSV) of the big run (default: no limit on its data).")
    var supply: String?

    @OptionGroup(title: "Budget")
    var budget: BudgetArguments

    @Option(help: ArgumentHelp("The compute of the big run (default: ten times the budget).", valueName: "c"))
    var target: ReadableQuantity?

    @OptionGroup(title: "Data")
    var data: SupplyArguments

    @Option(
        help: ArgumentHelp(
            "The law to fit, a name or a law file (default: chinchilla-soft; bounded-log where data are given).",
            valueName: "law"), completion: Completions.laws)
    var law: String?

    @Option(help: ArgumentHelp("The most runs.", valueName: "n"))
    var mostRuns = DesignQuestion.usualRuns

    @Option(
        help: ArgumentHelp(
            "The scatter of a run's loss around the law, as a share (default: what the law's card measured).",
            valueName: "share"))
    var scatter: ReadableShare?

    @Option(
        help: ArgumentHelp(
            "The share of the budget for pilots that find the mixture of the sources.", valueName: "share"))
    var pilots: ReadableShare?

    @OptionGroup(title: "Models")
    var shape: ShapeArguments

    @Option(help: ArgumentHelp("How many laws are simulated and fitted again.", valueName: "n"))
    var truths = 400

    @Option(help: ArgumentHelp("The seed of all draws.", valueName: "seed"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Print the table that 'datawall fit' reads, losses to be filled in: csv.", valueName: "format"))
    var emit: Form?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write the design here, or what --emit prints; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print JSON instead of the answer.")
    var json = false

    @Flag(help: "Print every run with its shape, batch and learning rate, coefficients, and what was assumed.")
    var explain = false

    func run() throws {
        var request = DesignRequest()
        request.budget = budget.request
        request.target = target?.value
        request.supply = data.request(supply)
        request.law = law
        request.mostRuns = mostRuns
        request.scatter = scatter?.value
        request.pilotShare = pilots?.value ?? 0
        request.model = shape.request
        request.truths = truths
        request.seed = seed
        try request.validate()
        let file = try OutputFile(optional: output)
        let report = try request.run(models: DataWallCommand.models, madeBy: MadeBy.line)
        guard emit == nil else {
            for note in report.notes { FileOutput.note(note) }
            return try FileOutput.put(report.csv, to: file)
        }
        try FileOutput.report(report.json.fileText(), text: report.text(explained: explain), to: file, asJSON: json)
    }
}
