import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A signal ends the command with 128 plus its number, and leaves nothing behind.
@Suite struct SignalTests {
    /// Texts that do not repeat, more than the memory that the tests allow.
    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        for shard in 0..<2 {
            let lines = (0..<60_000).map {
                "{\"text\":\"\(shard) \($0 &* 7_919)\\n\($0 &* 104_729)\\n\($0) \(shard)\"}"
            }
            let url = URL(fileURLWithPath: "\(folder.path)/in/\(shard).jsonl")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(lines.joined(separator: "\n").utf8).write(to: url)
        }
        try FileManager.default.createDirectory(atPath: folder.path + "/tmp", withIntermediateDirectories: true)
        return folder
    }

    private static func started(
        _ arguments: [String], in folder: TestFolder, errors: Any = FileHandle.nullDevice
    ) throws -> Process {
        let process = Process()
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = products.appendingPathComponent("datawall")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path + "/tmp"]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        return process
    }

    private static func files(_ folder: TestFolder, _ name: String = "tmp") throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/\(name)")
    }

    @Test(
        "an audit that spills and is asked to end leaves no file in the temporary folder and no neighbour of its output",
        arguments: [SIGINT, SIGTERM, SIGHUP, SIGPIPE])
    func audit(number: Int32) throws {
        let folder = try Self.folder()
        let process = try Self.started(
            ["audit", "in", "--level", "line", "--memory", "16MiB", "--threads", "2", "-o", "a.json"], in: folder)
        while process.isRunning, try Self.files(folder).isEmpty { Thread.sleep(forTimeInterval: 0.005) }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 128 + number)
        #expect(try Self.files(folder).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["in", "tmp"])
    }

    @Test("what a killed audit leaves in the temporary folder goes with the next one")
    func killed() throws {
        let folder = try Self.folder()
        let arguments = ["audit", "in", "--level", "line", "--memory", "16MiB", "--threads", "2", "-o", "a.json"]
        let process = try Self.started(arguments, in: folder)
        while process.isRunning, try Self.files(folder).isEmpty { Thread.sleep(forTimeInterval: 0.005) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let next = try Self.started(arguments, in: folder)
        next.waitUntilExit()
        #expect(next.terminationStatus == 0)
        #expect(try Self.files(folder).isEmpty)
    }

    @Test("a sample that is asked to end leaves no unfinished file, and says that it does not go on")
    func sample() throws {
        let folder = try Self.folder()
        let errors = Pipe()
        let process = try Self.started(["sample", "in", "--share", "0.9", "-o", "out"], in: folder, errors: errors)
        while process.isRunning, ((try? Self.files(folder, "out")) ?? []).isEmpty {
            Thread.sleep(forTimeInterval: 0.002)
        }
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect([0, 143].contains(process.terminationStatus))
        let message = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(
            process.terminationStatus == 0
                || message
                    == "datawall: stopped by a signal; the sample in out is not whole: sample again into another folder\n"
        )
        #expect(try !Self.files(folder, "out").contains { $0.hasSuffix(".partial") })
    }

    @Test("a command ends with the process that started it, where that asks for it")
    func parent() throws {
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The command waits for input that never comes; it holds the shell's output open until it ends.
        shell.arguments = [
            "-c", "exec 3<&0; DATAWALL_PARENT=$$ \"$0\" audit - <&3 & echo $!; wait",
            products.appendingPathComponent("datawall").path,
        ]
        let (input, output) = (Pipe(), Pipe())
        shell.standardInput = input
        shell.standardOutput = output
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        let started = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        #expect(Int32(started.trimmingCharacters(in: .whitespacesAndNewlines)) != nil)
        Thread.sleep(forTimeInterval: 0.5)
        kill(shell.processIdentifier, SIGKILL)
        shell.waitUntilExit()
        #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }
}
