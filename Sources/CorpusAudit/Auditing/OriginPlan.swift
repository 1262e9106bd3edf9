/// The sources of an audit in their order, and where each run's origins stand among them.
struct OriginPlan: Sendable {
    /// Source names in the audit's order.
    let sourceNames: [String]
    /// Source weights in millionths.
    let sourceWeights: [UInt64]
    /// For each run, its origins by number.
    let origins: [[AuditReducer.Origin]]
    private let places: [ByteName: Int]

    /// Throws ``CorpusError/tooManySources(limit:)`` and ``CorpusError/unusableDeclaration(reason:)``.
    ///
    /// `reports` are sorted by path; a shard's place among them is its rank.
    init(declarations: [SourceDeclaration], runs: [Run], reports: [ShardReport]) throws(CorpusError) {
        let declared = declarations.map { ByteName($0.name) }
        guard Set(declared).count == declared.count else {
            throw .unusableDeclaration(reason: "a source is declared twice")
        }
        for source in declarations where !(0...1_000).contains(source.quality) {
            throw .unusableDeclaration(
                reason: "the quality \(source.quality) of the source \(source.name) is not from 0 to 1000")
        }
        var others = Set(reports.flatMap { $0.shares.map(\.source) })
        // A shard without a single document still shows its source, at nothing.
        for report in reports where report.shard.fields.source == nil && report.attempt == nil {
            others.insert(ByteName(report.shard.source))
        }
        let names = declared + others.subtracting(declared).sorted()
        guard names.count <= Corpus.maximumSources else { throw .tooManySources(limit: Corpus.maximumSources) }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
        self.places = places
        sourceNames = names.map(\.text)
        sourceWeights = names.indices.map { index in
            index < declarations.count ? UInt64((declarations[index].quality * 1_000_000).rounded()) : 1_000_000
        }
        let ranks = Dictionary(
            reports.enumerated().map { (ByteName($0.element.shard.path), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        origins = runs.map { run in
            run.origins.map { origin in
                let source = places[origin.source] ?? 0
                return AuditReducer.Origin(source: source, rank: source * reports.count + (ranks[origin.shard] ?? 0))
            }
        }
    }

    func place(of source: ByteName) -> Int { places[source] ?? 0 }
}
