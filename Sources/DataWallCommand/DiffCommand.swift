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

    func validate() throws {
        guard before != "-" || after != "-" else { throw ValidationError("Standard input holds one audit, not two.") }
    }

    func run() throws {
        let audits = [try AuditFile(path: before).audit, try AuditFile(path: after).audit]
        for (path, audit) in zip([before, after], audits) where !audit.listsSkippedFiles {
            FileOutput.note("note: \(path): \(Audit.unlistedFiles)")
        }
        let difference = AuditDifference(from: audits[0], to: audits[1])
        if json {
            try FileOutput.print(difference.json.fileText())
        } else {
            try FileOutput.print(lines: difference.text())
        }
        guard exitCode, !difference.isEmpty else { return }
        throw CommandFailure("the audits differ", status: .damaged)
    }
}
