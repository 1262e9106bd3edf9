import ArgumentParser
import DataWallKit

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Predict the loss of a training run.",
        discussion: """
            Examples:
              datawall predict --law muennighoff --parameters 6.34B --tokens 242B \\
                  --unique-tokens 25B
              datawall predict --law my-law.json --law lovelace --parameters 7B \\
                  --tokens 1.4T --unique-tokens 200B --json
              datawall predict --law chinchilla --sweep flops=1e20:1e25:log -o sweep.csv \\
                  --chart sweep.svg
              datawall predict --law muennighoff --parameters 7B --unique-tokens 50B \\
                  --sweep tokens=50B:5T

            Exit status: 0 done; 64 wrong usage; 65 unusable law; 66 no such law file.
            """
    )

    @Option(
        help: ArgumentHelp("A law's name or a law file; may be repeated.", valueName: "law"),
        completion: Completions.laws)
    var law: [String]

    @Option(help: ArgumentHelp("Model size N, such as 7B.", valueName: "n"))
    var parameters: ReadableQuantity?

    @Option(help: ArgumentHelp("Tokens processed D, repeats included, such as 1.4T.", valueName: "d"))
    var tokens: ReadableQuantity?

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

    @Option(
        help: ArgumentHelp(
            "Predict over a range of parameters, tokens, unique-tokens or flops, as quantity=first:last[:log|linear]"
                + "[:points]; over flops at each law's best size, without "
                + "size_exponent where more compute lowers no loss. Written as CSV.", valueName: "range"),
        transform: PredictionSweepArgument.init(parsing:))
    var sweep: PredictionSweepArgument?

    @Option(help: ArgumentHelp("Draw the sweep here (SVG): loss over the range, with bands.", valueName: "file"))
    var chart: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the table of the sweep here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print every remark.")
    var explain = false

    func validate() throws {
        let swept = sweep?.axis.quantity
        if swept == .flops {
            guard parameters == nil, tokens == nil else {
                throw ValidationError(
                    "A sweep of flops takes each law's best size: leave out --parameters and --tokens.")
            }
        } else {
            guard (parameters == nil) == (swept == .parameters), (tokens == nil) == (swept == .tokens) else {
                throw ValidationError(
                    "Give --parameters and --tokens, but for what --sweep says; --sweep flops=… needs neither.")
            }
        }
        guard !(swept == .uniqueTokens && uniqueTokens != nil) else {
            throw ValidationError("--sweep says the unique tokens already: leave out --unique-tokens.")
        }
        guard sweep != nil || (chart == nil && output == nil) else {
            throw ValidationError("--chart and --output write a sweep: give --sweep, such as --sweep tokens=10B:1T.")
        }
        guard sweep == nil || !json else { throw ValidationError("A sweep is a table (CSV): leave out --json.") }
    }

    func run() throws {
        // The swept values replace the 1.
        var request = PredictRequest(laws: law, parameters: parameters?.value ?? 1, tokens: tokens?.value ?? 1)
        request.uniqueTokens = uniqueTokens?.value
        request.replacements = replacements
        request.features = feature
        request.hasOtherRecipe = otherRecipe
        if let sweep {
            let (file, drawing) = (try OutputFile(optional: output), try OutputFile(optional: chart))
            let result = try request.sweep(sweep.axis, models: DataWallCommand.models)
            result.notes.forEach(FileOutput.note)
            if let drawing { try FileOutput.write([(drawing, result.svg)]) { _ in } }
            return try FileOutput.put(result.csv(), to: file)
        }
        let report = try request.run(models: DataWallCommand.models)
        if json {
            try FileOutput.print(report.json.fileText())
        } else {
            try FileOutput.print(lines: report.text(explained: explain))
        }
    }
}
