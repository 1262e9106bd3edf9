import DataWallKit
import Foundation

/// Writes and prints the results of a command.
enum FileOutput {
    /// Writes files, then prints.
    ///
    /// A file that cannot be written does not prevent the answer: the rest is still written and printed, and then the
    /// command fails.
    ///
    /// - Parameters:
    ///   - files: The files with their contents.
    ///   - body: Prints the answer. Its argument says whether a file could not be written. It is not called if a file
    ///     goes to standard output.
    /// - Throws: ``CommandFailure`` if something cannot be written.
    static func write(
        _ files: [(output: OutputFile, content: String)], thenPrint body: (_ isFileMissing: Bool) throws -> Void
    ) throws {
        var failure: CommandFailure?
        for (output, content) in files {
            do throws(CommandFailure) { try output.write(content) } catch { failure = failure ?? error }
        }
        if !files.contains(where: \.output.isStandardOutput) { try body(failure != nil) }
        if let failure { throw failure }
    }

    /// Writes a file if an output is given, and prints it or tables.
    ///
    /// - Parameters:
    ///   - file: The file's content.
    ///   - text: The tables.
    ///   - output: The place to write the file. Standard output takes it in place of the tables.
    ///   - asJSON: Whether to print the file in place of the tables.
    /// - Throws: ``CommandFailure`` if something cannot be written.
    static func report(
        _ file: @autoclosure () -> String, text: @autoclosure () -> [String], to output: OutputFile?, asJSON: Bool
    ) throws {
        let content = output == nil && !asJSON ? "" : file()
        try write(output.map { [($0, content)] } ?? []) { _ in
            if asJSON { try print(content) } else { try print(lines: text()) }
        }
    }

    /// Writes a file, or prints it if there is no output or it cannot be written.
    static func put(_ content: String, to output: OutputFile?) throws {
        try write(output.map { [($0, content)] } ?? []) { isFileMissing in
            if output == nil || isFileMissing { try print(content) }
        }
    }

    /// Prints text to standard output as it is.
    static func print(_ text: String) throws(CommandFailure) { try StandardStream.print(text) }

    /// Prints lines to standard output, set for it, with control characters of names written out.
    static func print(lines: [String]) throws(CommandFailure) {
        try print(TerminalStyle.current.set(lines).map { $0 + "\n" }.joined())
    }

    /// Prints one line to standard error, with control characters of names written out.
    static func note(_ line: String) { StandardStream.complain("datawall: \(line.visible)\n") }
}
