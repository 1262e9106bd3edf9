import ArgumentParser
import DataWallKit

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Count what a corpus holds: unique and repeated tokens, by source.",
        discussion: """
            Streams .jsonl, .jsonl.zst and .jsonl.gz shards, recognised by their bytes. A shard belongs to the source its \
            folder is named after, unless a manifest or --source-key says otherwise. With --state, what has been read \
            survives a kill: the same command goes on from there, and reads only new shards when some are added.

            Examples:
              datawall audit shards/ -o audit.json
              datawall audit --manifest corpus.yml --state state/ -o audit.json
              datawall audit shards/ --tokenizer cl100k --sample 0.01
              datawall audit 'cc/**/*.jsonl.zst' --text-key content --quality-key metadata.score --quality-map 0:0.2,3:1

            Exit status: 0 done; 1 done, but more records were damaged than allowed; 64 wrong usage; 65 unusable data; \
            66 no such input; 73 cannot write; 75 state directory in use.
            """
    )

    @OptionGroup var scan: ScanArguments

    @Option(help: ArgumentHelp("Keep what has been read here, and go on from it.", valueName: "dir"))
    var state: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the audit file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the audit file instead of tables.")
    var json = false

    func run() async throws {
        let corpus = try scan.corpus()
        let progress = ScanProgress()
        let display = ProgressDisplay(progress)
        let audit = try await display.show { [options = try scan.options()] in
            try await Auditor(options: options).audit(corpus, state: state, progress: progress)
        }
        if let output { try FileOutput.write(audit.json.fileText(), to: output) }
        if json {
            FileOutput.print(audit.json.fileText())
        } else if output != "-" {
            FileOutput.print(lines: audit.text())
        }
        try scan.judge(problems: corpus.problems + audit.problems, damagedShare: audit.damagedShare)
    }
}
