public import ArgumentParser
public import DataWallKit
import Quantities

extension NearPass: ExpressibleByArgument {}

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the run files of scans into an audit.",
        discussion: """
            The audit is that of one pass over all the shards, byte for byte, however they were split. A run that is \
            missing, doubled, damaged, unfinished or was scanned differently is refused by name. Weights, caps, quality \
            maps and the order of sources come from the manifest given here, so changing them needs no new scan: runs \
            keep the scores as they were read. Runs that were scanned under a manifest need one, or --no-manifest; how \
            it differs from the scan's is printed.

            Several processes can share a merge: each reduces some of the 4,096 partitions of all texts, and a last one \
            adds the parts up to the same audit, byte for byte. Near copies are found before that, in three passes: pairs \
            and counts over some partitions each, and copies over all, in one process. A pass needs all partitions of the \
            one before it. If a pass is killed, run the same command again: finished work counts.

            Examples:
              datawall merge runs/ -o audit.json
              datawall merge site-a/runs site-b/runs --manifest corpus.yml -o audit.json
              datawall merge runs/ --quality-map 0:0.2,3:1,5:2 -o audit.json
              datawall merge runs/ --partitions 0-2047 -o low.json
              datawall merge runs/ --partitions 2048-4095 -o high.json
              datawall merge runs/ --partials low.json high.json -o audit.json
              datawall merge runs/ --near-pass pairs --partitions 0-2047 --near-folder near
              datawall merge runs/ --near-folder near --partitions 0-2047 -o low.json

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
        help: ArgumentHelp(
            "Run one pass of the search for near copies, so that other processes can run the next: pairs, counts or copies.",
            valueName: "pass"))
    var nearPass: NearPass?

    @Option(
        help: ArgumentHelp(
            "The folder of these passes: where they leave their outputs, and where the merge finds near copies.",
            valueName: "dir"))
    var nearFolder: String?

    @Option(
        help: ArgumentHelp("Reduce only these partitions (of 0-4095) into a file for --partials.", valueName: "a-b"))
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

    @Option(help: ArgumentHelp("Name the most repeated texts and their files.", valueName: "k"))
    var topCopies = 0

    @Option(help: ArgumentHelp("Threads that reduce (default: the processors this process may use).", valueName: "n"))
    var threads: Int?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the audit file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the audit file instead of the answer.")
    var json = false

    @Flag(help: "Print the rest too: copies, overlap, near copies, contamination, damage.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            "How far the merge has come, on standard error: text, json (an object a line) or none.", valueName: "form"))
    var progress = ProgressForm.text

    private func request() throws(RequestError) -> MergeRequest {
        var request = MergeRequest(folders: folders)
        request.manifest.path = manifest
        request.manifest.isIgnored = noManifest
        request.manifest.qualityMap = qualityMap
        request.benchmarks = benchmarks
        if let partitions {
            guard let range = PartitionRange(partitions) else {
                throw RequestError("--partitions is a range of 0-4095, such as 0-1023.")
            }
            guard nearPass != nil || output.map({ $0 != "-" }) ?? false && !json else {
                throw RequestError(
                    "--partitions writes sums, not an audit: name a file by -o, drop --json and --partials.")
            }
            request.partitions = range
        }
        guard nearPass == nil || output == nil && !json else {
            throw RequestError("--near-pass writes into --near-folder: drop --output and --json.")
        }
        request.nearPass = nearPass
        request.nearFolder = nearFolder
        request.partials = partials
        request.topCopies = topCopies
        request.memory = memory?.value
        request.threads = threads
        return request
    }

    func run() async throws {
        let request = try request()
        try request.validate()
        let file = try OutputFile(optional: output)
        try request.notes().forEach(FileOutput.note)
        let merged = MergeProgress()
        let display = ProgressDisplay(merged, form: progress, partitions: request.partitions ?? .all)
        switch try await display.show({ try await request.run(progress: merged) }) {
        case .sums(let sums):
            try FileOutput.put(sums.text, to: file)
            try FileOutput.print(lines: [
                "partitions \(request.partitions ?? .all) of \(PartitionRange.count) reduced, into \(file?.path ?? "-")"
            ])
        case .pass(let report):
            try FileOutput.print(lines: [
                "pass \(report.pass.rawValue), partitions \(report.partitions.description) of \(PartitionRange.count): "
                    + "\(Quantity.count(report.entries, "entry", plural: "entries")), \(Quantity.bytes(report.bytes)), "
                    + (report.wasDone ? "done before" : "done")
            ])
        case .audit(let audit, let shortfall):
            try FileOutput.report(
                audit.json.fileText(), text: audit.text(explained: explain, file: output == "-" ? nil : output),
                to: file, asJSON: json)
            if let shortfall { throw shortfall }
        }
    }
}
