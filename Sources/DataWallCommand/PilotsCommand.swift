import ArgumentParser
import DataWallKit

struct PilotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pilots",
        abstract: "Plan small runs that find a mixture.",
        discussion: """
            Every source is cut to the same share of its documents, so that a mixture repeats it in a pilot as the run \
            would. The table that -o writes has a line for each run; fill in its losses, and 'datawall mix --pilots' \
            fits a mixing law to it.

            Examples:
              datawall pilots audit.json --tokens 1.2T --horizon 1/16
              datawall pilots sources.csv --tokens 1.2T --horizon 0.05 --runs 40 \\
                  -o pilots.csv

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write.
            """
    )

    @Argument(help: "An audit file or a table of sources (CSV); '-' is standard input.")
    var supply: String

    @Option(help: ArgumentHelp("Training tokens of the big run, such as 1.2T.", valueName: "d"))
    var tokens: ReadableQuantity

    @Option(help: ArgumentHelp("The share of the tokens, and of every source, that a pilot has.", valueName: "share"))
    var horizon = ReadableShare(value: 1.0 / 16)

    @Option(help: ArgumentHelp("How many runs (default: three for each coefficient of a mixing law).", valueName: "n"))
    var runs: Int?

    @Option(help: ArgumentHelp("The seed of the random mixtures.", valueName: "seed"))
    var seed: UInt64 = 1

    @Flag(help: "Take an audit of paragraphs or lines for the supply.")
    var levelAsSupply = false

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the table of runs here, losses to be filled in.", valueName: "file"))
    var output: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print the rest too: every source and mixture.")
    var explain = false

    func run() throws {
        let table = try OutputFile(optional: output)
        var request = PilotsRequest(supply: supply, tokens: tokens.value)
        request.horizon = horizon.value
        request.runs = runs
        request.seed = seed
        request.acceptsParts = levelAsSupply
        let report = try request.run(madeBy: MadeBy.line)
        try FileOutput.write(table.map { [($0, report.csv)] } ?? []) { _ in
            if json {
                try FileOutput.print(report.json.fileText())
            } else {
                try FileOutput.print(lines: report.text(explained: explain))
            }
        }
    }
}
