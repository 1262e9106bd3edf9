import Foundation
import Testing

/// Memory that runs out is the machine's failure: status 71, nothing committed that is wrong, no signal.
@Suite struct MemoryLimitTests {
    @Test("an audit under a limit of address space is right or ends with 71, and its state goes on to a fresh audit")
    func limits() throws {
        let folder = try TestFolder()
        let url = URL(fileURLWithPath: folder.path + "/in")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for shard in 0..<4 {
            let lines = (0..<3_000).map { "{\"text\": \"shard \(shard) record \($0 &* 7_919) and some words more\"}" }
            try Data(lines.joined(separator: "\n").utf8).write(to: url.appendingPathComponent("\(shard).jsonl"))
        }
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let command = products.appendingPathComponent("datawall").path
        #expect(try CommandRun(["audit", "in", "-o", "fresh.json"], in: folder.path).status == 0)
        let fresh = try folder.read("fresh.json")
        var (failed, done) = (0, 0)
        // The program itself is mapped too, and Swift's runtime ends it before its first line where it does not fit.
        let size = try FileManager.default.attributesOfItem(atPath: command)[.size] as? Int ?? 0
        for room in [52, 64, 80, 88, 96, 104, 140, 860] {
            let megabytes = (size >> 20) + room
            try? FileManager.default.removeItem(atPath: folder.path + "/st")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = [
                "-c", "ulimit -v \(megabytes << 10); exec \"$0\" audit in --memory 64MiB --state st -o x.json", command,
            ]
            process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            // A process that cannot even be loaded ends with 127.
            #expect(process.terminationReason == .exit && [0, 71, 127].contains(process.terminationStatus))
            if process.terminationStatus == 0 {
                done += 1
                #expect(try folder.read("x.json") == fresh)
            } else {
                failed += 1
                #expect(try CommandRun(["audit", "in", "--state", "st", "-o", "y.json"], in: folder.path).status == 0)
                #expect(try folder.read("y.json") == fresh)
            }
        }
        #expect(done > 0 && failed > 0, "\(done) done, \(failed) failed")
    }
}
