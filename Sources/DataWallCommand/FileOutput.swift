import DataWallKit
import Foundation

/// Writes and prints what a command makes.
enum FileOutput {
    /// Writes files, then prints.
    ///
    /// A file that cannot be written costs no answer: the rest is written and printed all the same, and then the command
    /// fails.
    ///
    /// - Parameters:
    ///   - files: The files with their contents.
    ///   - body: Prints the answer. It is told whether a file could not be written, and is left out where a file goes to
    ///     standard output.
    /// - Throws: ``CommandFailure`` where something cannot be written.
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

    /// Writes a file where one is asked for, and prints it or tables.
    ///
    /// - Parameters:
    ///   - file: The file's content.
    ///   - text: The tables.
    ///   - output: Where to write the file. Standard output takes it in place of the tables.
    ///   - asJSON: Whether to print the file in place of the tables.
    /// - Throws: ``CommandFailure`` where something cannot be written.
    static func report(
        _ file: @autoclosure () -> String, text: @autoclosure () -> [String], to output: OutputFile?, asJSON: Bool
    ) throws {
        let content = output == nil && !asJSON ? "" : file()
        try write(output.map { [($0, content)] } ?? []) { _ in
            if asJSON { try print(content) } else { try print(lines: text()) }
        }
    }

    /// Writes a file, or prints it where none is asked for or it cannot be written.
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
