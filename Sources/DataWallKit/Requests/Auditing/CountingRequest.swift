public import CorpusAudit
import Quantities
import TokenCounting

/// The options of counting in an audit: units, tokens and resources.
public struct CountingRequest: Sendable {
    /// The unit of counting.
    public var level = Audit.Level.document

    /// The normalisation of a unit before comparison.
    public var normalization: Normalization = []

    /// Names or files of vocabularies; empty for an estimate from bytes.
    ///
    /// Plans use the first.
    public var tokenizers: [String] = []

    /// The share of the distinct texts whose tokens are counted; `nil` for all.
    public var sample: Double?

    /// Whether near copies of documents are sought.
    public var findsNearCopies = false

    /// The share of the documents among which near copies are sought; `nil` for all.
    public var nearSample: Double?

    /// The folder of the evaluation sets that are looked for.
    public var benchmarks: String?

    /// Bytes of text assumed per token, if no tokenizer counts.
    public var bytesPerToken: Double?

    /// Threads that read shards; `nil` for the processors that this process may use.
    public var threads: Int?

    /// Bytes of memory for deduplication records and for zstd decompression; `nil` for the memory that this process may
    /// use.
    public var memory: Double?

    /// The longest record that is read, in bytes.
    public var maxRecord = 536_870_912.0

    /// Whether the place of every copy is kept.
    public var keepsEveryPosition = false

    /// Whether the first damage ends the work.
    public var isStrict = false

    /// The share of damaged records that is allowed.
    public var maxDamaged: Double?

    /// Creates a request that counts documents and estimates tokens.
    public init() {}

    /// Refuses values that contradict each other or are out of range.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            (!tokenizers.isEmpty && bytesPerToken != nil, "--tokenizer counts tokens; drop --bytes-per-token."),
            (sample != nil && tokenizers.isEmpty, "--sample counts by a vocabulary: name a --tokenizer."),
            (sample.map { !($0 > 0 && $0 <= 1) } ?? false, "--sample is a share above 0, such as 0.01."),
            (
                nearSample.map { !($0 > 0 && $0 <= 1) } ?? false,
                "--near-sample is a share above 0, such as 0.01."
            ),
            (
                benchmarks != nil && level != .document,
                "--benchmarks looks into documents, not into \(level.rawValue)s: drop --level, or --benchmarks."
            ),
            (
                seeksNearCopies && level != .document,
                "--near finds near copies of documents, not of \(level.rawValue)s: drop --level, or drop --near."
            ),
            RequestError.threadRule(threads),
            (
                maxDamaged.map { !(0...1).contains($0) } ?? false,
                "--max-damaged is a share from 0 to 1, such as 1e-6."
            ),
            (isStrict && maxDamaged != nil, "--strict and --max-damaged exclude each other."),
            RequestError.recordRule(maxRecord), RequestError.memoryRule(memory, least: 16),
        ])
    }

    var seeksNearCopies: Bool { findsNearCopies || nearSample != nil }

    /// Notes before a corpus is counted: the temporary space that near copies need.
    ///
    /// - Parameter corpus: The corpus.
    /// - Returns: A sentence for each fact.
    public func notes(for corpus: Corpus) -> [String] {
        guard seeksNearCopies else { return [] }
        let bytes = NearOptions(sample: nearSample).temporaryBytes(for: corpus)
        return [
            "near duplicates take about \(Quantity.bytes(bytes)) of temporary files (estimated), "
                + "more where very many documents are alike"
        ]
    }

    /// The options of an audit of a corpus.
    func options(for corpus: Corpus) throws -> AuditOptions {
        let counters = try counters(for: corpus)
        var options = AuditOptions(tokenizer: counters[0])
        options.furtherTokenizers = Array(counters.dropFirst())
        options.tokenizerArguments = tokenizers
        // A sample of everything is a count.
        options.sampleShare = sample == 1 ? nil : sample
        options.level = level
        options.normalization = normalization
        options.threads = MachineShare.threads(threads)
        options.memory = MachineShare.memory(memory)
        options.maximumRecordBytes = Int(maxRecord)
        options.nearDuplicates = seeksNearCopies ? NearOptions(sample: nearSample) : nil
        options.benchmarks = try benchmarks.map { try BenchmarkSets(folder: $0) }
        options.isStrict = isStrict
        options.keepsEveryPosition = keepsEveryPosition
        return options
    }

    private func counters(for corpus: Corpus) throws -> [any TokenCounter] {
        if corpus.holdsTokens {
            guard bytesPerToken == nil, sample == nil, tokenizers.count < 2 else {
                throw RequestError(
                    "Token ids are counted as they are: drop --bytes-per-token, --sample and every second --tokenizer.")
            }
            return [PretokenizedCounter(name: tokenizers.first ?? "unknown")]
        }
        guard !tokenizers.isEmpty else { return [try ByteRatioCounter(bytesPerToken: bytesPerToken ?? 4)] }
        guard tokenizers.count <= AuditOptions.mostTokenizers else {
            throw RequestError("Give --tokenizer \(AuditOptions.mostTokenizers) times at most.")
        }
        let library = TokenizerLibrary.standard()
        var counters: [VocabularyCounter] = []
        for name in tokenizers {
            let counter = try library.counter(named: name)
            let twin = counters.first {
                $0.identity.sha256 == counter.identity.sha256 && $0.family == counter.family
            }
            if let twin {
                throw RequestError("--tokenizer \(name) is the vocabulary of \(twin.identity.name) once more.")
            }
            counters.append(counter)
        }
        return counters
    }
}
