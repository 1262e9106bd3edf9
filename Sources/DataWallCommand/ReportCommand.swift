import ArgumentParser
import DataWallKit

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write one HTML page of audits, plans, mixtures and fits.",
        discussion: """
            Reads audit files, plan files, mixture files, what 'fit --json' prints, and law files, in any number and order, \
            and writes one HTML file that needs no network, prints, and fits a telephone. Law files are also drawn into the plans that \
            name their laws. With --fragment it writes one element for another page: without script, with scoped styles, \
            without rows that a page folds away.

            Examples:
              datawall report audit.json plan.json -o report.html
              datawall mix audit.json --tokens 1.2T -o mixture.json
              datawall report audit.json mixture.json -o report.html
              datawall fit runs.csv --law chinchilla --json > fit.json
              datawall report fit.json -o fit.html
              datawall report plan.json my-law.json --title 'The spring run' -o report.html

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write.
            """
    )

    @Argument(help: "Audit, plan, mixture, fit and law files; '-' is standard input.")
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
