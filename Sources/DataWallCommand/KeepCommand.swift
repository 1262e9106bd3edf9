import ArgumentParser
import DataWallKit

struct KeepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep",
        abstract: "List the records to keep so that no text repeats, or write their documents.",
        discussion: """
            Reads the runs of finished scans (or the --state folder of an audit) and writes keep.json with one file a \
            shard: the numbers of the records to keep, one a line, ascending. A record stays when it owns its text in \
            the audit of the same runs: the copy with the highest quality weight, then the earlier source, path and \
            position. Records without a text and damaged ones are on no list.

            With --write, the documents themselves are written, one .jsonl.zst for each shard under the same relative \
            name. JSON records are copied byte for byte, Parquet rows with their scalar columns (the others are \
            named), other text as {"text": …}. Token ids and streams are refused. The shards must be where they were \
            scanned, and unchanged. The folder must be new or empty. After an interruption, run the same command again: it \
            goes on with the shards that are not written yet.

            Examples:
              datawall scan shards/ --runs runs/
              datawall keep --runs runs/ --manifest corpus.yml -o keep/
              datawall keep --runs runs/ --manifest corpus.yml --write unique/
              datawall scan shards/ --near --runs runs-near/
              datawall keep --runs runs-near/ --near 3 -o keep-near/
              datawall scan shards/ --runs runs4/ --every-position
              datawall keep --runs runs4/ --copies 4 -o keep4/

            Exit status: 0 done; 1 done, but records of the list could not be read; 64 wrong usage; 65 runs that do not \
            belong together or cannot be listed; 66 no such runs or shards; 71 the machine failed (memory); 73 cannot \
            write; 75 in use.
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
            "Drop near copies, too: documents that share at least this many of 14 bands (1 to 14) with a longer one that stays (3 finds 98 % of pairs at similarity 0.9). The runs need scan --near.",
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

    @Option(
        help: ArgumentHelp(
            "Write the documents of the list to this folder (.jsonl.zst); a new one, an empty one, or one that the same command left unfinished.",
            valueName: "dir"))
    var write: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The folder the list goes to; may be left out with --write.", valueName: "dir"))
    var output: String?

    @Flag(help: "Print keep.json instead of a table.")
    var json = false

    func run() async throws {
        var request = KeepRequest(runs: runs, output: output)
        request.manifest.path = manifest
        request.manifest.isIgnored = noManifest
        request.manifest.qualityMap = qualityMap
        request.write = write
        request.copies = copies
        request.nearBands = near
        request.withoutContaminated = withoutContaminated
        request.memory = memory?.value
        request.threads = threads
        try request.validate()
        try request.notes().forEach(FileOutput.note)
        let progress = ScanProgress()
        let answer = try await ProgressDisplay(progress).show { [request] in
            try await request.run(progress: progress) { FileOutput.note(Self.sentence($0)) }
        }
        let list = answer.list
        if json {
            try FileOutput.print(list.json.fileText())
        } else {
            let share = list.documents == 0 ? 1 : Double(list.kept) / Double(list.documents)
            let place = output.map { "; the list is in \($0)" } ?? ""
            try FileOutput.print(lines: [
                "\(Quantity.grouped(list.kept)) of \(Quantity.count(list.documents, "document")) in "
                    + "\(Quantity.count(list.shards.count, "shard")) stay (\(Quantity.percent(share)))\(place).",
                "More: keep.json counts the records of each shard; --json prints it.",
            ])
            if let written = list.written, let write {
                try FileOutput.print(lines: [
                    "\(Quantity.count(written.documents, "document")) in \(Quantity.count(written.files, "file")) "
                        + "(\(Quantity.bytes(written.bytes))) written to \(write)"
                ])
            }
        }
        for note in list.written?.notes ?? [] { FileOutput.note(note) }
        if let shortfall = answer.shortfall { throw shortfall }
    }

    private static func sentence(_ estimate: KeepEstimate) -> String {
        "the documents will take about \(Quantity.bytes(estimate.bytes)) on disk (an estimate)"
            + (estimate.freeBytes.map { ", of \(Quantity.bytes($0)) that are free" } ?? "")
    }
}
