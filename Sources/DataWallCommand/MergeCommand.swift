import ArgumentParser
import DataWallKit
import Foundation

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the runs of scans into an audit.",
        discussion: """
            The audit is that of one pass over all the shards, byte for byte, however they were split. A run that is \
            missing, doubled, damaged, unfinished or was scanned differently is refused by name. Weights, caps, quality \
            maps and the order of sources come from the manifest given here, so changing them needs no new scan: runs \
            keep the scores as they were read. Runs that were scanned under a manifest need one, or --no-manifest; how \
            it differs from the scan's is printed.

            Several processes can share a merge: each reduces some of the 4,096 partitions of all texts, and a last one \
            adds the parts up to the same audit, byte for byte.

            Examples:
              datawall merge runs/ -o audit.json
              datawall merge site-a/runs site-b/runs --manifest corpus.yml -o audit.json
              datawall merge runs/ --quality-map 0:0.2,3:1,5:2 -o audit.json
              datawall merge runs/ --partitions 0-2047 -o low.json
              datawall merge runs/ --partitions 2048-4095 -o high.json
              datawall merge runs/ --partials low.json high.json -o audit.json

            Exit status: 0 done; 1 done, but the scans left files unread; 64 wrong usage; 65 runs that do not belong \
            together; 66 no such runs; 73 cannot write.
            """
    )

    @Argument(help: "Folders that scans wrote to.")
    var folders: [String]

    @Option(
        help: ArgumentHelp(
            "A YAML file that names the sources' order, weights, caps and quality maps.", valueName: "file"))
    var manifest: String?

    @Flag(
        help:
            "Merge without the manifest that the runs were scanned under: its weights, caps, quality maps and order are dropped."
    )
    var noManifest = false

    @Option(
        help: ArgumentHelp(
            "Weigh scores by this map where the manifest has none for a source (default: the scan's map).",
            valueName: "map"))
    var qualityMap: String?

    @Option(
        help: ArgumentHelp("The evaluation sets that the scans looked for.", valueName: "dir"))
    var benchmarks: String?

    @Option(
        help: ArgumentHelp("Reduce these partitions alone, of 0-4095, into a file to be added up.", valueName: "a-b"))
    var partitions: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Add up what reductions of all partitions wrote.", valueName: "file"))
    var partials: [String] = []

    @Option(
        help: ArgumentHelp(
            "Memory for the blocks of the runs that are merged (default: 2GiB, or half of the container's if that is less).",
            valueName: "size"))
    var memory: ReadableQuantity?

    @Option(help: ArgumentHelp("Name the most repeated texts and where they lie.", valueName: "k"))
    var topCopies = 0

    @Option(help: ArgumentHelp("Threads that reduce (default: the processors this process may use).", valueName: "n"))
    var threads: Int?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the audit file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the audit file instead of tables.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "How far the merge has come, on standard error: text, json (an object a line) or none.", valueName: "form"))
    var progress = ProgressForm.text

    func validate() throws {
        guard manifest == nil || !noManifest else {
            throw ValidationError("Give --manifest or --no-manifest, not both.")
        }
        if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads is from 1 to 1024.") }
        guard (0...1_000_000).contains(topCopies) else { throw ValidationError("--top-copies is from 0 to 1,000,000.") }
        if let partitions {
            guard PartitionRange(partitions) != nil else {
                throw ValidationError("--partitions is a range of 0-4095, such as 0-1023.")
            }
            guard let output, output != "-", !json, partials.isEmpty else {
                throw ValidationError(
                    "--partitions writes sums, not an audit: name a file by -o, drop --json and --partials.")
            }
        }
        guard partials.isEmpty || topCopies == 0 else {
            throw ValidationError("--top-copies belongs to the reductions: drop it beside --partials.")
        }
        if let memory, !(1_048_576...1e15).contains(memory.value) {
            throw ValidationError("--memory is 1MiB or more.")
        }
    }

    func run() async throws {
        let file = try OutputFile(optional: output)
        let declarations = try manifest.map { try Corpus.declarations(manifest: $0) } ?? []
        if manifest != nil || noManifest { try Self.noteDifferences(folders, declarations, manifest) }
        var merger = RunMerger(
            threads: MachineShare.threads(threads), memory: MachineShare.memory(memory),
            topCopies: topCopies)
        merger.ignoresManifest = noManifest
        merger.qualityMap = try qualityMap.map { try QualityMap($0) }
        merger.manifest = manifest
        merger.benchmarks = try benchmarks.map { try BenchmarkSets(folder: $0) }
        let merged = MergeProgress()
        merger.progress = merged
        let range = partitions.flatMap { PartitionRange($0) }
        let display = ProgressDisplay(merged, form: progress, partitions: range ?? .all)
        if let range, let file {
            let part = try await display.show { [merger] in
                try await merger.reduce(folders, declarations: declarations, partitions: range)
            }
            try FileOutput.put(part.text, to: file)
            return try FileOutput.print(lines: [
                "partitions \(range) of \(PartitionRange.count) reduced, into \(file.path)"
            ])
        }
        let audit = try await display.show { [merger] in
            partials.isEmpty
                ? try await merger.merge(folders, declarations: declarations)
                : try await merger.merge(folders, declarations: declarations, partials: partials)
        }
        try FileOutput.report(audit.json.fileText(), text: audit.text(), to: file, asJSON: json)
        try CorpusArguments.refuseUnreadFiles(audit.skipped)
    }

    /// Prints how a manifest, or the lack of one, differs from those that runs were scanned under, and what follows.
    static func noteDifferences(
        _ folders: [String], _ declarations: [SourceDeclaration], _ manifest: String?
    ) throws {
        let changes = try RunMerger.manifestDifferences(folders, declarations: declarations)
        guard !changes.isEmpty else { return }
        guard let manifest else {
            return FileOutput.note(
                "the manifest of the scan is left out: every source has the weight 1, no cap and no quality map of its "
                    + "own, and sources are in the order of their names")
        }
        for change in changes.prefix(20) { FileOutput.note("\(manifest) is not the manifest of the scan: \(change)") }
        if changes.count > 20 { FileOutput.note("and \(changes.count - 20) more differences") }
        FileOutput.note("weights, caps, quality maps and the order of sources are those of \(manifest)")
    }
}
