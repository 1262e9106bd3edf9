import ArgumentParser
import DataWallKit

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan a training run: parameters, tokens and epochs for the data and compute there are.",
        discussion: """
            Examples:
              datawall plan audit.json --flops 1e22 --law muennighoff
              datawall plan --unique-tokens 25e9 --flops 1e22 --law muennighoff --json
              datawall plan --unique-tokens 2T --law chinchilla --objective min-total-flops --target-loss 2.05 \
            --inference-tokens 2T

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write; 78 no feasible plan.
            """
    )

    @Argument(help: "An audit file; '-' is standard input.")
    var audit: String?

    @OptionGroup(title: "Data")
    var data: SupplyArguments

    @Option(help: ArgumentHelp("The training compute that may be spent, in FLOPs, such as 1e22.", valueName: "c"))
    var flops: ReadableQuantity?

    @Option(help: ArgumentHelp("A law's name or a law file; may be repeated.", valueName: "law"))
    var law: [String] = []

    @Option(help: ArgumentHelp("What to minimise.", valueName: "name"))
    var objective = "min-loss"

    @Option(help: ArgumentHelp("Tokens the model will serve over its life.", valueName: "d"))
    var inferenceTokens: ReadableQuantity?

    @OptionGroup(title: "Limits")
    var limits: LimitArguments

    @Option(help: ArgumentHelp("A further quantity of the run; may be repeated.", valueName: "name=value"))
    var feature: [NamedNumber] = []

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the plan file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the plan file instead of tables.")
    var json = false

    func validate() throws {
        guard (audit == nil) != (data.uniqueTokens == nil) else {
            throw ValidationError("Name an audit file or give --unique-tokens, one of the two.")
        }
    }

    func run() throws {
        let models = DataWallCommand.models
        let file = try audit.map { path in try AuditFile(path: path) }
        let planner = Planner(
            laws: try law.isEmpty ? models.laws.models : law.map { name in try models.law(name) },
            objective: try models.objectives.model(named: objective), features: feature.dictionary)
        let plan = try planner.plan(
            data.supply(file?.audit), within: flops.map { quantity in try .flops(quantity.value) },
            constraints: limits.constraints, terms: PlanTerms(inferenceTokens: inferenceTokens?.value))
        let planFile = plan.json(auditDigest: file?.digest).fileText()
        if let output { try FileOutput.write(planFile, to: output) }
        if json {
            FileOutput.print(planFile)
        } else if output != "-" {
            FileOutput.print(lines: plan.text())
        }
    }
}
