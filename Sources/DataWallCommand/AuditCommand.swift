import ArgumentParser
import DataWallKit
import Foundation

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Count what a corpus holds: unique and repeated tokens, by source.",
        discussion: """
            Streams .jsonl, .jsonl.zst and .jsonl.gz shards, recognised by their bytes. A shard belongs to the source its \
            folder is named after, unless a manifest or --source-key says otherwise.

            Examples:
              datawall audit shards/ -o audit.json
              datawall audit --manifest corpus.yml -o audit.json
              datawall audit 'cc/**/*.jsonl.zst' --text-key content --quality-key metadata.score --quality-map 0:0.2,3:1

            Exit status: 0 done; 1 done, but more records were damaged than allowed; 64 wrong usage; 65 unusable data; \
            66 no such input; 73 cannot write.
            """
    )

    @Argument(help: "Shards, directories or patterns ('**' crosses folders); '-' is standard input.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("A YAML file that names sources, their shards, weights and caps.", valueName: "file"))
    var manifest: String?

    @OptionGroup(title: "Fields of a record")
    var fields: FieldArguments

    @Option(help: ArgumentHelp("Bytes of text assumed per token, for the estimate.", valueName: "ratio"))
    var bytesPerToken = 4.0

    @Option(help: ArgumentHelp("Threads that read shards (default: one a core).", valueName: "n"))
    var threads: Int?

    @Option(help: ArgumentHelp("The longest record that is read; longer ones are reported.", valueName: "size"))
    var maxRecord = ReadableQuantity(value: 536_870_912)

    @Flag(help: "Stop at the first damage.")
    var strict = false

    @Option(help: ArgumentHelp("The share of damaged records up to which the exit status is 0.", valueName: "share"))
    var maxDamaged: Double?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the audit file here; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the audit file instead of tables.")
    var json = false

    func validate() throws {
        guard paths.isEmpty != (manifest == nil) else {
            throw ValidationError("Name shards or a --manifest, one of the two.")
        }
        guard manifest == nil || fields.sourceKey == nil else {
            throw ValidationError("A manifest names its sources itself: drop --source-key.")
        }
        if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads is from 1 to 1024.") }
        if let maxDamaged, !(0...1).contains(maxDamaged) {
            throw ValidationError("--max-damaged is a share from 0 to 1, such as 1e-6.")
        }
        guard !strict || maxDamaged == nil else {
            throw ValidationError("--strict and --max-damaged exclude each other.")
        }
        guard maxRecord.value >= 1, maxRecord.value <= 1e12 else {
            throw ValidationError("--max-record is from 1 byte to 1TB.")
        }
    }

    func run() async throws {
        let selection = try fields.selection()
        let corpus =
            if let manifest {
                try Corpus(manifest: manifest, fields: selection)
            } else {
                try Corpus(paths: paths, fields: selection)
            }
        let options = AuditOptions(
            tokenizer: try ByteRatioCounter(bytesPerToken: bytesPerToken),
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            maximumRecordBytes: Int(maxRecord.value),
            isStrict: strict
        )
        let audit = try await Auditor(options: options).audit(corpus)
        if let output { try FileOutput.write(audit.json.fileText(), to: output) }
        if json {
            FileOutput.print(audit.json.fileText())
        } else if output != "-" {
            FileOutput.print(lines: audit.text())
        }
        try judge(audit, corpus)
    }

    /// Inputs that are not there weigh more than damage.
    private func judge(_ audit: Audit, _ corpus: Corpus) throws {
        if let problem = corpus.problems.first { throw CommandFailure("\(problem)", status: .noInput) }
        if let problem = audit.problems.first(where: { $0.kind == .missingInput || $0.kind == .unreadableInput }) {
            throw CommandFailure("\(problem)", status: .noInput)
        }
        guard audit.damagedShare > (maxDamaged ?? 0) else { return }
        throw CommandFailure(
            "\(Quantity.percent(audit.damagedShare)) of the records are damaged, more than "
                + "\(Quantity.percent(maxDamaged ?? 0)) allowed by --max-damaged; the audit lists them",
            status: .damaged)
    }
}
