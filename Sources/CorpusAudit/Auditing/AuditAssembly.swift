import OrderedJSON
import TokenCounting

/// Puts sums, names and damage together into an audit.
struct AuditAssembly {
    let declarations: [SourceDeclaration]
    let settings: ScanSettings
    /// The arguments of the command that audits the corpus; `nil` if no single command makes the audit.
    let request: CorpusRequest?
    let manifestSHA256: String?
    /// The tokenizer whose counts the sums are of.
    let tokenizer: TokenizerIdentity
    /// Reports of all shards, sorted by path.
    let reports: [ShardReport]
    /// Damage to named inputs that could not be read at all.
    let namedProblems: [Problem]
    /// Files that were not read.
    let skipped: [Audit.Skipped]
    let plan: OriginPlan
    let sums: AuditSums
    /// The near copies, if they were sought.
    let near: NearFindings?
    /// The hits of evaluation sets, where these were looked for.
    let contamination: ContaminationHits?
    /// How many pairs of near copies of each number of shared bands are shown.
    let nearPairs: Int
    /// How many items of evaluation sets are shown with a document.
    let contaminationExamples: Int
    /// The ratios by which tokens were estimated, if only a sample was counted.
    let ratios: TokenRatios?

    func audit() -> Audit {
        var log = ProblemLog()
        for problem in namedProblems { log.add(problem) }
        for report in reports { log.merge(problems(of: report)) }
        let sources = self.sources()
        return Audit(
            level: settings.level,
            isComplete: log.counts.keys.allSatisfy(\.isNote) && !skipped.contains(where: \.mayHoldData),
            datawallVersion: DataWallVersion.current,
            madeBy: request?.command(
                settings, topCopies: sums.topCopies.limit, nearPairs: nearPairs,
                contaminationExamples: contaminationExamples),
            options: options,
            tokenizer: tokenizer(sources),
            totals: totals(sources),
            sources: sources,
            overlap: overlap,
            copies: Self.copies(sums.copies),
            largestCopies: sums.largestCopies,
            topCopies: topCopies,
            nearDuplicates: nearDuplicates,
            contamination: contamination?.report(
                sums, sourceNames: plan.sourceNames, shards: reports.map(\.shard.path), examples: contaminationExamples),
            problemCounts: log.counts.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { Audit.ProblemCount(kind: $0.key, count: $0.value) },
            problems: Self.listed(log.listed),
            skipped: skipped,
            filtered: filtered,
            inputs: inputs)
    }

    private var filtered: [Audit.Filtered] {
        var counts = [Int](repeating: 0, count: plan.sourceNames.count)
        for share in reports.flatMap(\.shares) { counts[plan.place(of: share.source)] += share.filtered }
        return zip(plan.sourceNames, counts).filter { $0.1 > 0 }.map { Audit.Filtered(source: $0, documents: $1) }
    }

    /// The damage of a shard; scores that are not valid weights are not damage if a map gives them a weight.
    private func problems(of report: ShardReport) -> ProblemLog {
        var problems = report.problems
        if report.shares.allSatisfy({ plan.mapsScores(of: $0.source, in: report.shard) }) {
            problems.remove(.unusableQuality)
        }
        return problems
    }

    private var options: Audit.Options {
        var settings = [[Audit.ShardSettings]](repeating: [], count: plan.sourceNames.count)
        for report in reports {
            let shard = Audit.ShardSettings(report)
            for place in places(of: report) where !settings[place].contains(shard) { settings[place].append(shard) }
        }
        let sources = zip(plan.sourceNames, settings).filter { !$0.1.isEmpty }
        return Audit.Options(
            normalization: self.settings.normalization, manifestSHA256: manifestSHA256,
            listingSHA256: request?.listingSHA256,
            sources: JSONDictionary(sources.map { ($0, $1) }))
    }

    /// The places of the sources that have documents in a shard.
    private func places(of report: ShardReport) -> [Int] {
        Set(report.shares.filter { $0.documents > 0 }.map { plan.place(of: $0.source) }).sorted()
    }

