import ArgumentParser
import DataWallKit

/// What is minimised, and what it reads.
struct ObjectiveArguments: ParsableArguments {
    @Option(help: ArgumentHelp("What to minimise.", valueName: "name"))
    var objective = "min-loss"

    @Option(
        help: ArgumentHelp("What a dollar weighs against loss, in nats per token, such as 1e-8.", valueName: "lambda"))
    var costWeight: Double?
}
