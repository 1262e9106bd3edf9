/// What a sample of a corpus took.
public struct CorpusSample: Sendable {
    /// What was taken of one source.
    public struct Source: Sendable, Hashable {
        /// Documents, copies included.
        public var documents = 0

        /// Bytes of their text.
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

    /// Damage met; the records concerned were left out.
    public var problems: [Problem] = []

    /// Documents that were taken.
    public var taken: Int { sources.values.reduce(0) { $0 + $1.documents } }

    init(share: Double) { self.share = share }
}
