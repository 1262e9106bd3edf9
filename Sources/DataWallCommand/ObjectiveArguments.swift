import ArgumentParser
import DataWallKit

/// What is minimised, and what it reads.
struct ObjectiveArguments: ParsableArguments {
    @Option(help: ArgumentHelp("What to minimise.", valueName: "name"))
    var objective = "min-loss"

    @Option(help: ArgumentHelp("Tokens the model will serve over its life.", valueName: "d"))
    var inferenceTokens: ReadableQuantity?

    func model(among models: ModelCatalog) throws -> any PlanningObjective {
        try models.objectives.model(named: objective)
    }

    var terms: PlanTerms { PlanTerms(inferenceTokens: inferenceTokens?.value) }
}
