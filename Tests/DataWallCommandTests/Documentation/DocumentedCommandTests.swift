import ArgumentParser
import DataWallCommand
import DataWallKit
import Foundation
import Testing

/// Runs every command that the documentation prints, page by page, on a small corpus.
@Suite struct DocumentedCommandTests {
    /// A folder with all that the pages' commands name.
    private static func workshop() throws -> TestFolder {
        func shard(_ name: String, _ texts: Int, score: Bool = false) -> String {
            (0..<40).map { index in
                let extra = score ? ", \"metadata\": {\"score\": \(index % 6)}" : ""
                return "{\"text\": \"\(name): text \(index % texts), as long as a short sentence is\"\(extra)}\n"
            }.joined()
        }
        let manifest = try DocumentedBlocks(page: "README.md").blocks.first { $0.language == "yaml" }
        let folder = try TestFolder([
            "shards/web/a.jsonl": shard("web", 40), "shards/code/b.jsonl": shard("code", 15),
            "wiki/a.jsonl.zst": shard("wiki", 30), "cc/2026/b.jsonl.zst": shard("web", 25, score: true),
            "corpus.yml": manifest?.text ?? "",
            "fineweb/part-0.jsonl": "{\"text\": \"one page\", \"score\": 2.5, \"dump\": \"CC-MAIN-2026-05\"}\n",
            "sets/questions.jsonl": "{\"id\": 1, \"text\": \"web: text 1, as long as a short sentence is\"}\n",
            "sources.csv": "source,unique_tokens,quality,max_epochs\nweb,2e10,1,\ncode,5e9,2,4\n",
            "runs.csv": try String(
                contentsOf: PackageFolder.dataset("synthetic/runs.csv"),
                encoding: .utf8),
        ])
        for name in ["before.json", "after.json", "audit.json"] {
            #expect(try CommandRun(["audit", "shards", "-o", name], in: folder.path).status == 0)
        }
        return folder
    }

    /// Targets of the Makefile cannot run inside one of them; that they exist is checked.
    ///
    /// Wheels are installed by the test of the wheel.
    private func isMakeTarget(_ command: String) throws -> Bool {
        if command.hasPrefix("pip install ") { return true }
        guard command.hasPrefix("make ") else { return false }
        let target = command.dropFirst(5).prefix { $0 != " " }
        let makefile = try String(
            contentsOf: PackageFolder.root.appending(path: "Makefile"), encoding: .utf8)
        #expect(makefile.contains("\n\(target):"), "the Makefile has no target '\(target)'")
        return true
    }

    @Test("every command of a page ends well", arguments: DocumentedBlocks.pages)
    func commands(page: String) throws {
        let blocks = try DocumentedBlocks(page: page).blocks
        guard blocks.contains(where: { !$0.commands.isEmpty }) else { return }
        let folder = try Self.workshop()
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        for block in blocks {
            for command in block.commands where try !isMakeTarget(command) {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/bin/sh")
                process.arguments = ["-c", command]
                process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
                process.environment = ProcessInfo.processInfo.environment.merging([
                    "PATH": products + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
                ]) { $1 }
                let log = folder.path + "/.log"
                _ = FileManager.default.createFile(atPath: log, contents: nil)
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
                process.standardOutput = handle
                process.standardError = handle
                process.standardInput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                #expect(
                    process.terminationStatus == 0,
                    "\(page), line \(block.line): \(command)\n\((try? folder.read(".log")) ?? "")")
            }
        }
    }

    @Test("every command named in a page's text is one that the command line takes", arguments: DocumentedBlocks.pages)
    func inlineCommands(page: String) throws {
        for command in try DocumentedBlocks(page: page).inlineCommands {
            var words = command.split(separator: " ").dropFirst().map(String.init).filter { $0 != "…" }
            // A subcommand that is only named, as `datawall laws`, needs no arguments.
            guard words.count > 1 else {
                #expect(
                    DataWallCommand.configuration.subcommands.contains { $0._commandName == words.first }, "\(command)")
                continue
            }
            words = words.map { $0.replacingOccurrences(of: "'", with: "") }
            do {
                _ = try DataWallCommand.parseAsRoot(words)
            } catch {
                // Asking for help or for completions ends the parsing, and well.
                guard !DataWallCommand.exitCode(for: error).isSuccess else { continue }
                Issue.record("\(page): `\(command)`: \(DataWallCommand.message(for: error))")
            }
        }
    }
}
