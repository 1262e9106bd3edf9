import ArgumentParser
import DataWallKit

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan a training run: parameters, tokens and epochs for your data and compute.",
        discussion: """
            Examples:
              datawall plan audit.json --flops 1e22
              datawall plan audit.json --flops 1e22 --law muennighoff --explain
              datawall plan --unique-tokens 25e9 --flops 1e22 --law muennighoff --json
              datawall plan --supply fineweb-edu --flops 1e23
              datawall plan --flops 1e23
              datawall plan audit.json --gpus 64 --gpu h100 --days 14 --mfu 0.4
              datawall plan sources.csv --flops 1e22 --unique-tokens +100e9
              datawall plan --unique-tokens 25e9 --flops 1e23 \\
                  --derived 'rephrased: worth=0.6, multiple=4, share=0.5'
              datawall plan audit.json --flops 1e22 --as is --unique-factor 0.7
              datawall plan audit.json --flops 1e22 --vocabulary-size 128256 \\
                  --context-length 8192 --flop-model exact
              datawall plan --unique-tokens 25e9 --law muennighoff \\
                  --sweep flops=1e20:1e25:log -o sweep.csv
              datawall plan --unique-tokens 25e9 --flops 1e22 --sizes 1B,3B,7B \\
                  --epoch-gain 0.005
              datawall plan --unique-tokens 2T --law chinchilla \\
                  --objective min-total-flops --target-loss 2.05 --inference-tokens 2T
              datawall plan audit.json --law muennighoff --objective min-dollars \\
                  --target-loss 2.2 --gpu h100 --mfu 0.4 --dollars-per-gpu-hour 2.5 \\
                  --requests-per-day 100M --tokens-per-request 500 --months 12 \\
                  --serving-mfu 0.1

            Without a file, --unique-tokens or --supply, data are assumed to have no limit: no token is read twice.

            A table of sources has the columns source and unique_tokens, and optionally quality and max_epochs.

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write; 78 no feasible plan.
            """
    )

    @Argument(help: "An audit file or a table of sources (CSV); '-' is standard input.")
    var audit: String?

    @OptionGroup(title: "Data")
    var data: SupplyArguments

    @OptionGroup(title: "Derived data")
    var derivation: DerivedArguments

    @OptionGroup(title: "Budget")
    var budget: BudgetArguments

    @OptionGroup(title: "Laws")
    var asked: LawArguments

    @OptionGroup(title: "Objective")
    var aim: ObjectiveArguments

    @OptionGroup(title: "Serving")
    var serving: ServingArguments

    @OptionGroup(title: "Model")
    var shape: ShapeArguments

    @OptionGroup(title: "Limits")
    var limits: LimitArguments

    @OptionGroup(title: "Prospects")
    var prospects: ProspectArguments

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the plan file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the plan file instead of the answer.")
    var json = false

    @Flag(help: "Print everything behind the answer: families, frontier, prices, the mixture, the model, all remarks.")
    var explain = false

    private var request: PlanRequest {
        var request = PlanRequest(supply: data.request(audit), budget: budget.request)
        request.supply.derived = derivation.derived.first
        request.laws = asked.law
        request.coefficients = asked.coefficients
        request.lawBytesPerToken = asked.lawBytesPerToken
        request.features = asked.feature
        request.varied = asked.vary?.feature
        request.objective = aim.objective
        request.costWeight = aim.costWeight
        request.serving = serving.request
        request.model = shape.request
        request.constraints = limits.constraints
        request.targetError = limits.targetErrorRequest
        request.epochGain = prospects.epochGain
        request.tokensPerParameter = prospects.tokensPerParameter
        request.sweeps = prospects.sweep.map(\.axis)
        return request
    }

    func run() throws {
        let request = request
        try request.validate()
        let file = try OutputFile(optional: output)
        let answer = try request.run(models: DataWallCommand.models, madeBy: MadeBy.line)
        guard case .sweep(let sweep, _) = answer else {
            return try FileOutput.report(
                answer.json.fileText(), text: answer.text(explained: explain), to: file, asJSON: json)
        }
        let wantsJSON = json || output?.lowercased().hasSuffix(".json") == true
        try FileOutput.put(wantsJSON ? answer.json.fileText() : sweep.csv(), to: file)
    }
}
