import ArgumentParser
import DataWallCommand
import Foundation
import Testing

/// The help of the command and of each subcommand.
@Suite struct HelpTests {
    static let subcommands = DataWallCommand.configuration.subcommands.map { $0._commandName }.sorted()

    @Test("the help of a command is as it was when it was last read", arguments: [""] + subcommands)
    func golden(_ name: String) throws {
        let run = try CommandRun(
            (name.isEmpty ? [] : [name]) + ["--help"], environment: ["COLUMNS": "80"])
        #expect(run.status == 0)
        let golden = GoldenFile("Help/\(name.isEmpty ? "datawall" : name).txt", in: "DataWallCommandTests/Golden")
        #expect(try golden.holds(run.output), "the help of '\(name)' differs from the one kept: see GoldenFile")
        // A line that the terminal's width breaks cannot be copied into a shell.
        let examples = run.output.components(separatedBy: "\nExamples:\n").dropFirst().first?.split(
            separator: "\n", omittingEmptySubsequences: false
        ).prefix { !$0.isEmpty }
        #expect(examples?.allSatisfy { $0.hasPrefix("  ") } != false, "\(examples ?? [])")
    }
}
