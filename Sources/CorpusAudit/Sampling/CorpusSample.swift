/// The documents that a sample of a corpus took.
public struct CorpusSample: Sendable {
    /// The documents taken from one source.
    public struct Source: Sendable, Hashable {
        /// The source's name.
        public let name: String

        /// Documents, copies included.
        public var documents = 0

        /// Bytes of their text, or of their token ids.
        public var bytes = 0

        /// Creates a count of nothing.
        public init(name: String) { self.name = name }
    }

    /// The requested share of distinct texts.
    public var share: Double

    /// Documents that were read.
    public var documents = 0

    /// Records that a condition left out; they do not count as documents.
    public var filtered = 0

    /// The documents taken from each source, in the order in which sources were met.
    public private(set) var sources: [Source] = []

    /// The index of a source, by the bytes of its name.
    ///
    /// Swift treats strings as equal if their characters are only composed differently, but these are different
    /// sources.
    private var places: [[UInt8]: Int] = [:]

    var log = ProblemLog()

    /// The damage found: the first hundred problems of each kind in a shard.
    public var problems: [Problem] { log.listed }

    /// The number of problems of each kind.
    public var problemCounts: [ProblemKind: Int] { log.counts }

    /// Problems that lost documents.
    public var losses: Int {
        log.counts.reduce(0) { $0 + ($1.key.losesRecord ? $1.value : 0) }
    }

    /// Objects that could not be read whole; nothing of them was taken.
    var lostObjects: Int {
        [.unfetchedObject, .changedObject].reduce(0) { $0 + (log.counts[$1] ?? 0) }
    }

    /// Documents that were taken.
    public var taken: Int { sources.reduce(0) { $0 + $1.documents } }

    init(share: Double) { self.share = share }

    mutating func count(_ source: String, bytes: Int) {
        let key = Array(source.utf8)
        let place = places[key] ?? sources.count
        if place == sources.count {
            places[key] = place
            sources.append(Source(name: source))
        }
        sources[place].documents += 1
        sources[place].bytes += bytes
    }
}
