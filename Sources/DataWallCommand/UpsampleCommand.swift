public import ArgumentParser
public import DataWallKit

struct UpsampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upsample",
        abstract: "Choose how often to read each quality bucket of one source.",
        discussion: """
            Leaves out the worst buckets and reads better ones more often, the best at most --max-factor times, so that \
            --tokens are drawn in all. Buckets come from the quality histogram of a source in an audit, or from a table with \
            the columns bucket and tokens: in the order of a column quality of numbers, else of its rows, the worst first.

            Examples:
              datawall upsample audit.json --source web --tokens 400B
              datawall upsample buckets.csv --tokens 400B --shape olmo3 --discard 0.4

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 78 no such curve.
            """
    )

    @Argument(help: "An audit file, or a table of buckets (CSV); '-' is standard input.")
    var buckets: String

    @Option(help: ArgumentHelp("The source of the audit whose buckets to use.", valueName: "name"))
    var source: String?

    @Option(help: ArgumentHelp("The tokens to draw from the source, such as 400B.", valueName: "d"))
    var tokens: ReadableQuantity

    @Option(help: ArgumentHelp("The most passes over the best bucket.", valueName: "factor"))
    var maxFactor = QualityUpsampling.defaultCap

    @Option(
        help: ArgumentHelp(
            "The largest share of the tokens to leave out: whole buckets, the worst first.", valueName: "share"))
    var discard = ShareFromZero(value: QualityUpsampling.defaultDiscard)

    @Option(help: ArgumentHelp("The shape of the curve: power, or olmo3 with its two parameters.", valueName: "shape"))
    var shape: UpsamplingShape = .power

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print the rest too: every bucket, and the curve.")
    var explain = false

    func run() throws {
        var request = UpsampleRequest(buckets: buckets, tokens: tokens.value)
        request.source = source
        request.maxFactor = maxFactor
        request.discard = discard.value
        request.shape = shape
        let report = try request.run(madeBy: MadeBy.line)
        if json {
            try FileOutput.print(report.json.fileText())
        } else {
            try FileOutput.print(lines: report.text(explained: explain))
        }
    }
}

extension UpsamplingShape: ExpressibleByArgument {}
