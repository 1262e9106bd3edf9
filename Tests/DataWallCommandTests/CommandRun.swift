import Foundation
// What several test targets share, for every file of this one.
@_exported import TestSupport

/// One run of the built command, as a user would make it.
struct CommandRun {
    let output: String
    let errors: String
    let status: Int32

    /// Runs `datawall` with arguments in a folder.
    ///
    /// - Parameters:
    ///   - arguments: The words after the name of the command.
    ///   - folder: The working directory.
    ///   - input: The text on standard input.
    ///   - user: Another user, by number.
    ///   - environment: Variables that are added to those of the test.
    ///   - columns: The width of a terminal that standard output is; without it, a pipe.
    /// - Throws: What starting a process throws.
    init(
        _ arguments: [String], in folder: String? = nil, input: String = "", as user: Int? = nil,
        environment: [String: String] = [:], columns: Int? = nil
    ) throws {
        let process = Process()
        // The test runner is next to the products it was built with.
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = products.appendingPathComponent("datawall")
        process.arguments = arguments
        if let user {
            let rights = ["--reuid=\(user)", "--regid=\(user)", "--clear-groups"]
            process.arguments = rights + [products.appendingPathComponent("datawall").path] + arguments
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let (output, errors, feed) = (Pipe(), Pipe(), Pipe())
        let terminal = try columns.map { try PseudoTerminal(columns: UInt16($0)) }
        process.standardOutput = terminal?.screenHandle ?? output
        process.standardError = errors
        process.standardInput = feed
        try process.run()
        feed.fileHandleForWriting.write(Data(input.utf8))
        try feed.fileHandleForWriting.close()
        if let terminal {
            self.output = terminal.readToEnd()
        } else {
            // What a run of these tests prints fits a pipe's buffer, so reading one after the other cannot block.
            self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}

extension CommandRun {
    /// The output with a blank for each line break and run of blanks: sentences are wrapped.
    var sentences: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension ShellRun {
    /// The output with a blank for each line break and run of blanks: sentences are wrapped.
    var sentences: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// The name of temporary folders in these tests.
typealias TestFolder = TemporaryFolder

/// A line of shell around the built command, whose path is `$D`: for redirections.
struct ShellRun {
    let output: String
    let errors: String
    let status: Int32

    init(_ script: String, in folder: String) throws {
        let process = Process()
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["D": products.appendingPathComponent("datawall").path, "LC_ALL": "C"]) { _, new in new }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