    private func tokenizer(_ sources: [Audit.Source]) -> Audit.Tokenizer {
        let identity = tokenizer
        let bytes = sources.reduce(0) { $0 + $1.bytes }
        let tokens = sources.reduce(0) { $0 + $1.tokens }
        // The bytes of token ids are no text.
        let isText = !reports.contains { $0.shard.format.holdsTokens }
        let measured = tokens == 0 || !isText ? nil : Double(bytes) / Double(tokens)
        return Audit.Tokenizer(
            name: identity.name, sha256: identity.sha256, isCertified: identity.isCertified && ratios == nil,
            isEstimate: identity.isEstimate || ratios != nil,
            bytesPerToken: identity.assumedBytesPerToken ?? measured,
            bytesPerTokenInterval: ratios?.bytesPerToken(
                tokens: tokens, bytes: sources.map(\.bytes), units: sources.map(\.uniqueUnits)),
            policy: identity.policy, replacedSequences: reports.reduce(0) { $0 + $1.replacedSequences },
            sample: ratios.map { sample($0, sources) })
    }

    private func sample(_ ratios: TokenRatios, _ sources: [Audit.Source]) -> Audit.Sample {
        let units = sources.map(\.uniqueUnits)
        return Audit.Sample(
            share: ratios.share.value,
            strata: ratios.strata.map { stratum in
                let estimate = stratum.sample.bytesPerToken(corpusDocuments: ratios.distinct(stratum, units))
                return Audit.Sample.Stratum(
                    sources: stratum.sources.map { sources[$0].name }, units: stratum.sample.documents,
                    bytes: stratum.sample.bytes, tokens: stratum.sample.tokens, bytesPerToken: estimate?.value,
                    bytesPerTokenInterval: estimate?.interval)
            })
    }

    private func sources() -> [Audit.Source] {
        var sources = plan.sourceNames.map { Audit.Source(name: $0) }
        for (index, sum) in sums.sources.enumerated() {
            let weight = plan.sourceWeights[index]
            // Declared sources come first, in their order.
            let declaration = index < declarations.count ? declarations[index] : nil
            sources[index].units = sum.units
            sources[index].uniqueUnits = sum.uniqueUnits
            sources[index].bytes = sum.bytes
            sources[index].uniqueBytes = sum.uniqueBytes
            sources[index].tokens = sum.tokens
            sources[index].uniqueTokens = sum.uniqueTokens
            sources[index].exclusiveTokens = sum.exclusiveTokens
            sources[index].ownedUniqueTokens = sum.ownedTokens
            sources[index].weightedUniqueTokens = Self.weighted(sum.weightedUnique * UInt128(weight))
            sources[index].quality =
                sum.uniqueTokens == 0
                ? Double(weight) / 1e6 : sources[index].weightedUniqueTokens / Double(sum.uniqueTokens)
            sources[index].maximumEpochs = declaration?.maximumEpochs
            sources[index].floor = declaration?.floor
            sources[index].copies = Self.copies(sum.copies)
            sources[index].largestCopies = sum.largestCopies
            sources[index].qualityHistogram = Self.histogram(sum.quality, weight: Double(weight) / 1e6)
            sources[index].scores = Self.scores(sum.scores)
        }
        for report in reports {
            for share in report.shares where share.documents > 0 {
                let place = plan.place(of: share.source)
                sources[place].documents += share.documents
                sources[place].units += share.emptyUnits
                sources[place].shards += 1
            }
        }
        return sources
    }

    private func totals(_ sources: [Audit.Source]) -> Audit.Totals {
        var totals = Audit.Totals()
        totals.shards = reports.count { $0.wasRead }
        totals.emptyUnits = reports.reduce(0) { $0 + $1.shares.reduce(0) { $0 + $1.emptyUnits } }
        for source in sources {
            totals.documents += source.documents
            totals.units += source.units
            totals.bytes += source.bytes
            totals.tokens += source.tokens
        }
        var weighted: UInt128 = 0
        for (sum, weight) in zip(sums.sources, plan.sourceWeights) {
            totals.uniqueUnits += sum.ownedUnits
            totals.uniqueBytes += sum.ownedBytes
            totals.uniqueTokens += sum.ownedTokens
            weighted += sum.weightedOwned * UInt128(weight)
        }
        totals.weightedUniqueTokens = Self.weighted(weighted)
        return totals
    }

    private var overlap: [Audit.Overlap] {
        sums.overlap.sorted { $0.key < $1.key }.map { pair, shared in
            Audit.Overlap(
                first: plan.sourceNames[pair >> 12], second: plan.sourceNames[pair & 0xFFF],
                units: shared.units, tokens: shared.tokens)
        }
    }

