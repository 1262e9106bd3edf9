/// The near copies of some runs, and the report that an audit makes of them.
struct NearFindings: Sendable {
    /// The marks that a count of exact copies joins.
    let marks: NearMarks
    private let result: NearSearch.Result
    private let sample: Double?
    private let hasPairs: Bool

    /// Searches the band entries of runs; `nil` if the scan made none.
    ///
    /// - Throws: The errors of ``NearSearch/search(_:sampled:store:stop:)``.
    init?(_ runs: GatheredRuns, settings: ScanSettings, memory: Int, pairs: Int, stop: StopSignal) throws {
        guard settings.seeksNearCopies else { return nil }
        let store = RunStore(.temporary)
        let search = NearSearch(
            memory: max(memory / 4, memory - runs.memoryBytes), thresholds: Self.thresholds, pairs: pairs)
        self.init(
            try search.search(
                runs.entries(of: BandEntry.self), sampled: runs.entries(of: SampledText.self), store: store, stop: stop),
            store: store, settings: settings, memory: memory, hasPairs: pairs > 0)
    }

    /// Takes the results of processes that shared the search.
    ///
    /// - Throws: ``RunError`` if an output of the last pass is missing, damaged or of other runs.
    init(_ folder: NearPassFolder, settings: ScanSettings, memory: Int) throws(RunError) {
        let outputs = try folder.outputs(of: .copies)
        var result = NearSearch.Result()
        result.marks = outputs.runs
        for output in outputs.commits {
            result.buckets.merge(output.buckets)
            result.largestCluster = max(result.largestCluster, output.largestCluster)
            for row in output.clusters {
                result.clusters.add(.init(clusters: row.clusters, units: row.units), at: row.bucket)
            }
        }
        self.init(result, store: RunStore(.temporary), settings: settings, memory: memory, hasPairs: false)
    }

    private init(
        _ result: NearSearch.Result, store: RunStore, settings: ScanSettings, memory: Int, hasPairs: Bool
    ) {
        self.result = result
        self.hasPairs = hasPairs
        sample = settings.nearSample
        marks = NearMarks(
            runs: result.marks, memory: memory / 4, store: store,
            wanted: Set(result.pairs.flatMap { [$0.first, $0.second] }))
    }

    /// The thresholds that audits report; clusters are those of the first.
    static let thresholds =
        [NearMethod.defaultThreshold] + NearMethod.reportedThresholds.filter { $0 != NearMethod.defaultThreshold }

    /// The near copies in the audit of one tokenizer.
    ///
    /// - Parameters:
    ///   - sums: The sums of the tokenizer.
    ///   - sourceNames: The sources in the audit's order.
    ///   - shards: The paths of the shards, sorted.
    /// - Returns: The report.
    func report(_ sums: AuditSums, sourceNames: [String], shards: [String]) -> Audit.NearDuplicates {
        var report = Audit.NearDuplicates()
        report.sources = sourceNames.map { Audit.NearDuplicates.Source(name: $0) }
        let looked = sums.sources.map { source in
            sample == nil
                ? AuditSums.NearCopies(units: source.ownedUnits, tokens: source.ownedTokens)
                : source.copies(atThreshold: 0)
        }
        let all = looked.reduce(AuditSums.NearCopies(), +)
        report.sample = sample.map { .init(share: $0, units: all.units, tokens: all.tokens) }
        for threshold in NearMethod.reportedThresholds {
            var total = Audit.NearDuplicates.Unique(threshold: threshold)
            for (place, source) in sums.sources.enumerated() {
                let copies = source.copies(atThreshold: threshold)
                var unique = total
                unique.units = looked[place].units - copies.units
                unique.tokens =
                    source.ownedTokens - source.ownedTokens.scaled(by: copies.tokens, over: looked[place].tokens)
                report.sources[place].unique.append(unique)
            }
            let rows = report.sources.compactMap(\.unique.last)
            total.units = rows.reduce(0) { $0 + $1.units }
            total.tokens = rows.reduce(0) { $0 + $1.tokens }
            report.unique.append(total)
        }
        report.overlap = sums.nearOverlap.sorted { $0.key < $1.key }.map { pair, shared in
            Audit.Overlap(
                first: sourceNames[pair >> 12], second: sourceNames[pair & 0xFFF], units: shared.units,
                tokens: shared.tokens)
        }
        report.clusters = result.clusters.enumerated().filter { $0.element.clusters > 0 }.map { index, sums in
            let range = AuditSums.CopiesBucket.range(ofIndex: index)
            return .init(from: range.from, to: range.to, clusters: sums.clusters, units: sums.units)
        }
        if hasPairs {
            func document(_ text: Fingerprint) -> Audit.NearDuplicates.Document? {
                sums.nearPlaces[text].map { place in
                    // A rank is the source's place times the number of shards, plus the shard's place.
                    Audit.NearDuplicates.Document(
                        fingerprint: text, source: sourceNames[place.rank / shards.count],
                        shard: shards[place.rank % shards.count], record: place.position)
                }
            }
            report.pairs = result.pairs.compactMap { pair in
                guard let first = document(pair.first), let second = document(pair.second) else { return nil }
                return Audit.NearDuplicates.Pair(sharedBands: pair.sharedBands, first: first, second: second)
            }
        }
        report.largestCluster = result.largestCluster
        report.largestBucket = result.buckets.largestBucket
        report.cappedBuckets = result.buckets.cappedBuckets
        report.uncomparedPairs = result.buckets.uncomparedPairs
        return report
    }
}

extension AuditSums.Source {
    fileprivate func copies(atThreshold threshold: Int) -> AuditSums.NearCopies {
        threshold < nearCopies.count ? nearCopies[threshold] : AuditSums.NearCopies()
    }
}

extension Int {
    /// The number times `part` over `whole`, rounded down, exactly; 0 if the whole is 0.
    fileprivate func scaled(by part: Int, over whole: Int) -> Int {
        whole == 0 ? 0 : Int(Int128(self) * Int128(part) / Int128(whole))
    }
}
