import ArgumentParser
import DataWallKit
import Foundation

/// What is read, counted and remembered: shared by the commands that audit shards.
struct ScanArguments: ParsableArguments {
    @OptionGroup var input: CorpusArguments

    @Option(
        help: ArgumentHelp(
            "What is counted as one unit: document, paragraph or line. A line ends with LF or CRLF; one blank line or more "
                + "ends a paragraph. Line ends are no part of a unit's bytes or fingerprint.", valueName: "level"))
    var level = "document"

    @Option(
        help: ArgumentHelp(
            "What is done to a unit before it is compared: none, or nfc, lowercase, whitespace joined by '+'.",
            valueName: "names"))
    var normalize = "none"

    @Option(
        help: ArgumentHelp(
            "Count tokens with this vocabulary: a name it is found by, or a file (default: an estimate from bytes). May be "
                + "repeated: all count in one pass, and plans use the first.",
            valueName: "name|file"))
    var tokenizer: [String] = []

    @Option(
        help: ArgumentHelp(
            "Count the tokens of this share of the distinct texts alone, such as 0.01, and estimate the rest (est.).",
            valueName: "share"))
    var sample: Double?

    @Flag(
        help:
            "Find near copies of documents, too (an estimate by MinHash): how many tokens are left without them, by source."
    )
    var near = false

    @Option(
        help: ArgumentHelp(
            "Seek near copies among this share of the documents alone, such as 0.01: a quick look that finds too few.",
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
            Memory for what is remembered of units, of which more goes to disk, and for the window of a zstd frame \
            (default: 2GiB, or half of the container's if that is less).
            """,
            valueName: "size"))
    var memory: ReadableQuantity?

    @Option(help: ArgumentHelp("The longest record that is read; longer ones are reported.", valueName: "size"))
    var maxRecord = ReadableQuantity(value: 536_870_912)

    @Flag(help: "Remember where every copy lies, for `keep --copies`: more memory and larger runs.")
    var everyPosition = false

    @Flag(help: "Stop at the first damage.")
    var strict = false

    @Option(help: ArgumentHelp("The share of damaged records up to which the exit status is 0.", valueName: "share"))
    var maxDamaged: Double?

    func validate() throws {
        guard tokenizer.isEmpty || bytesPerToken == nil else {
            throw ValidationError("--tokenizer counts tokens; drop --bytes-per-token.")
        }
        if let sample {
            guard !tokenizer.isEmpty else {
                throw ValidationError("--sample counts by a vocabulary: name a --tokenizer.")
            }
            guard sample > 0, sample <= 1 else { throw ValidationError("--sample is a share above 0, such as 0.01.") }
        }
        if let nearSample, !(nearSample > 0 && nearSample <= 1) {
            throw ValidationError("--near-sample is a share above 0, such as 0.01.")
        }
        guard Audit.Level(rawValue: level) != nil else {
            throw ValidationError("--level is document, paragraph or line.")
        }
        guard level == "document" || benchmarks == nil else {
            throw ValidationError(
                "--benchmarks looks into documents, not into \(level)s: drop --level, or --benchmarks.")
        }
        guard level == "document" || !(near || nearSample != nil) else {
            throw ValidationError(
                "--near finds near copies of documents, not of \(level)s: drop --level, or drop --near.")
        }
        guard Normalization(name: normalize) != nil else {
            throw ValidationError("--normalize is none, or nfc, lowercase and whitespace joined by '+'.")
        }
        if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads is from 1 to 1024.") }
        if let maxDamaged, !(0...1).contains(maxDamaged) {
            throw ValidationError("--max-damaged is a share from 0 to 1, such as 1e-6.")
        }
        guard !strict || maxDamaged == nil else {
            throw ValidationError("--strict and --max-damaged exclude each other.")
        }
        guard maxRecord.value >= 1, maxRecord.value < 4_294_967_296 else {
            throw ValidationError("--max-record is from 1 byte to one less than 4 GiB (4294967295).")
        }
        if let memory, !(16_777_216...1e15).contains(memory.value) {
            throw ValidationError("--memory is 16MiB or more.")
        }
    }

    func options(for corpus: Corpus) throws -> AuditOptions {
        let counters = try counters(for: corpus)
        var options = AuditOptions(tokenizer: counters[0])
        options.furtherTokenizers = Array(counters.dropFirst())
        options.tokenizerArguments = tokenizer
        // A sample of everything is a count.
        options.sampleShare = sample == 1 ? nil : sample
        options.level = Audit.Level(rawValue: level) ?? .document
        options.normalization = Normalization(name: normalize) ?? []
        options.threads = MachineShare.threads(threads)
        options.memory = MachineShare.memory(memory)
        options.maximumRecordBytes = Int(maxRecord.value)
        options.nearDuplicates = near || nearSample != nil ? NearOptions(sample: nearSample) : nil
        options.benchmarks = try benchmarks.map { try BenchmarkSets(folder: $0) }
        options.isStrict = strict
        options.keepsEveryPosition = everyPosition
        return options
    }

    private func counters(for corpus: Corpus) throws -> [any TokenCounter] {
        if corpus.holdsTokens {
            guard bytesPerToken == nil, sample == nil, tokenizer.count < 2 else {
                throw ValidationError(
                    "Token ids are counted as they lie: drop --bytes-per-token, --sample and every second --tokenizer.")
            }
            return [PretokenizedCounter(name: tokenizer.first ?? "unknown")]
        }
        guard !tokenizer.isEmpty else { return [try ByteRatioCounter(bytesPerToken: bytesPerToken ?? 4)] }
        guard tokenizer.count <= AuditOptions.mostTokenizers else {
            throw ValidationError("--tokenizer may stand \(AuditOptions.mostTokenizers) times at most.")
        }
        let library = TokenizerLibrary.standard()
        var counters: [VocabularyCounter] = []
        for name in tokenizer {
            let counter = try library.counter(named: name)
            let twin = counters.first {
                $0.identity.sha256 == counter.identity.sha256 && $0.family == counter.family
            }
            if let twin {
                throw ValidationError("--tokenizer \(name) is the vocabulary of \(twin.identity.name) once more.")
            }
            counters.append(counter)
        }
        return counters
    }

    /// Says what temporary space near duplicates take, before they take it.
    func noteSpace(_ options: AuditOptions, for corpus: Corpus) {
        guard let near = options.nearDuplicates else { return }
        FileOutput.note(
            "near duplicates take about \(Quantity.bytes(near.temporaryBytes(for: corpus))) of temporary files (estimated), "
                + "more where very many documents are alike")
    }

    /// Ends the command as the damage asks for; inputs that are not there weigh more than files left unread, and these
    /// more than damage.
    func judge(problems: [Problem], skipped: [Audit.Skipped], damagedShare: Double) throws {
        try CorpusArguments.refuseAbsentInputs(problems)
        try CorpusArguments.refuseUnreadFiles(skipped)
        guard damagedShare > (maxDamaged ?? 0) else { return }
        throw CommandFailure(
            "\(Quantity.percent(damagedShare)) of the records are damaged, more than "
                + "\(Quantity.percent(maxDamaged ?? 0)) allowed by --max-damaged; the audit lists them",
            status: .damaged)
    }
}
