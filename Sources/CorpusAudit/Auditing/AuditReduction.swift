/// The way from runs to an audit: what names and numbers mean, the sums, and the audit of them.
struct AuditReduction {
    private let harvest: CorpusScan.Harvest
    private let declarations: [SourceDeclaration]
    private let settings: ScanSettings
    private let reports: [ShardReport]
    /// A set for each tokenizer.
    private let ratios: [TokenRatios]?
    let plan: OriginPlan

    /// Finds the order of sources and shards, and of a sample the ratios that tokens are estimated by.
    ///
    /// Throws ``CorpusError/tooManySources(limit:)``, and ``RunError`` where a run is damaged.
    init(_ harvest: CorpusScan.Harvest, declarations: [SourceDeclaration], settings: ScanSettings) throws {
        self.harvest = harvest
        self.declarations = declarations
        self.settings = settings
        reports = harvest.reports.sorted { ByteName($0.shard.path) < ByteName($1.shard.path) }
        let plan = try OriginPlan(declarations: declarations, runs: harvest.runs, reports: reports)
        self.plan = plan
        let tokenizers = settings.tokenizers.count
        for case .file(let file) in harvest.runs where file.tokenizerCount != tokenizers {
            throw RunError.damaged(path: file.path, reason: "its records are of another number of tokenizers")
        }
        ratios = try settings.sampleShare.map { value throws(RunError) in
            let share = SampleShare(value)
            let reduction = SampleReduction(runs: harvest.runs, plan: plan, share: share, tokenizers: tokenizers)
            return try reduction.samples().map { TokenRatios($0, share: share) }
        }
    }

    /// The sums of some partitions of the fingerprints, by each tokenizer.
    ///
    /// Throws ``RunError`` where a run is damaged.
    func tallies(of partitions: PartitionRange, threads: Int, topCopies: Int) async throws -> [AuditTally] {
        let tallies = try await RunReduction(
            runs: harvest.runs, plan: plan, tokenizers: settings.tokenizers.count, threads: threads,
            partitions: partitions, topCopies: topCopies,
            ratios: ratios
        ).tallies()
        withExtendedLifetime(harvest.stores) {}
        return tallies
    }

    /// The audit of the sums of all partitions.
    ///
    /// Throws ``CorpusError/emptySample(share:)``.
    func audit(
        _ tallies: [AuditTally], namedProblems: [Problem], skipped: [Audit.Skipped]
    ) throws(CorpusError) -> Audit {
        if let ratios = ratios?.first, ratios.isEmpty, tallies[0].sources.contains(where: { $0.bytes > 0 }) {
            throw .emptySample(share: ratios.share.value)
        }
        let audits = settings.tokenizers.enumerated().map { column, tokenizer in
            AuditAssembly(
                declarations: declarations, settings: settings, tokenizer: tokenizer, reports: reports,
                namedProblems: namedProblems, skipped: skipped, plan: plan, tally: tallies[column],
                ratios: ratios?[column]
            ).audit()
        }
        var audit = audits[0]
        audit.byFurtherTokenizer = Array(audits.dropFirst())
        return audit
    }
}
