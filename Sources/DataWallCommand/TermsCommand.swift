import ArgumentParser
import DataWallKit

struct TermsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terms",
        abstract: "Define the terms of answers and tables, each in a line.",
        discussion: """
            Examples:
              datawall terms
              datawall terms 'hidden epochs'
              datawall terms --explain

            Exit status: 0 done; 64 no such term.
            """
    )

    @Argument(help: "A term, or a part of one.")
    var term: String?

    @Flag(help: "List all terms.")
    var explain = false

    func run() throws {
        if let term, Glossary.standard.matching(term).isEmpty {
            throw RequestError("No term contains '\(term)': 'datawall terms --explain' lists all.")
        }
        try FileOutput.print(lines: Glossary.standard.text(matching: term, explained: explain))
    }
}
