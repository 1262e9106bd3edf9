/// The sources of an audit in their order, and where each run's origins are among them.
struct OriginPlan: Sendable {
    /// Source names in the audit's order.
    let sourceNames: [String]
    /// Source weights in millionths.
    let sourceWeights: [UInt64]
    /// The origins of all runs by number, one run behind the other: they are asked for in any order, record by record.
    private let origins: [DuplicateCounter.Origin]
    /// For each run, where its origins start.
    private let firstOrigins: [Int]
    private let places: [ByteName: Int]
    /// What declarations, and the scans of shards, say of scores.
    private let qualityMaps: QualityMaps

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
        for report in reports
        where report.shard.fields.source == nil && report.attempt == nil && report.shard.format.content != .documents {
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
        var maps = QualityMaps(declarations, reports)
        var origins: [DuplicateCounter.Origin] = []
        firstOrigins = runs.map { run in
            let first = origins.count
            for origin in run.origins {
                let source = places[origin.source] ?? 0
                origins.append(
                    DuplicateCounter.Origin(
                        source: source, rank: source * reports.count + (ranks[origin.shard] ?? 0),
                        map: maps.number(of: origin)))
            }
            return first
        }
        self.origins = origins
        qualityMaps = maps
    }

    /// The origin of a record of a run.
    @inline(__always)
    func origin(of record: UnitRecord, run: Int) -> DuplicateCounter.Origin {
        origins[firstOrigins[run] + record.origin]
    }

    /// A copy of a unit without a row: it has no score.
    @inline(__always)
    func plainCopy(_ record: UnitRecord, run: Int = 0, _ measure: TokenMeasure) -> UnitCopy {
        let origin = origin(of: record, run: run)
        let tokens = measure.amount(of: record, counted: record.tokens, source: origin.source)
        return UnitCopy(record, from: origin, tokens: tokens)
    }

    /// A copy of a unit: a record with its tokens in the unit of a ``TokenMeasure``, and the weight of its score.
    @inline(__always)
    func copy(_ record: UnitRecord, from origin: DuplicateCounter.Origin, tokens: Int, score: Double) -> UnitCopy {
        UnitCopy(record, from: origin, tokens: tokens, quality: qualityMaps.weight(of: score, origin.map), score: score)
    }

    /// The quality map that a source's declaration names.
    func declaredMap(of source: String) -> QualityMap? { qualityMaps.declared[ByteName(source)] }

    /// Whether scores of a source in a shard go through a map.
    func mapsScores(of source: ByteName, in shard: Shard) -> Bool { qualityMaps.map(of: source, in: shard) != nil }

    func place(of source: ByteName) -> Int { places[source] ?? 0 }
}

/// The quality maps of an audit: a source has the one that its declaration names, else the one of its shard.
private struct QualityMaps: Sendable {
    let declared: [ByteName: QualityMap]
    private let ofShard: [ByteName: QualityMap]
    /// Maps by number; 0 is none.
    private var all: [QualityMap?] = [nil]
    private var numbers: [QualityMap: Int] = [:]

    init(_ declarations: [SourceDeclaration], _ reports: [ShardReport]) {
        declared = Dictionary(
            declarations.compactMap { source in source.qualityMap.map { (ByteName(source.name), $0) } },
            uniquingKeysWith: { first, _ in first })
        ofShard = Dictionary(
            reports.compactMap { report in
                report.shard.fields.qualityMap.map { (ByteName(report.shard.path), $0) }
            },
            uniquingKeysWith: { first, _ in first })
    }

    mutating func number(of origin: RunOrigin) -> Int {
        guard let map = declared[origin.source] ?? ofShard[origin.shard] else { return 0 }
        if let known = numbers[map] { return known }
        all.append(map)
        numbers[map] = all.count - 1
        return all.count - 1
    }

    func map(of source: ByteName, in shard: Shard) -> QualityMap? { declared[source] ?? shard.fields.qualityMap }

    /// The weight of a score: that of the map, else the score itself; 1 where that is no weight, or there is no score.
    @inline(__always)
    func weight(of score: Double, _ map: Int) -> QualityWeight {
        if score.isNaN { return .one }
        return QualityWeight(all[map]?.weight(of: score) ?? score) ?? .one
    }
}
