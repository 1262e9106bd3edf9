import Foundation

/// One run of the built command, as a user would make it.
struct CommandRun {
    let output: String
    let errors: String
    let status: Int32

    /// Runs `datawall` with arguments in a folder, feeding it standard input, as another user where one is given.
    init(
        _ arguments: [String], in folder: String? = nil, input: String = "", as user: Int? = nil,
        environment: [String: String] = [:]
    ) throws {
        let process = Process()
        // The test runner lies beside the products it was built with.
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
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = feed
        try process.run()
        feed.fileHandleForWriting.write(Data(input.utf8))
        try feed.fileHandleForWriting.close()
        // What a run of these tests prints fits a pipe's buffer, so reading one after the other cannot block.
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}

/// A folder of files that goes with the test.
final class TestFolder: Sendable {
    let path = NSTemporaryDirectory() + "datawall-\(UUID().uuidString)"

    init(_ files: KeyValuePairs<String, String> = [:]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            let url = URL(fileURLWithPath: path).appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes bytes to a file of the folder.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }
}

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
