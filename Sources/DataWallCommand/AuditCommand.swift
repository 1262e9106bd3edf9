import ArgumentParser
import DataWallKit

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Count unique and repeated tokens of a corpus, by source.",
        discussion: """
            Reads JSON (lines, or one array of objects) and .txt, plain, zstd or gzip; Parquet; and token ids \
            (Megatron's .bin and .idx, flat uint16 or uint32). First bytes decide what a file is, then its name. A source is the first folder below the path \
            named, unless a manifest or --source-key says otherwise. Every file that is not read is listed, and makes \
            the audit incomplete unless it clearly holds no data or --ignore names it. With --state, what has been read \
            survives a kill: the same command goes on from there, and reads only new shards when some are added.

            Examples:
              datawall audit shards/ -o audit.json
              datawall audit --manifest corpus.yml --state state/ -o audit.json
              datawall audit shards/ --tokenizer cl100k --sample 0.01
              datawall audit 'cc/**/*.jsonl.zst' --text-key content \\
                  --quality-key metadata.score --quality-map 0:0.2,3:1
              datawall audit --listing objects.jsonl --open 'aws s3 cp {path} -' \\
                  -o audit.json
              datawall audit shards/ --where 'language = "en" and score >= 3'
              datawall audit --show audit.json --explain
              datawall audit --verify audit.json
              datawall audit shards/ --verify audit.json

            Exit status: 0 done; 1 done, but more records were damaged than allowed, files were left unread, or inputs \
            are not those of the audit that is verified; 64 wrong usage; 65 unusable data, or a state directory of other \
            options; 66 no such input; 71 the machine failed (memory); 73 cannot write; 75 state directory in use; \
            128 plus the signal's number when a signal ends it (130 for Ctrl-C).
            """
    )

    @OptionGroup var scan: ScanArguments

    @Option(help: ArgumentHelp("Save progress in this folder, and resume from it.", valueName: "dir"))
    var state: String?

    @Flag(help: "Delete the progress in the --state folder, and start again.")
    var restart = false

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the audit file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Name the most repeated texts and their files.", valueName: "k"))
    var topCopies = 0

    @Option(
        help: ArgumentHelp(
            "Show this many pairs of near copies for each number of shared bands, with both texts.",
            valueName: "n"))
    var nearPairs = 0

    @Option(
        help: ArgumentHelp(
            "Show n items of --benchmarks, each with a document that contains it: both texts, the match marked. The "
                + "audit file has them, too.", valueName: "n"))
    var contaminationExamples = 0

    @Option(
        help: ArgumentHelp(
            "Verify an existing audit: list the inputs that have changed since. With shards, also list new ones.",
            valueName: "audit"))
    var verify: String?

    @Option(
        help: ArgumentHelp(
            "The folder that the paths of a verified audit start from (default: that of the manifest, or of the audit).",
            valueName: "dir"))
    var root: String?

    @Option(
        help: ArgumentHelp("Print this audit file again instead of making an audit.", valueName: "audit"))
    var show: String?

    @Flag(help: "Print the audit file instead of the answer.")
    var json = false

    @Flag(help: "Print the rest too: copies, overlap, near copies, contamination, damage.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            "How far the scan has come, on standard error: text, json (an object a line) or none.", valueName: "form"))
    var progress = ProgressForm.text

    private var request: AuditRequest {
        var request = AuditRequest(scan.input.request)
        request.counting = scan.counting
        request.state = state
        request.restarts = restart
        request.topCopies = topCopies
        request.nearPairs = nearPairs
        request.contaminationExamples = contaminationExamples
        return request
    }

    func run() async throws {
        if let show { return try self.show(show) }
        if let verify { return try await self.verify(verify) }
        guard root == nil else { throw RequestError("--root belongs to --verify.") }
        let request = request
        try request.validate()
        let file = try OutputFile(optional: output)
        let corpus = try scan.input.corpus()
        try file?.refuse(ifAmong: corpus.shards.map(\.location))
        request.counting.notes(for: corpus).forEach(FileOutput.note)
        let read = ScanProgress()
        let answer = try await ProgressDisplay(read, form: progress).show {
            try await request.run(on: corpus, progress: read)
        }
        var text = answer.audit.text(
            explained: explain || contaminationExamples > 0, file: output == "-" ? nil : output)
        if !json, let pairs = try await answer.nearPairTexts() { text += [""] + pairs.text() }
        try FileOutput.report(answer.audit.json.fileText(), text: text, to: file, asJSON: json)
        if let shortfall = answer.shortfall { throw shortfall }
    }

    /// Prints an audit that was made before.
    private func show(_ path: String) throws {
        try RequestError.refuse([
            (
                verify != nil || output != nil || state != nil || scan.input.namesInput,
                "--show reads an audit file only: leave out shards, --verify, --state and --output."
            )
        ])
        let audit = try AuditFile(path: path).audit
        try FileOutput.report(audit.json.fileText(), text: audit.text(explained: explain), to: nil, asJSON: json)
    }

    /// Lists the inputs of an audit that have changed since.
    private func verify(_ path: String) async throws {
        guard output == nil, state == nil, !json, topCopies == 0 else {
            throw RequestError("--verify makes no audit: drop --output, --state, --json and --top-copies.")
        }
        var request = VerifyRequest(audit: path)
        request.input = scan.input.request
        request.root = root
        request.threads = scan.threads
        let progress = ScanProgress()
        let found = try await ProgressDisplay(progress).show { [request] in
            try await request.run(progress: progress)
        }
        let different = found.rows.filter { $0.finding != .unchanged }
        let unchanged = found.rows.count - different.count
        try FileOutput.print(
            lines: verification(different.map { "\($0)" }, unchanged: unchanged))
        if found.rows.contains(where: { $0.finding == .missing && !$0.shard.hasPrefix("/") }) {
            FileOutput.note("relative paths were looked for in \(request.folder); --root names another folder")
        }
        guard different.isEmpty else {
            throw CommandFailure("the inputs are not those of \(path)", status: .damaged)
        }
    }

    private func verification(_ different: [String], unchanged: Int) -> [String] {
        var answer = ScreenAnswer()
        answer.say(
            "\(Quantity.count(unchanged, "input")) unchanged"
                + (different.isEmpty ? "." : ", \(Quantity.grouped(different.count)) changed."))
        answer.remark(different)
        answer.hint("'datawall audit --show FILE' prints the audit")
        return answer.lines(explained: explain)
    }
}
