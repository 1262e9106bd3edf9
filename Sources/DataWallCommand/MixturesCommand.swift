import ArgumentParser
import DataWallKit

struct MixturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mixtures",
        abstract: "List published mixtures, or check a mixture's table for contradictions.",
        discussion: """
            A table has a column source and any of pool, weight, epochs and consumed. Each figure is compared with what the \
            others imply; contradictions are reported, not corrected.

            Examples:
              datawall mixtures
              datawall mixtures gpt3
              datawall mixtures ours.csv --budget 1200 --max-epochs 4

            Exit status: 0 done; 1 contradictions were found in a table; 64 no such mixture; 65 unusable table; 66 no \
            such file.
            """
    )

    @Argument(
        help: "The name of a published mixture, or a table (CSV); '-' is standard input.",
        completion: Completions.mixtures)
    var mixture: String?

    @Option(help: ArgumentHelp("The length of the training stream, in the unit of the pools.", valueName: "d"))
    var budget: ReadableQuantity?

    @Option(help: ArgumentHelp("Report sources that are read more often.", valueName: "e"))
    var maxEpochs: Double?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print every source and contradiction.")
    var explain = false

    func run() throws {
        guard let mixture else {
            return try FileOutput.print(
                lines: PublishedMixture.all.map { "\($0.name): \($0.source)" } + [
                    "More: 'datawall mixtures NAME' prints a mixture and its contradictions."
                ])
        }
        var request = MixturesRequest(mixture: mixture)
        request.budget = budget?.value
        request.maxEpochs = maxEpochs
        let report = try request.run()
        if json {
            try FileOutput.print(report.json.fileText())
        } else {
            try FileOutput.print(lines: report.text(explained: explain))
        }
        if !report.findings.isEmpty { throw ExitCode(ExitStatus.damaged.rawValue) }
    }
}
