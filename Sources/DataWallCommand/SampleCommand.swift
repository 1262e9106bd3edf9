public import ArgumentParser
public import DataWallKit

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write a share of every source's documents, for pilots.",
        discussion: """
            The fingerprint of a text decides whether its documents are taken. So the result does not depend on how they \
            are spread over files, and has all copies of a text or none. Records are copied unchanged. A smaller share \
            is part of a larger one.

            Reads all that an audit reads: JSON (lines, or one array of objects) and .txt, plain, zstd or gzip; Parquet, \
            whose rows become JSON lines; and token ids. Each source has a \
            folder of its own; a file gets its name when it is whole. Damaged records are reported and left out.

            Examples:
              datawall sample shards/ --share 1/16 -o pilots/
              datawall sample --manifest corpus.yml --share 0.05 --compress zstd -o pilots/
              zcat crawl.jsonl.gz | datawall sample - --source-key meta.source --share 1% \\
                  -o pilots/
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

    @Flag(help: "List every source.")
    var explain = false

    /// How many problems are printed, so that the answer stays on the screen.
    private static let shownProblems = 5

    func run() async throws {
        var request = SampleRequest(input.request, share: share.value, output: output)
        request.compression = compress
        request.maxRecord = maxRecord.value
        request.memory = memory?.value
        try request.validate()
        let corpus = try input.corpus()
        let progress = ScanProgress()
        let answer: SampleRequest.Answer
        do {
            answer = try await ProgressDisplay(progress).show { [request] in
                try await request.run(on: corpus, progress: progress)
            }
        } catch is CancellationError {
            throw Interruption.Final(
                advice: "the sample in \(output) is not whole: sample again into another folder")
        }
        try FileOutput.print(lines: answer.sample.text(explained: explain, skipped: corpus.skipped.text()))
        if answer.sample.filtered > 0 {
            FileOutput.note("\(Quantity.count(answer.sample.filtered, "record")) left out by --where")
        }
        for problem in answer.sample.problems.prefix(Self.shownProblems) { FileOutput.note("\(problem)") }
        let more = answer.sample.problemCounts.values.reduce(0, +) - Self.shownProblems
        if more > 0 { FileOutput.note("\(Quantity.count(more, "problem")) more like these") }
        if let shortfall = answer.shortfall { throw shortfall }
    }
}

extension SampleCompression: ExpressibleByArgument {}
