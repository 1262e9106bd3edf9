import ArgumentParser
import DataWallKit

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Predict the loss of a training run.",
        discussion: """
            Examples:
              datawall predict --law muennighoff --parameters 6.34B --tokens 242B --unique-tokens 25B
              datawall predict --law my-law.json --law lovelace --parameters 7B --tokens 1.4T --unique-tokens 200B --json

            Exit status: 0 done; 64 wrong usage; 65 unusable law; 66 no such law file.
            """
    )

    @Option(help: ArgumentHelp("A law's name or a law file; may be repeated.", valueName: "law"))
    var law: [String]

    @Option(help: ArgumentHelp("Model size N, such as 7B.", valueName: "n"))
    var parameters: ReadableQuantity

    @Option(help: ArgumentHelp("Tokens processed D, repeats included, such as 1.4T.", valueName: "d"))
    var tokens: ReadableQuantity

    @Option(help: ArgumentHelp("Unique tokens available (default: as many as --tokens).", valueName: "u"))
    var uniqueTokens: ReadableQuantity?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a coefficient another value; may be repeated.", valueName: "name=value"))
    var replacements: [NamedNumber] = []

    @Option(help: ArgumentHelp("A further quantity of the run; may be repeated.", valueName: "name=value"))
    var feature: [NamedNumber] = []

    @Flag(
        help: "Widen intervals for a training recipe other than that of the law's runs, such as another weight decay.")
    var otherRecipe = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        var request = PredictRequest(laws: law, parameters: parameters.value, tokens: tokens.value)
        request.uniqueTokens = uniqueTokens?.value
        request.replacements = replacements
        request.features = feature
        request.hasOtherRecipe = otherRecipe
        let report = try request.run(models: DataWallCommand.models)
        if json {
            try FileOutput.print(report.json.fileText())
        } else {
            try FileOutput.print(lines: report.text())
        }
    }
}
