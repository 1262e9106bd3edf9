public import ArgumentParser
public import DataWallKit

/// The shards to read and the options of counting: shared by the commands that audit shards.
struct ScanArguments: ParsableArguments {
    @OptionGroup var input: CorpusArguments

    @Option(
        help: ArgumentHelp(
            "The unit of counting: document, paragraph or line. A line ends with LF or CRLF; one blank line or more "
                + "ends a paragraph. Line ends are no part of a unit's bytes or fingerprint.", valueName: "level"))
    var level = Audit.Level.document

    @Option(
        help: ArgumentHelp(
            "Change each unit before comparing: none, or nfc, lowercase, whitespace joined by '+'.",
            valueName: "names"))
    var normalize = NormalizationNames(value: [])

    @Option(
        help: ArgumentHelp(
            "Count tokens with this vocabulary: a name of 'datawall tokenizers', or a file (default: an estimate from bytes). May be "
                + "repeated: all count in one pass, and plans use the first.",
            valueName: "name|file"), completion: Completions.tokenizers)
    var tokenizer: [String] = []

    @Option(
        help: ArgumentHelp(
            "Count the tokens of only this share of the distinct texts, such as 0.01, and estimate the rest (est.).",
            valueName: "share"))
    var sample: Double?

    @Flag(
        help:
            "Find near copies of documents, too (an estimate by MinHash): how many tokens are left without them, by source."
    )
    var near = false

    @Option(
        help: ArgumentHelp(
            "Search only this share of the documents for near copies, such as 0.01 (fast, but finds too few).",
            valueName: "share"))
    var nearSample: Double?

    @Option(
        help: ArgumentHelp(
            "Look for evaluation sets: a folder of JSON lines with id, and text or question and answer.",
            valueName: "dir"))
    var benchmarks: String?

    @Option(
        help: ArgumentHelp(
            "Bytes of text assumed per token, where no tokenizer counts (default: 4).", valueName: "ratio"))
    var bytesPerToken: Double?

    @Option(
        help: ArgumentHelp("Threads that read shards (default: the processors this process may use).", valueName: "n"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            """
            Memory for deduplication records (the rest spills to disk) and for zstd decompression \
            (default: 2GiB, or half of the container's if that is less).
            """,
            valueName: "size"))
    var memory: ReadableQuantity?

    @Option(
        help: ArgumentHelp(
            """
            The longest record that is read; longer ones are reported. Records that are being read take memory in \
            addition to --memory.
            """,
            valueName: "size"))
    var maxRecord = ReadableQuantity(value: 536_870_912)

    @Flag(help: "Record the place of every copy, for `keep --copies` (needs more memory and larger runs).")
    var everyPosition = false

    @Flag(help: "Stop at the first damage.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "The share of damaged records up to which the exit status is 0. A file that cannot be read to its end "
                + "counts as one record.", valueName: "share"))
    var maxDamaged: Double?

    var counting: CountingRequest {
        var request = CountingRequest()
        request.level = level
        request.normalization = normalize.value
        request.tokenizers = tokenizer
        request.sample = sample
        request.findsNearCopies = near
        request.nearSample = nearSample
        request.benchmarks = benchmarks
        request.bytesPerToken = bytesPerToken
        request.threads = threads
        request.memory = memory?.value
        request.maxRecord = maxRecord.value
        request.keepsEveryPosition = everyPosition
        request.isStrict = strict
        request.maxDamaged = maxDamaged
        return request
    }
}

extension Audit.Level: ExpressibleByArgument {}

/// The normalisation of a unit before comparison, as names joined by plus signs.
struct NormalizationNames: ReadableArgument, Sendable {
    let value: Normalization

    init(value: Normalization) { self.value = value }

    init(reading text: String) throws(UnreadableQuantity) {
        guard let value = Normalization(name: text) else {
            throw UnreadableQuantity("write none, or nfc, lowercase and whitespace joined by '+'")
        }
        self.value = value
    }

    var defaultValueDescription: String { "none" }
}
