import TokenCounting

/// One worker's share of an audit: takes documents, keeps their unit records.
///
/// A collector belongs to one thread. Its documents may come from a shard or from memory; which of the two cannot be
/// told from what it gathers.
final class UnitCollector {
    private var table: RecordTable
    private let session: any TokenCountingSession
    private(set) var origins: [OriginTally] = []
    private var originOfSource: [String: Int] = [:]
    private var currentShard = -1

    init(tokenizer: any TokenCounter) {
        session = tokenizer.makeSession()
        table = RecordTable(isIndexed: !tokenizer.identity.isEstimate)
    }

    /// The origin of a source in a shard; shards are gathered one after the other.
    ///
    /// - Throws: ``CorpusError/tooManyOrigins`` past 2²⁴ pairs of shard and source.
    func origin(source: String, shard: Int) throws(CorpusError) -> Int {
        if shard != currentShard {
            currentShard = shard
            originOfSource.removeAll(keepingCapacity: true)
        }
        if let origin = originOfSource[source] { return origin }
        guard origins.count <= UnitRecord.maximumOrigin else { throw .tooManyOrigins }
        origins.append(OriginTally(source: source, shard: shard))
        originOfSource[source] = origins.count - 1
        return origins.count - 1
    }

    /// Takes a document as one unit.
    func add(_ text: UnsafeBufferPointer<UInt8>, origin: Int, quality: QualityWeight) {
        origins[origin].documents += 1
        guard !text.isEmpty else {
            origins[origin].emptyUnits += 1
            return
        }
        table.insert(Fingerprint(of: text), bytes: text.count, origin: origin, quality: quality) { count(text) }
    }

    private func count(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let ends: InlineArray<1, Int> = [text.count]
        var counts: InlineArray<1, UInt32> = [0]
        var target = counts.mutableSpan
        session.count(text.span, unitEnds: ends.span, into: &target)
        return counts[0]
    }

    /// The records gathered, sorted, leaving the collector empty of them.
    func takeRecords() -> [UnitRecord] { table.takeSorted() }
}
