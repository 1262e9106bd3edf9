import DataWallKit
import Foundation

/// Writes what a command makes.
enum FileOutput {
    /// Writes a file whole or not at all: to a neighbour first, then renamed.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        if path == "-" { return print(text) }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let reason = (error as? CocoaError)?.underlying.map { "\($0)" } ?? error.localizedDescription
            throw CommandFailure("\(path) cannot be written: \(reason)", status: .cannotWrite)
        }
    }

    /// Writes a file where one is asked for, and prints it or tables.
    ///
    /// - Parameters:
    ///   - json: The file's content.
    ///   - text: The tables.
    ///   - path: Where to write the file; '-' is standard output, in place of the tables.
    ///   - asJSON: Whether to print the file in place of the tables.
    /// - Throws: ``CommandFailure`` where the file cannot be written.
    static func report(
        _ json: @autoclosure () -> JSONValue, text: @autoclosure () -> [String], to path: String?, asJSON: Bool
    ) throws(CommandFailure) {
        let file = path == nil && !asJSON ? "" : json().fileText()
        if let path { try write(file, to: path) }
        if path == "-" { return }
        if asJSON { print(file) } else { print(lines: text()) }
    }

    /// Prints text to standard output as it is.
    static func print(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

    /// Prints lines to standard output, set for it.
    static func print(lines: [String]) { print(TerminalStyle.current.set(lines).map { $0 + "\n" }.joined()) }

    /// Prints one line to standard error.
    static func note(_ line: String) { FileHandle.standardError.write(Data("datawall: \(line)\n".utf8)) }
}
