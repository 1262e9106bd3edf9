public import TokenCounting

/// How an audit is made; the ``Corpus`` says where the text is.
public struct AuditOptions: Sendable {
    /// The tokenizer that counts the tokens.
    public var tokenizer: any TokenCounter
    /// Further tokenizers that count in the same pass; plans use ``tokenizer``'s counts.
    public var furtherTokenizers: [any TokenCounter] = []
    /// The names or paths by which a command names the tokenizers, in their order, for ``Audit/madeBy``; empty if the
    /// tokenizers' own names serve.
    public var tokenizerArguments: [String] = []
    /// The most tokenizers that count in one pass.
    public static let mostTokenizers = RecordLayout.mostTokenizers
    /// The share of distinct units, between 0 and 1, whose tokens are counted; those of the others are estimated from
    /// them.
    ///
    /// `nil` counts all.
    public var sampleShare: Double?
    /// The unit that is fingerprinted.
    public var level = Audit.Level.document
    /// The change to a unit before it is fingerprinted.
    public var normalization: Normalization = []
    /// How many threads read shards and reduce; at least 1.
    public var threads = 1
    /// Bytes of memory that records may take, next to some megabytes a thread for reading; more is written to disk.
    public var memory = 2 << 30
    /// The longest record to read, in bytes; longer ones are reported and left out.
    public var maximumRecordBytes = usualMaximumRecordBytes
    static let usualMaximumRecordBytes = 512 << 20
    /// Whether the first damage ends the audit.
    public var isStrict = false
    /// Whether every copy keeps its position, so that more than one copy of a text can be chosen.
    public var keepsEveryPosition = false
    /// How near duplicates are sought in the same pass; `nil` leaves them unsought.
    public var nearDuplicates: NearOptions?
    /// Evaluation sets to search for in the same pass; `nil` for none.
    public var benchmarks: BenchmarkSets?
    /// How many items of ``benchmarks`` the audit shows with both texts, those with the longest matches first.
    ///
    /// Shards that examples are in are read once more.
    public var contaminationExamples = 0
    /// The most items that ``contaminationExamples`` may ask for.
    public static let mostContaminationExamples = 1_000
    /// Further analyses of documents in the same pass.
    var furtherAnalyses: [any DocumentAnalysis] = []
    /// The analyses of documents besides counting distinct units.
    var analyses: [any DocumentAnalysis] {
        let near = nearDuplicates.map { NearAnalysis(options: $0) }
        let contamination = benchmarks.map { ContaminationAnalysis(sets: $0) }
        return ([near, contamination] as [(any DocumentAnalysis)?]).compactMap(\.self) + furtherAnalyses
    }
    /// How long the part of a large shard that was read may wait to be committed.
    var partInterval: Duration = .seconds(30)
    /// How long shards that were read to their ends may wait.
    var commitInterval: Duration = .seconds(1)
    /// The bytes of a shard that one thread takes at a time, if the format lets several share it.
    ///
    /// With fewer bytes, all other threads wait less for the one that reads the last piece.
    var pieceBytes = 8 << 20
    /// The number of most repeated texts that the audit names, with their places.
    public var topCopies = 0

    /// Creates options with the given tokenizer and everything else at its default.
    public init(tokenizer: any TokenCounter) { self.tokenizer = tokenizer }

    /// The most texts that ``topCopies`` may ask for.
    public static let mostTopCopies = 1_000_000

    /// The most threads.
    public static let mostThreads = 1_024

    /// The options, with a sample of everything turned into a count.
    ///
    /// Throws ``RunError/unusableOption(name:reason:)`` for one out of its range.
    func checked() throws(RunError) -> AuditOptions {
        try Self.check(threads: threads, memory: memory, topCopies: topCopies)
        guard maximumRecordBytes > 0 else {
            throw .unusableOption(
                name: "maximumRecordBytes", reason: "\(maximumRecordBytes) is no number of bytes above 0")
        }
        guard analyses.isEmpty || level == .document else {
            throw .unusableOption(
                name: "level", reason: "what is looked for is found in documents, not in \(level.rawValue)s")
        }
        guard 1 + furtherTokenizers.count <= Self.mostTokenizers else {
            throw .unusableOption(
                name: "furtherTokenizers",
                reason: "there are \(1 + furtherTokenizers.count) tokenizers, and one pass counts with "
                    + "\(Self.mostTokenizers) at most")
        }
        var options = self
        if let share = sampleShare {
            guard share > 0, share <= 1 else {
                throw .unusableOption(name: "sampleShare", reason: "\(share) is no share above 0 and up to 1")
            }
            if share == 1 { options.sampleShare = nil }
        }
        if let near = nearDuplicates, !(0...NearOptions.mostPairs).contains(near.pairs) {
            throw .unusableOption(
                name: "nearDuplicates.pairs", reason: "\(near.pairs) is not from 0 to \(NearOptions.mostPairs)")
        }
        guard (0...Self.mostContaminationExamples).contains(contaminationExamples) else {
            throw .unusableOption(
                name: "contaminationExamples",
                reason: "\(contaminationExamples) is not from 0 to \(Self.mostContaminationExamples)")
        }
        if let share = nearDuplicates?.sample {
            guard share > 0, share <= 1 else {
                throw .unusableOption(name: "nearDuplicates.sample", reason: "\(share) is no share above 0 and up to 1")
            }
            if share == 1 { options.nearDuplicates?.sample = nil }
        }
        return options
    }

    /// Throws ``RunError/unusableOption(name:reason:)`` for an option out of its range.
    static func check(threads: Int, memory: Int, topCopies: Int = 0) throws(RunError) {
        guard (1...mostThreads).contains(threads) else {
            throw .unusableOption(name: "threads", reason: "\(threads) is not from 1 to \(mostThreads)")
        }
        guard memory > 0 else {
            throw .unusableOption(name: "memory", reason: "\(memory) is no number of bytes above 0")
        }
        guard (0...mostTopCopies).contains(topCopies) else {
            throw .unusableOption(name: "topCopies", reason: "\(topCopies) is not from 0 to 1,000,000")
        }
    }
}
