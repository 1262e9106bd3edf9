/// What a sample of a corpus took.
public struct CorpusSample: Sendable {
    /// What was taken of one source.
    public struct Source: Sendable, Hashable {
        /// Documents, copies included.
        public var documents = 0

        /// Bytes of their text, or of their token ids.
        public var bytes = 0

        /// Creates a count of nothing.
        public init() {}
    }

    /// The share of distinct texts that was asked for.
    public var share: Double

    /// Documents that were read.
    public var documents = 0

    /// What was taken, by source.
    public var sources: [String: Source] = [:]

    var log = ProblemLog()

    /// Damage met: the first hundred problems of each shard.
    public var problems: [Problem] { log.listed }

    /// How often each kind of damage was met.
    public var problemCounts: [ProblemKind: Int] { log.counts }

    /// Problems that cost documents: what they concern was left out.
    public var losses: Int {
        log.counts.reduce(0) { $0 + ($1.key.losesRecord ? $1.value : 0) }
    }

    /// Documents that were taken.
    public var taken: Int { sources.values.reduce(0) { $0 + $1.documents } }

    init(share: Double) { self.share = share }

    mutating func count(_ source: String, bytes: Int) {
        sources[source, default: Source()].documents += 1
        sources[source, default: Source()].bytes += bytes
    }
}
