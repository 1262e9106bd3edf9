import ArgumentParser
import DataWallKit

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Read shards into runs, for a merge here or on another machine.",
        discussion: """
            Writes sorted runs of 40-byte records (48 bytes with scores), and commits that name them; text never leaves \
            the machine. Tasks i/n of one scan share the shards by size, the same way on every machine, and may use one \
            folder. i counts from 0 or from 1. A scan that was killed goes on where it stopped. A directory whose \
            finished work was made with other options is refused, and so is one that holds something else.

            Examples:
              datawall scan shards/ --runs runs/
              datawall scan shards/ --runs runs/ --task $SLURM_ARRAY_TASK_ID/64
              datawall merge runs/ -o audit.json
            """
    )

    @OptionGroup var scan: ScanArguments

    @Option(help: ArgumentHelp("Where runs and commits go.", valueName: "dir"))
    var runs: String

    @Option(help: ArgumentHelp("Which share of the shards to read, as i/n.", valueName: "i/n"))
    var task = "0/1"

    @Flag(help: "Throw away what this task has in the directory, and begin again.")
    var restart = false

    func validate() throws {
        guard ScanTask(task) != nil else { throw ValidationError("--task is i/n, such as 3/64.") }
    }

    func run() async throws {
        let corpus = try scan.input.corpus()
        let progress = ScanProgress()
        let options = try scan.options(for: corpus)
        let share = ScanTask(task) ?? .whole
        scan.noteSpace(options, for: corpus)
        let problems = try await ProgressDisplay(progress).show {
            try await Auditor(options: options).scan(
                corpus, into: runs, task: share, restarts: restart, progress: progress)
        }
        let found = progress.snapshot
        try FileOutput.print(lines: [
            "\(Quantity.count(found.shardsRead, "shard")) read, \(Quantity.count(found.documents, "document")), into \(runs)"
        ])
        for problem in problems.prefix(5) { FileOutput.note("\(problem)") }
        try FileOutput.print(lines: corpus.skipped.text())
        let damaged = problems.count { !$0.kind.isNote }
        try scan.judge(
            problems: problems, skipped: corpus.skipped,
            damagedShare: min(1, Double(damaged) / Double(max(1, found.documents + damaged))))
    }
}
