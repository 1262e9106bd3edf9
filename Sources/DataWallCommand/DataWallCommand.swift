public import ArgumentParser
public import DataWallKit
import Foundation

/// The command `datawall`.
///
/// A program with its own models has three lines:
///
/// ```swift
/// var models = ModelCatalog.standard
/// try models.laws.register(MyLaw())
/// await DataWallCommand.main(models: models)
/// ```
public struct DataWallCommand: AsyncParsableCommand {
    /// The command's name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "datawall",
        abstract: "Count the unique tokens of a corpus, and plan training runs on it.",
        discussion: """
            Examples:
              datawall audit shards/ -o audit.json
              datawall plan audit.json --flops 1e22
              datawall plan --supply fineweb-edu --flops 1e23
              datawall report audit.json plan.json -o report.html

            Every answer fits a screen; --explain prints the rest. 'datawall terms' defines the terms.
            """,
        version: DataWallVersion.current,
        subcommands: [
            AuditCommand.self, ScanCommand.self, MergeCommand.self, KeepCommand.self, CheckCommand.self,
            DiffCommand.self, SampleCommand.self,
            PlanCommand.self, CompareCommand.self, DesignCommand.self, MixCommand.self, UpsampleCommand.self,
            PilotsCommand.self,
            FitCommand.self, PredictCommand.self, ReportCommand.self,
            TermsCommand.self, SuppliesCommand.self, AcceleratorsCommand.self, LawsCommand.self,
            MixturesCommand.self, TokenizersCommand.self,
        ]
    )

    /// Memory that a command needs to start.
    private static let fewestBytes = 40 << 20

    /// The models the commands know.
    @TaskLocal static var models = ModelCatalog.standard

    /// Creates the command; ArgumentParser requires this initialiser.
    public init() {}

    /// Runs the command with the process's arguments and exits.
    ///
    /// - Parameter models: The laws, curves and objectives that the subcommands know.
    @MainActor public static func main(models: ModelCatalog) async {
        MemoryHeadroom.prepareProcess()
        StandardStream.prepare()
        ParentProcess.follow()
        // With less memory, threads of the concurrency runtime cannot start, and it waits for them without end.
        guard MemoryHeadroom.isLeft(fewestBytes) else {
            FileOutput.note("the machine failed: the limit on memory (ulimit -v) leaves less than 40 MiB; raise it")
            Foundation.exit(ExitStatus.machineFailed.rawValue)
        }
        await $models.withValue(models) {
            do {
                try await Interruption.watch {
                    try SubcommandName.check(Array(CommandLine.arguments.dropFirst()))
                    var command = try parseAsRoot()
                    try await TerminalStyle.$current.withValue(Terminal.style()) {
                        if var asynchronous = command as? any AsyncParsableCommand {
                            try await Interruption.cancellable { try await asynchronous.run() }
                        } else {
                            try command.run()
                        }
                    }
                }
            } catch {
                Foundation.exit(status(reporting: error))
            }
        }
    }

    /// The argument parser's message, with the same beginning as those of this command.
    private static func refusal(_ message: String) -> String {
        let mark = "Error: "
        return message.hasPrefix(mark) ? "datawall: " + message.dropFirst(mark.count) : message
    }

    /// Prints the message of an error, including help and version, and returns the exit status.
    private static func status(reporting error: any Error) -> Int32 {
        if let status = Interruption.status, let advice = Interruption.advice(after: error) {
            FileOutput.note("stopped by a signal; \(advice)")
            return status
        }
        var failure = CommandFailure(error)
        if failure == nil {
            let status = exitCode(for: error)
            // Line breaks come from the argument parser; no argument in the message may control a terminal.
            let message = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
                .map { String($0).visible }.joined(separator: "\n")
            guard status.isSuccess else {
                if !message.isEmpty { StandardStream.complain(refusal(message) + "\n") }
                return status.rawValue
            }
            do throws(CommandFailure) {
                if !message.isEmpty { try StandardStream.print(message + "\n") }
                return status.rawValue
            } catch { failure = error }
        }
        guard let failure else { return ExitStatus.usage.rawValue }
        for (index, line) in failure.lines.enumerated() {
            StandardStream.complain((index == 0 ? "datawall: " : "") + line.visible + "\n")
        }
        return failure.status.rawValue
    }
}
