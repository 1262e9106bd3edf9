public import ArgumentParser
public import DataWallKit

struct MixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mix",
        abstract: "Choose the weight and the epochs of each source.",
        discussion: """
            Weights make the most effective tokens (unique tokens weighted by quality, repeats discounted), less a pull \
            to natural shares. Caps on epochs hold only where you set them: in the manifest, in the table, or with \
            --max-epochs. Other methods are shown for comparison, all valued alike.

            Examples:
              datawall mix audit.json --tokens 1.2T -o mixture.json
              datawall mix sources.csv --tokens 1.2T --parameters 7B --max-epochs 6
              datawall mix sources.csv --tokens 1.2T --weight web=0.7 --weight code=0.3
              datawall mix sources.csv --tokens 1.2T --pilots runs.csv
              datawall mix sources.csv --tokens 1.2T --target maths
              datawall mix --preset olmo3 --tokens 5.93T
              datawall mix audit.json --as is --tokens 300B --emit megatron \\
                  --path 'data/{source}_text_document'

            A table of sources has the columns source and unique_tokens, and optionally quality, max_epochs and floor.

            Pilots are a table of runs with the columns w_SOURCE, loss or loss_TARGET, and optionally params, tokens and \
            unique_SOURCE. A mixing law is fitted to them; how well it ranks runs that it has not seen is printed first.

            More tokens than the caps allow are an error that says how many they allow.

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write; 78 no feasible \
            mixture.
            """
    )

    @Argument(help: "An audit file or a table of sources (CSV); '-' is standard input.")
    var supply: String?

    @Option(
        help: ArgumentHelp("Mix the pools of a published mixture, and compare its weights.", valueName: "name"),
        completion: Completions.mixtures)
    var preset: String?

    @Option(help: ArgumentHelp("Training tokens D, repeats included, such as 1.2T.", valueName: "d"))
    var tokens: ReadableQuantity

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Whether copies are removed before training: dedup (removed) or is (kept).", valueName: "what"))
    var treatment: CopyTreatment = .dedup

    @Flag(help: "Take an audit of paragraphs or lines for the supply.")
    var levelAsSupply = false

    @OptionGroup(title: "Method")
    var choice: MixMethodArguments

    @OptionGroup(title: "Models")
    var asked: MixModelArguments

    @Option(
        help: ArgumentHelp(
            "A scarce source: print how often to repeat it, over what its tokens may be worth.", valueName: "source"))
    var target: String?

    @Option(help: ArgumentHelp("Print what a loader reads: megatron, mosaic or csv.", valueName: "format"))
    var emit: LoaderFormat?

    @Option(
        help: ArgumentHelp("The path of a source's data for --emit. (default: {source})", valueName: "pattern"))
    var path: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write the mixture file here, or what --emit prints; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the mixture file instead of tables.")
    var json = false

    @Flag(help: "Print the rest too: every source, method and target, prices, and what was assumed.")
    var explain = false

    private func request() throws -> MixRequest {
        var request = MixRequest(supply: supply, preset: preset, tokens: tokens.value)
        request.treatment = treatment
        request.acceptsParts = levelAsSupply
        try choice.apply(to: &request)
        asked.apply(to: &request)
        request.target = target
        request.emit = emit
        request.path = path
        return request
    }

    func validate() throws {
        guard emit == nil || !json else {
            throw ValidationError("--emit and --json both say what is printed: leave one out.")
        }
    }

    func run() throws {
        let request = try request()
        try request.validate()
        let file = try OutputFile(optional: output)
        switch try request.run(models: DataWallCommand.models, madeBy: MadeBy.line) {
        case .scarceTarget(let report, let warnings):
            try FileOutput.report(
                report.json.fileText(), text: report.text(explained: explain, warnings: warnings.map(\.message)),
                to: file, asJSON: json)
        case .mixture(let report):
            guard let emit else {
                return try FileOutput.report(
                    report.json.fileText(), text: report.text(explained: explain), to: file, asJSON: json)
            }
            for warning in report.comparison.warnings where warning.severity == .warning {
                FileOutput.note(warning.message)
            }
            try FileOutput.put(report.emitted(emit, path: path ?? "{source}"), to: file)
        }
    }
}

extension LoaderFormat: ExpressibleByArgument {}
