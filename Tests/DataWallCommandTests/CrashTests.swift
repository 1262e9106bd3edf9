import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `Benchmarks/checks/crash` does the same at full size.
@Suite struct CrashTests {
    /// Shards of lines that repeat across them, enough to keep a debug build busy for some commits.
    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        for shard in 0..<16 {
            var text = ""
            for record in 0..<600 {
                let lines = (0..<10).map { "line \((record * 7 + $0 * 131) % 900) of the text, and some words more" }
                text += "{\"text\": \"\(lines.joined(separator: "\\n"))\\n only here \(shard) \(record / 2)\"}\n"
            }
            let url = URL(fileURLWithPath: "\(folder.path)/web/part-\(shard).jsonl")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return folder
    }

    /// Starts an audit and kills it after a while; returns whether it was still running.
    private static func killed(
        _ arguments: [String], in folder: String, after seconds: Double, environment: [String: String] = [:]
    ) throws -> Bool {
        let process = Process()
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = products.appendingPathComponent("datawall")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: seconds)
        // The process started here, and it alone.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
    }

    @Test("an audit that is killed at any moment and started again comes to the bytes of one that was left alone")
    func kills() throws {
        let folder = try Self.folder()
        let plain = try CommandRun(
            ["audit", "web", "--level", "line", "--threads", "2", "-o", "plain.json"], in: folder.path)
        #expect(plain.status == 0, "\(plain.errors)")
        let expected = try folder.read("plain.json")
        let seed: UInt64 = 20_261_121
        var state = seed
        var killed = 0
        let command = ["audit", "web", "--level", "line", "--threads", "2", "--state", "state", "-o", "audit.json"]
        let start = Date()
        #expect(try CommandRun(command, in: folder.path).status == 0)
        let whole = Date().timeIntervalSince(start)
        for _ in 0..<4 {
            try FileManager.default.removeItem(atPath: folder.path + "/state")
            // Once, and now and then twice before it may end.
            for _ in 0..<(killed % 2 + 1) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let moment = whole * Double(state >> 40) / Double(1 << 24)
                if try Self.killed(command, in: folder.path, after: moment) { killed += 1 }
            }
            let resumed = try CommandRun(command, in: folder.path)
            #expect(resumed.status == 0, "\(resumed.errors), seed \(seed)")
            #expect(try folder.read("audit.json") == expected, "seed \(seed)")
        }
        #expect(killed > 0, "a run of \(whole) s was never met alive")
    }

    @Test("a merge that is killed at any moment leaves its runs as they were, and the next one comes to the same audit")
    func killedMerges() throws {
        let folder = try Self.folder()
        let temporary = folder.path + "/tmp"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        for task in 0..<8 {
            let scan = ["scan", "web", "--level", "line", "--runs", "runs", "--task", "\(task)/8", "--attempt", "1"]
            #expect(try CommandRun(scan, in: folder.path).status == 0)
        }
        // One run's block for memory, so that runs are merged in passes through the temporary folder.
        let environment = ["TMPDIR": temporary]
        let command = ["merge", "runs", "--memory", "1MiB", "-o", "audit.json"]
        let start = Date()
        #expect(try CommandRun(command, in: folder.path, environment: environment).status == 0)
        let whole = Date().timeIntervalSince(start)
        let expected = try folder.read("audit.json")
        let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/runs").sorted()
        try FileManager.default.removeItem(atPath: folder.path + "/audit.json")
        for share in [0.2, 0.5, 0.8] {
            _ = try Self.killed(command, in: folder.path, after: whole * share, environment: environment)
            let isWhole = (try? folder.read("audit.json")) ?? expected
            #expect(isWhole == expected, "a file that is there is whole")
        }
        #expect(try CommandRun(command, in: folder.path, environment: environment).status == 0)
        #expect(try folder.read("audit.json") == expected)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/runs").sorted() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
    }
}
