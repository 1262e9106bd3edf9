import ArgumentParser
import DataWallKit

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two audits: totals, sources, damage and inputs.",
        discussion: """
            Says first what was set differently, since counts of two tokenizers or levels do not compare.

            Examples:
              datawall diff last-week.json today.json
              datawall diff before.json after.json --json
              datawall diff before.json after.json --exit-code && echo nothing changed

            Exit status: 0 compared; 1 with --exit-code, the audits differ; 64 wrong usage; 65 not an audit; 66 no such \
            file.
            """
    )

    @Argument(help: "The earlier audit file; '-' is standard input.")
    var before: String

    @Argument(help: "The later audit file.")
    var after: String

    @Flag(help: "Print JSON instead of tables.")
    var json = false

    @Flag(help: "End with status 1 where the audits differ.")
    var exitCode = false

    @Flag(help: "Print the rest too: every source, setting and input.")
    var explain = false

    func run() throws {
        let answer = try DiffRequest(from: before, to: after).run()
        answer.notes.forEach(FileOutput.note)
        if json {
            try FileOutput.print(answer.difference.json.fileText())
        } else {
            try FileOutput.print(lines: answer.difference.text(explained: explain))
        }
        guard exitCode, !answer.difference.isEmpty else { return }
        throw CommandFailure("the audits differ", status: .damaged)
    }
}
