import ArgumentParser
import DataWallKit

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write one HTML page of audits, plans, mixtures and fits.",
        discussion: """
            Reads files of any number and in any order: audits, plans, mixtures, laws, and the JSON of fit, plan --sweep, \
            upsample, compare and design. Writes one HTML file that needs no network, prints, and fits a telephone. The page \
            begins with what you have, what to train and what to doubt; several plans are compared in one table. A sweep over \
            flops and unique-tokens is a map of epochs and sizes with your plans on it. Law files are also drawn into the \
            plans that name their laws.

            Tab reaches every chart, and the arrow keys read its values. With --fragment the command writes one element for \
            another page, such as a notebook: no script, styles that apply only to itself, long tables cut with a note.

            Examples:
              datawall report audit.json plan.json -o report.html
              datawall mix audit.json --tokens 1.2T -o mixture.json
              datawall report audit.json mixture.json -o report.html
              datawall fit runs.csv --law chinchilla --json > fit.json
              datawall report fit.json -o fit.html
              datawall plan --sweep flops=1e20:1e24:log:9 \\
                  --sweep unique-tokens=1e9:1e12:log:7 --json -o sweep.json
              datawall report plan.json sweep.json -o plane.html
              datawall report plan.json my-law.json --title 'The spring run' -o report.html

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write.
            """
    )

    @Argument(
        help: """
            Files of audits, plans, mixtures, fits, laws, sweeps, upsamplings, comparisons and designs; '-' is standard \
            input.
            """)
    var files: [String]

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the page here; '-' is standard output.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("The page's title.", valueName: "text"))
    var title: String?

    @Flag(help: "Write one element for another page, such as a notebook, instead of a page.")
    var fragment = false

    func validate() throws {
        guard title == nil || !fragment else { throw ValidationError("A fragment has no title: drop --title.") }
    }

    func run() throws {
        var request = ReportRequest(files: files)
        request.title = title
        try request.validate()
        let page = try OutputFile(output)
        let report = try request.run(
            models: DataWallCommand.models, madeBy: "\(MadeBy.line) -o \(ShellWords.quoted(output))")
        try FileOutput.put(fragment ? report.fragment() : report.html(), to: page)
    }
}
