public import ArgumentParser
public import DataWallKit

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write a share of every source's documents, for pilots that repeat sources as the run does.",
        discussion: """
            A document is taken by the fingerprint of its text: the same documents whatever the files, all copies of a \
            text or none, whole records as they lie. A smaller share is part of a larger one.

            Reads all that an audit reads: JSON lines and text, plain, .zst or .gz, and token ids. Each source has a \
            folder of its own; a file gets its name when it is whole. Damaged records are reported and left out.

            Examples:
              datawall sample shards/ --share 1/16 -o pilots/
              datawall sample --manifest corpus.yml --share 0.05 --compress zstd -o pilots/
              zcat crawl.jsonl.gz | datawall sample - --source-key meta.source --share 1% -o pilots/
              datawall sample 'tokens/*.bin' --share 1/16 -o pilots/

            Exit status: 0 done; 1 some of the input was damaged or not read, and left out; 64 wrong usage; 66 no such input; 73 \
            cannot write.
            """
    )

    @OptionGroup var input: CorpusArguments

    @Option(help: ArgumentHelp("The share of every source, such as 1/16.", valueName: "share"))
    var share: ReadableShare

    @Option(
        name: [.short, .long], help: ArgumentHelp("The folder to write to; a new one, or empty.", valueName: "dir"))
    var output: String

    @Option(help: ArgumentHelp("How the files are compressed: none or zstd.", valueName: "how"))
    var compress: SampleCompression = .none

    @Option(help: ArgumentHelp("The longest record that is read; longer ones are reported.", valueName: "size"))
    var maxRecord = ReadableQuantity(value: 536_870_912)

    @Option(
        help: ArgumentHelp(
            "Memory for the window of a zstd frame (default: 2GiB, or half of the container's if that is less).",
            valueName: "size"))
    var memory: ReadableQuantity?

    func validate() throws {
        guard share.value < 1 else { throw ValidationError("--share is less than 1: all of it is the corpus itself.") }
        guard maxRecord.value >= 1, maxRecord.value < 4_294_967_296 else {
            throw ValidationError("--max-record is from 1 byte to one less than 4 GiB (4294967295).")
        }
        if let memory, !(16_777_216...1e15).contains(memory.value) {
            throw ValidationError("--memory is 16MiB or more.")
        }
    }

    func run() async throws {
        let corpus = try input.corpus()
        var sampler = CorpusSampler(share: share.value)
        sampler.compression = compress
        sampler.maximumRecordBytes = Int(maxRecord.value)
        sampler.memory = MachineShare.memory(memory)
        let progress = ScanProgress()
        let sample = try await ProgressDisplay(progress).show { [sampler, output] in
            try await sampler.write(corpus, to: output, progress: progress)
        }
        try FileOutput.print(lines: sample.text())
        for problem in sample.problems.prefix(20) { FileOutput.note("\(problem)") }
        try FileOutput.print(lines: corpus.skipped.text())
        try CorpusArguments.refuseAbsentInputs(sample.problems)
        try CorpusArguments.refuseUnreadFiles(corpus.skipped)
        guard sample.losses == 0 else {
            throw CommandFailure(
                "\(Quantity.count(sample.losses, "problem")) in the input; what they "
                    + "concern was left out", status: .damaged)
        }
    }
}

extension SampleCompression: ExpressibleByArgument {}
