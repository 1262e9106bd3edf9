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

    /// Prints text to standard output as it is.
    static func print(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

    /// Prints lines to standard output, set for it.
    static func print(lines: [String]) { print(TerminalStyle.current.set(lines).map { $0 + "\n" }.joined()) }

    /// Prints one line to standard error.
    static func note(_ line: String) { FileHandle.standardError.write(Data("datawall: \(line)\n".utf8)) }
}