    private var nearDuplicates: Audit.NearDuplicates? {
        near?.report(sums, sourceNames: plan.sourceNames, shards: reports.map(\.shard.path))
    }

    private var topCopies: [Audit.TopCopy]? {
        guard sums.topCopies.limit > 0 else { return nil }
        return sums.topCopies.sorted.map { entry in
            // A rank is the source's place times the number of shards, plus the shard's place.
            Audit.TopCopy(
                fingerprint: entry.fingerprint, occurrences: entry.occurrences, tokens: entry.tokens,
                bytes: entry.bytes, source: plan.sourceNames[entry.rank / reports.count],
                shard: reports[entry.rank % reports.count].shard.path,
                record: UnitRecord.record(at: entry.position, level: settings.level))
        }
    }

    private var inputs: [Audit.Input] {
        var inputs: [Audit.Input] = []
        for report in reports where report.wasRead {
            let places = places(of: report)
            let sources =
                places.isEmpty && report.attempt == nil ? [report.shard.source] : places.map { plan.sourceNames[$0] }
            inputs.append(
                Audit.Input(
                    shard: report.shard.path, sources: sources, bytes: report.identity.bytes, digest: report.digest,
                    etag: report.shard.object?.etag,
                    documents: report.shares.reduce(0) { $0 + $1.documents }, rowGroups: report.layout?.rowGroups,
                    codecs: report.layout?.codecs ?? []))
            if let index = report.index {
                inputs.append(
                    Audit.Input(
                        shard: index.path, sources: sources, bytes: index.identity.bytes, digest: index.digest,
                        documents: 0))
            }
        }
        return inputs.sorted { ByteName($0.shard) < ByteName($1.shard) }
    }

    /// A sum in millionths of millionths as a number, rounded once.
    private static func weighted(_ sum: UInt128) -> Double { Double(sum) / 1e12 }

    private static func copies(_ buckets: [AuditSums.CopiesBucket]) -> [Audit.Copies] {
        buckets.enumerated().filter { $0.element.units > 0 }.map { index, sums in
            let range = AuditSums.CopiesBucket.range(ofIndex: index)
            return Audit.Copies(
                from: range.from, to: range.to, units: sums.units, tokens: sums.tokens,
                occurrences: sums.occurrences, occurrenceTokens: sums.occurrenceTokens)
        }
    }

    private static func histogram(_ buckets: [AuditSums.QualityBucket], weight: Double) -> [Audit.QualityBucket] {
        buckets.enumerated().filter { $0.element.units > 0 }.map { index, sums in
            // Bucket 0 is only for the weight 0.
            let low = index == 0 ? 0 : Double(QualityGrid.edges[index]) / 1e6
            let high = index == 0 ? 0 : Double(QualityGrid.edges[index + 1]) / 1e6
            return Audit.QualityBucket(
                from: low * weight, to: high * weight, units: sums.units, tokens: sums.tokens,
                uniqueTokens: sums.uniqueTokens)
        }
    }

    private static func scores(_ bins: [Int: AuditSums.QualityBucket]) -> [Audit.ScoreBin] {
        bins.sorted { $0.key < $1.key }.map { bin, sums in
            let range = ScoreGrid.range(of: bin)
            return Audit.ScoreBin(
                from: range.from, to: range.to, units: sums.units, tokens: sums.tokens,
                uniqueTokens: sums.uniqueTokens)
        }
    }

    /// Problems in their order, so many of them that the file stays small: the first of each kind before the second of any.
    private static func listed(_ problems: [Problem]) -> [Problem] {
        let ordered = problems.sorted(by: precedes)
        guard ordered.count > Audit.listedProblems else { return ordered }
        var known: [ProblemKind: Int] = [:]
        let ranks = ordered.map { problem in
            known[problem.kind, default: 0] += 1
            return known[problem.kind] ?? 0
        }
        return ordered.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.prefix(Audit.listedProblems).sorted()
            .map { ordered[$0] }
    }

    private static func precedes(_ left: Problem, _ right: Problem) -> Bool {
        if ByteName(left.shard) != ByteName(right.shard) { return ByteName(left.shard) < ByteName(right.shard) }
        let leftPlace = (left.record ?? -1, left.byteOffset ?? -1)
        let rightPlace = (right.record ?? -1, right.byteOffset ?? -1)
        return leftPlace != rightPlace ? leftPlace < rightPlace : left.kind.rawValue < right.kind.rawValue
    }
}
