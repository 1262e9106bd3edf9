import ArgumentParser
import DataWallKit

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Read shards into run files, to merge here or on another machine.",
        discussion: """
            Reads what 'datawall audit' reads: JSON (lines, or one array of objects) and .txt, plain, zstd or gzip; \
            Parquet; and token ids. Threads share a large Parquet file by its row groups.

            Writes sorted runs of 40-byte records (48 bytes with scores), and commits that name them; text never leaves \
            the machine. Tasks i/n of one scan share the shards by size, the same way on every machine, and may use one \
            folder. i counts from 0 or from 1. A scan that was killed goes on where it stopped. A directory whose \
            finished work was made with other options is refused, and so is one that holds something else.

            Where an engine may run a task twice, each try has a number of its own and with --attempt a folder of its \
            own: a merge takes the highest that is complete. --status says what of a job is done, from any machine and \
            at any time; it changes nothing.

            Examples:
              datawall scan shards/ --runs runs/
              datawall scan shards/ --runs runs/ --task $SLURM_ARRAY_TASK_ID/64
              datawall scan shards/ --runs runs/ --task 3/64 --attempt 1029 --progress json
              datawall scan --status runs/
              datawall merge runs/ -o audit.json

            Exit status: 0 done; 1 done, but more records were damaged than allowed or files were left unread, or with \
            --status, not all is done; 64 wrong usage; 65 unusable data, or a directory of other options; 66 no such \
            input; 71 the machine failed (memory); 73 cannot write; 75 directory in use.
            """
    )

    @OptionGroup var scan: ScanArguments

    @Option(help: ArgumentHelp("The folder for run files.", valueName: "dir"))
    var runs: String?

    @Option(help: ArgumentHelp("The part of the shards to read, as i/n.", valueName: "i/n"))
    var task = "0/1"

    @Option(
        help: ArgumentHelp(
            "The number of this try at the task, where there may be several; each has a folder of its own.",
            valueName: "n"))
    var attempt: Int?

    @Flag(help: "Delete the progress of this task, and start again.")
    var restart = false

    @Option(
        help: ArgumentHelp(
            "How far the scan has come, on standard error: text, json (an object a line) or none.", valueName: "form"))
    var progress = ProgressForm.text

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Read no shards; report the progress in these folders.", valueName: "dir"))
    var status: [String] = []

    @Flag(help: "Print the --status as JSON.")
    var json = false

    func run() async throws {
        guard status.isEmpty else { return try printStatus() }
        guard let runs else { throw RequestError("Name the directory that runs go to: --runs.") }
        guard !json else { throw RequestError("--json prints a --status: name its directories.") }
        guard let task = ScanTask(task) else { throw RequestError("--task is i/n, such as 3/64.") }
        var request = ScanRequest(scan.input.request, runs: runs)
        request.counting = scan.counting
        request.task = task
        request.attempt = attempt
        request.restarts = restart
        try request.validate()
        let corpus = try scan.input.corpus()
        request.counting.notes(for: corpus).forEach(FileOutput.note)
        let read = ScanProgress()
        let display = ProgressDisplay(read, form: progress, task: task, attempt: attempt)
        let answer = try await display.show { [request] in try await request.run(on: corpus, progress: read) }
        let found = read.snapshot
        try FileOutput.print(
            lines: [
                "\(Quantity.count(found.shardsRead, "shard")) read, \(Quantity.count(found.documents, "document")), into \(runs)."
            ] + corpus.skipped.text() + [
                "More: 'datawall scan --status' shows all tasks; 'datawall merge' makes the audit."
            ])
        for problem in answer.problems.prefix(5) { FileOutput.note("\(problem)") }
        if let shortfall = answer.shortfall { throw shortfall }
    }

    private func printStatus() throws {
        guard runs == nil, !scan.input.namesInput, attempt == nil, !restart else {
            throw RequestError("--status reads nothing: drop the shards, --runs, --attempt and --restart.")
        }
        let found = try ScanStatus(of: status)
        if json {
            try FileOutput.print(found.json.fileText())
        } else {
            try FileOutput.print(lines: found.text())
        }
        if !found.isComplete { throw CommandFailure.quiet(.damaged) }
    }
}
