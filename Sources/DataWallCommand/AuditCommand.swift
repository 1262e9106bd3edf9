import ArgumentParser
import DataWallKit
import Foundation

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Count what a corpus holds: unique and repeated tokens, by source.",
        discussion: """
            Streams .jsonl and .txt shards, plain, .zst or .gz, recognised by their bytes, and token ids (Megatron's .bin \
            and .idx, flat uint16 or uint32). A shard belongs to the source its \
            folder is named after, unless a manifest or --source-key says otherwise. With --state, what has been read \
            survives a kill: the same command goes on from there, and reads only new shards when some are added.

            Examples:
              datawall audit shards/ -o audit.json
              datawall audit --manifest corpus.yml --state state/ -o audit.json
              datawall audit shards/ --tokenizer cl100k --sample 0.01
              datawall audit 'cc/**/*.jsonl.zst' --text-key content --quality-key metadata.score --quality-map 0:0.2,3:1
              datawall audit --verify audit.json
              datawall audit shards/ --verify audit.json

            Exit status: 0 done; 1 done, but more records were damaged than allowed, or inputs are not those of the \
            audit that is verified; 64 wrong usage; 65 unusable data; \
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

    @Option(help: ArgumentHelp("Name the most repeated texts and where they lie.", valueName: "k"))
    var topCopies = 0

    @Option(
        help: ArgumentHelp(
            "Make no audit, but say which inputs of this one have changed since, by size and digest; shards named "
                + "beside it tell which are new.", valueName: "audit"))
    var verify: String?

    @Flag(help: "Print the audit file instead of tables.")
    var json = false

    func validate() throws {
        guard (0...1_000_000).contains(topCopies) else { throw ValidationError("--top-copies is from 0 to 1,000,000.") }
        guard verify == nil || (output == nil && state == nil && !json && topCopies == 0) else {
            throw ValidationError("--verify makes no audit: drop --output, --state, --json and --top-copies.")
        }
    }

    func run() async throws {
        if let verify { return try await self.verify(verify) }
        let corpus = try scan.input.corpus()
        let progress = ScanProgress()
        let display = ProgressDisplay(progress)
        var options = try scan.options(for: corpus)
        options.topCopies = topCopies
        let audit = try await display.show { [options] in
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

    /// Says which inputs of an audit are not what they were.
    private func verify(_ path: String) async throws {
        let audit = try AuditFile(path: path).audit
        let corpus = scan.input.namesInput ? try scan.input.corpus() : nil
        // Paths of a manifest are relative to its folder.
        let folder = scan.input.manifest.map { ($0 as NSString).deletingLastPathComponent }.flatMap {
            $0.isEmpty ? nil : $0
        }
        let progress = ScanProgress()
        let threads = scan.threads ?? ProcessInfo.processInfo.activeProcessorCount
        let found = try await ProgressDisplay(progress).show {
            await InputVerification(of: audit, corpus: corpus, in: folder, threads: threads, progress: progress)
        }
        let different = found.rows.filter { $0.finding != .unchanged }
        let unchanged = found.rows.count - different.count
        FileOutput.print(
            lines: different.map { "\($0)" } + [
                different.isEmpty
                    ? "\(Quantity.count(unchanged, "input")) unchanged."
                    : "\(Quantity.count(unchanged, "input")) unchanged, \(Quantity.grouped(different.count)) changed."
            ])
        guard different.isEmpty else {
            throw CommandFailure("the inputs are not those of \(path)", status: .damaged)
        }
    }
}
