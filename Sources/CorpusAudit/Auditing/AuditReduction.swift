/// The way from runs to an audit: what names and numbers mean, the sums, and the audit of them.
struct AuditReduction {
    private let harvest: CorpusScan.Harvest
    private let declarations: [SourceDeclaration]
    private let settings: ScanSettings
    private let reports: [ShardReport]
    private let ratios: TokenRatios?
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
        ratios = try settings.sampleShare.map { value throws(RunError) in
            let share = SampleShare(value)
            return TokenRatios(
                try SampleReduction(runs: harvest.runs, plan: plan, share: share).samples(), share: share)
        }
    }

    /// The sums of some partitions of the fingerprints.
    ///
    /// Throws ``RunError`` where a run is damaged.
    func tally(of partitions: PartitionRange, threads: Int, topCopies: Int) async throws -> AuditTally {
        let tally = try await RunReduction(
            runs: harvest.runs, plan: plan, threads: threads, partitions: partitions, topCopies: topCopies,
            ratios: ratios
        ).tally()
        withExtendedLifetime(harvest.stores) {}
        return tally
    }

    /// The audit of the sums of all partitions.
    ///
    /// Throws ``CorpusError/emptySample(share:)``.
    func audit(_ tally: AuditTally, namedProblems: [Problem]) throws(CorpusError) -> Audit {
        if let ratios, ratios.isEmpty, tally.sources.contains(where: { $0.bytes > 0 }) {
            throw .emptySample(share: ratios.share.value)
        }
        return AuditAssembly(
            declarations: declarations, settings: settings, reports: reports, namedProblems: namedProblems, plan: plan,
            tally: tally, ratios: ratios
        ).audit()
    }
}
