/// The steps from runs to an audit: the meaning of names and numbers, the sums, and the audit made from them.
struct AuditFromRuns {
    private let harvest: CorpusScan.Harvest
    private let declarations: [SourceDeclaration]
    private let request: CorpusRequest?
    private let manifestSHA256: String?
    private let settings: ScanSettings
    private let memory: Int
    private let reports: [ShardReport]
    /// The folders of the runs, for messages.
    private let place: String
    /// The ratios by which tokens are estimated, a set for each tokenizer, if only a sample was counted.
    private let ratios: [TokenRatios]?
    /// How the sums of each tokenizer become tokens.
    private let measures: [TokenMeasure]
    let plan: OriginPlan
    /// The near copies, if they are sought.
    private let near: NearFindings?
    private let nearPairs: Int
    private let contaminationExamples: Int
    /// The hits of evaluation sets, where these are looked for.
    private let contamination: ContaminationHits?

    /// Finds the order of sources and shards, and of a sample the ratios that tokens are estimated by.
    ///
    /// Throws ``CorpusError/tooManySources(limit:)``, and ``RunError`` where a run is damaged.
    init(
        _ harvest: CorpusScan.Harvest, declarations: [SourceDeclaration], request: CorpusRequest?,
        manifestSHA256: String?,
        settings: ScanSettings, memory: Int, nearPairs: Int = 0, contaminationExamples: Int = 0,
        nearFolder: NearPassFolder? = nil, benchmarks: BenchmarkSets? = nil, place: String, stop: StopSignal
    ) throws {
        self.place = place
        self.harvest = harvest
        self.declarations = declarations
        self.request = request
        self.manifestSHA256 = manifestSHA256
        self.settings = settings
        self.memory = memory
        reports = harvest.reports.sorted { ByteName($0.shard.path) < ByteName($1.shard.path) }
        let plan = try OriginPlan(declarations: declarations, runs: harvest.runs.units, reports: reports)
        self.plan = plan
        let tokenizers = settings.tokenizers.count
        for case .file(let file) in harvest.runs.units where file.layout.tokenizers != tokenizers {
            throw RunError.damaged(path: file.path, reason: "its records are of another number of tokenizers")
        }
        let ratios = try settings.sampleShare.map { value in
            let share = SampleShare(value)
            let sums = SampleSums(
                runs: harvest.runs.units, plan: plan, share: share, tokenizers: tokenizers, memory: memory / 8)
            return try sums.samples(stop: stop).map { TokenRatios($0, share: share) }
        }
        self.ratios = ratios
        near =
            if let nearFolder {
                try NearFindings(nearFolder, settings: settings, memory: memory)
            } else {
                try NearFindings(harvest.runs, settings: settings, memory: memory, pairs: nearPairs, stop: stop)
            }
        self.nearPairs = nearPairs
        self.contaminationExamples = contaminationExamples
        var hits = try settings.hits(of: benchmarks, in: harvest.runs, memory: memory / 4, place: place, stop: stop)
        hits?.keepsExamples = contaminationExamples > 0
        contamination = hits
        measures = settings.tokenizers.enumerated().map { TokenMeasure($1, ratios: ratios?[$0]) }
    }

    /// The sums of some partitions of the fingerprints, by each tokenizer, in the units of their ``TokenMeasure``s.
    ///
    /// Throws ``RunError`` where a run is damaged.
    func sums(
        of partitions: PartitionRange, threads: Int, topCopies: Int, progress: MergeProgress? = nil, stop: StopSignal
    ) throws -> [AuditSums] {
        var part = try part(of: partitions, threads: threads, topCopies: topCopies, progress: progress, stop: stop)
        try addNearOverlap(part.clusterShares, to: &part.sums, stop: stop)
        return part.sums
    }

    /// The sums of some partitions, with the texts of clusters.
    ///
    /// The sums do not include the overlap of sources by near copies, which is computed from the texts of clusters of
    /// all partitions.
    ///
    /// Throws ``RunError`` if a run is damaged.
    func part(
        of partitions: PartitionRange, threads: Int, topCopies: Int, progress: MergeProgress? = nil, stop: StopSignal
    ) throws -> CountedPart {
        let part = try CountingPass(
            runs: harvest.runs.units, plan: plan, threads: threads, memory: memory / 8, partitions: partitions,
            topCopies: topCopies, measures: measures, nearMarks: near?.marks, contamination: contamination,
            progress: progress
        ).part(stop: stop)
        withExtendedLifetime(harvest.stores) {}
        return part
    }

    /// Adds the overlap of sources by near copies to the sums of all partitions.
    ///
    /// Throws ``RunError`` if a run is damaged.
    func addNearOverlap(_ shares: [EntryRun], to sums: inout [AuditSums], stop: StopSignal) throws {
        try near?.marks.addOverlap(shares, to: &sums, stop: stop)
    }

    /// The audit of the sums of all partitions.
    ///
    /// Throws ``CorpusError/emptySample(share:)``, and ``RunError`` where runs and commits contradict each other.
    func audit(
        _ sums: [AuditSums], namedProblems: [Problem], skipped: [Audit.Skipped]
    ) throws -> Audit {
        try check(sums)
        try MemoryHeadroom.require(4_096 * reports.count, for: "the audit")
        if let ratios = ratios?.first, ratios.isEmpty, sums[0].sources.contains(where: { $0.bytes > 0 }) {
            throw CorpusError.emptySample(share: ratios.share.value)
        }
        let audits = settings.tokenizers.enumerated().map { column, tokenizer in
            AuditAssembly(
                declarations: declarations, settings: settings, request: request, manifestSHA256: manifestSHA256,
                tokenizer: tokenizer,
                reports: reports,
                namedProblems: namedProblems, skipped: skipped, plan: plan,
                sums: measures[column].tokens(of: sums[column]), near: near, contamination: contamination,
                nearPairs: nearPairs, contaminationExamples: contaminationExamples,
                ratios: tokenizer.estimatingRatio == nil ? ratios?[column] : nil
            ).audit()
        }
        var audit = audits[0]
        audit.byFurtherTokenizer = Array(audits.dropFirst())
        return audit
    }

    /// Compares the number of units in the runs with the documents that the reports of shards count.
    private func check(_ sums: [AuditSums]) throws(RunError) {
        var documents = [Int](repeating: 0, count: plan.sourceNames.count)
        var emptyUnits = documents
        for share in reports.flatMap(\.shares) {
            let place = plan.place(of: share.source)
            documents[place] += share.documents
            emptyUnits[place] += share.emptyUnits
        }
        for sum in sums {
            for (place, source) in sum.sources.enumerated() {
                // A document is a unit, or has any number of them, but without documents there are no units.
                let isPossible =
                    settings.level == .document
                    ? source.units == documents[place] - emptyUnits[place] : documents[place] > 0 || source.units == 0
                guard isPossible else {
                    throw .damaged(
                        path: self.place,
                        reason:
                            "its runs hold \(source.units) units of the source \(plan.sourceNames[place]), its commits "
                            + "\(documents[place]) documents, \(emptyUnits[place]) of them empty")
                }
            }
        }
    }
}
