import ArgumentParser
import DataWallKit
import Foundation

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the runs of scans into an audit.",
        discussion: """
            The audit is that of one pass over all the shards, byte for byte, however they were split. A run that is \
            missing, doubled, damaged, unfinished or was scanned differently is refused by name. Weights, caps and the \
            order of sources come from the manifest given here, so changing them needs no new scan.

            Examples:
              datawall merge runs/ -o audit.json
              datawall merge site-a/runs site-b/runs --manifest corpus.yml -o audit.json
            """
    )

    @Argument(help: "Folders that scans wrote to.")
    var folders: [String]

    @Option(help: ArgumentHelp("A YAML file that names the sources' order, weights and caps.", valueName: "file"))
    var manifest: String?

    @Option(help: ArgumentHelp("Memory for the blocks of the runs that are merged.", valueName: "size"))
    var memory = ReadableQuantity(value: 2_147_483_648)

    @Option(help: ArgumentHelp("Name the most repeated texts and where they lie.", valueName: "k"))
    var topCopies = 0

    @Option(help: ArgumentHelp("Threads that reduce (default: one a core).", valueName: "n"))
    var threads: Int?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the audit file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the audit file instead of tables.")
    var json = false

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads is from 1 to 1024.") }
        guard (0...1_000_000).contains(topCopies) else { throw ValidationError("--top-copies is from 0 to 1,000,000.") }
        guard memory.value >= 1_048_576, memory.value <= 1e15 else {
            throw ValidationError("--memory is 1MiB or more.")
        }
    }

    func run() async throws {
        let declarations = try manifest.map { try Corpus.declarations(manifest: $0) } ?? []
        let merger = RunMerger(
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, memory: Int(memory.value),
            topCopies: topCopies)
        let audit = try await merger.merge(folders, declarations: declarations)
        if let output { try FileOutput.write(audit.json.fileText(), to: output) }
        if json {
            FileOutput.print(audit.json.fileText())
        } else if output != "-" {
            FileOutput.print(lines: audit.text())
        }
    }
}
