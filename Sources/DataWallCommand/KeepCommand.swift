import ArgumentParser
import DataWallKit
import Foundation

struct KeepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep",
        abstract: "List the records to keep so that no text repeats, for a pipeline to apply.",
        discussion: """
            Reads the runs of finished scans (or the --state folder of an audit) and writes keep.json with one file a \
            shard: the numbers of the records to keep, one a line, ascending. A record stays when it owns its text in \
            the audit of the same runs: the copy with the highest quality weight, then the earlier source, path and \
            position. Records without a text and damaged ones are on no list. The documentation has a pipeline of ten \
            lines that applies a list.

            Examples:
              datawall scan shards/ --runs runs/
              datawall keep --runs runs/ --manifest corpus.yml -o keep/
              datawall scan shards/ --near --runs runs-near/
              datawall keep --runs runs-near/ --near 3 -o keep-near/
              datawall scan shards/ --runs runs4/ --every-position
              datawall keep --runs runs4/ --copies 4 -o keep4/
            """
    )

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Folders that scans wrote to.", valueName: "dir"))
    var runs: [String]

    @Option(
        help: ArgumentHelp("A YAML file that names the sources' order, weights and quality maps.", valueName: "file"))
    var manifest: String?

    @Flag(
        help:
            "Make the list without the manifest that the runs were scanned under: its weights, quality maps and order are dropped."
    )
    var noManifest = false

    @Option(
        help: ArgumentHelp(
            "Weigh scores by this map where the manifest has none for a source (default: the scan's map).",
            valueName: "map"))
    var qualityMap: String?

    @Option(help: ArgumentHelp("How many copies of a text may stay.", valueName: "k"))
    var copies = 1

    @Option(
        help: ArgumentHelp(
            "Drop near copies, too: documents that share so many of 14 bands or more with a longer one that stays, from 1 "
                + "to 14 (3 finds 98 % of pairs at similarity 0.9). The runs need scan --near.",
            valueName: "k"))
    var near: Int?

    @Option(
        help: ArgumentHelp(
            "Drop documents that contaminate these evaluation sets, which the scans looked for (scan --benchmarks).",
            valueName: "dir"))
    var withoutContaminated: String?

    @Option(
        help: ArgumentHelp(
            "Memory for the runs' blocks and for sorting (default: 2GiB, or half of the container's if that is less).",
            valueName: "size"))
    var memory: ReadableQuantity?

    @Option(
        help: ArgumentHelp("Threads that walk the runs (default: the processors this process may use).", valueName: "n")
    )
    var threads: Int?

    @Option(name: [.short, .long], help: ArgumentHelp("The folder the list goes to.", valueName: "dir"))
    var output: String

    @Flag(help: "Print keep.json instead of a table.")
    var json = false

    func validate() throws {
        guard manifest == nil || !noManifest else {
            throw ValidationError("Give --manifest or --no-manifest, not both.")
        }
        guard !runs.isEmpty else { throw ValidationError("--runs names one folder or more.") }
        if let near, !(1...NearMethod.bands).contains(near) {
            throw ValidationError("--near is a number of shared bands from 1 to \(NearMethod.bands), such as 3.")
        }
        guard copies >= 1 else { throw ValidationError("--copies is 1 or more.") }
        if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads is from 1 to 1024.") }
        if let memory, !(1_048_576...1e15).contains(memory.value) {
            throw ValidationError("--memory is 1MiB or more.")
        }
    }

    func run() async throws {
        let declarations = try manifest.map { try Corpus.declarations(manifest: $0) } ?? []
        if manifest != nil || noManifest { try MergeCommand.noteDifferences(runs, declarations, manifest) }
        var keeper = RecordKeeper(
            copies: copies, threads: MachineShare.threads(threads), memory: MachineShare.memory(memory))
        keeper.nearThreshold = near
        keeper.excludedBenchmarks = try withoutContaminated.map { try BenchmarkSets(folder: $0) }
        keeper.ignoresManifest = noManifest
        keeper.qualityMap = try qualityMap.map { try QualityMap($0) }
        let list = try await keeper.keep(runs, declarations: declarations, into: output)
        if json {
            try FileOutput.print(list.json.fileText())
        } else {
            let share = list.documents == 0 ? 1 : Double(list.kept) / Double(list.documents)
            try FileOutput.print(lines: [
                "\(Quantity.grouped(list.kept)) of \(Quantity.count(list.documents, "document")) in "
                    + "\(Quantity.count(list.shards.count, "shard")) stay (\(Quantity.percent(share))); "
                    + "the list is in \(output)"
            ])
        }
    }
}
