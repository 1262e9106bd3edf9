/// The sources of an audit in their order, and where each worker's origins stand among them.
struct OriginPlan: Sendable {
    /// Source names in the audit's order.
    let sourceNames: [String]
    /// Source weights in millionths.
    let sourceWeights: [UInt64]
    /// For each share, its origins by number.
    let origins: [[AuditReducer.Origin]]

    init(corpus: Corpus, shares: [ScanShare]) throws(CorpusError) {
        var names = corpus.declarations.map(\.name)
        if names.isEmpty {
            var seen = Set(shares.flatMap { share in share.origins.map(\.source) })
            // A shard without a single document still shows its source, at nothing.
            let readShards = Set(shares.flatMap { $0.inputs.map(\.shard) })
            for shard in readShards where corpus.shards[shard].fields.source == nil {
                seen.insert(corpus.shards[shard].source)
            }
            names = seen.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        guard names.count <= Corpus.maximumSources else { throw .tooManySources(limit: Corpus.maximumSources) }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
        sourceNames = names
        sourceWeights = names.map { name in
            let quality = corpus.declarations.first { $0.name == name }?.quality ?? 1
            return UInt64((quality * 1_000_000).rounded())
        }
        // Shards are sorted by path, so their numbers are their ranks.
        let shardCount = corpus.shards.count
        origins = shares.map { share in
            share.origins.map { origin in
                let source = places[origin.source] ?? 0
                return AuditReducer.Origin(source: source, rank: source * shardCount + origin.shard)
            }
        }
    }
}
