public import CorpusAudit
public import DataMixing

extension DataSupply {
    /// The supply that an audit counted: owned unique tokens by source, with quality weights, caps and floors.
    ///
    /// ```swift
    /// let supply = try DataSupply(audit)
    /// let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
    /// let plan = try planner.plan(supply, within: .flops(1e22))
    /// ```
    ///
    /// - Parameters:
    ///   - audit: The audit.
    ///   - treatment: The treatment of copies before training.
    ///   - unique: Which tokens are unique.
    ///   - withoutContaminated: Whether documents that contain items of evaluation sets are left out. For near-unique
    ///     tokens this is an estimate, which assumes that near copies are contaminated as often as all documents of
    ///     their source.
    ///   - acceptsParts: Whether an audit of paragraphs or lines may be used as the supply.
    /// - Throws: A `MixtureError` for an audit of paragraphs or lines that is not accepted, for an empty audit, and for
    ///   an audit without near copies or evaluation sets if these are to be left out.
    public init(
        _ audit: Audit, as treatment: CopyTreatment = .dedup, unique: UniqueText = .exact,
        withoutContaminated: Bool = false, acceptsParts: Bool = false
    ) throws(MixtureError) {
        guard audit.level == .document || acceptsParts else {
            throw .contradiction(
                "the audit counts distinct \(audit.level.rawValue)s, and no law's unique tokens are counted so: audit at "
                    + "the level of documents, or accept it with --level-as-supply")
        }
        guard unique == .exact || treatment == .dedup else {
            throw .contradiction("--unique near leaves near copies out, and --as is leaves even exact ones in")
        }
        guard !withoutContaminated || treatment == .dedup else {
            throw .contradiction("--without-contaminated leaves documents out, and --as is takes the files as they are")
        }
        var tokens = try Self.uniqueTokens(of: audit, unique)
        if withoutContaminated {
            for (place, share) in try Self.contaminatedShares(of: audit).enumerated() { tokens[place] *= 1 - share }
        }
        let sources = zip(audit.sources, tokens).map { source, tokens in
            SourceSupply(
                name: source.name, uniqueTokens: tokens, quality: source.quality,
                maxEpochs: source.maximumEpochs, floor: source.floor ?? 0,
                copies: treatment == .asIs ? Self.buckets(source.copies) : [])
        }
        try self.init(
            sources: sources, copies: treatment == .asIs ? Self.copies(in: audit) : nil,
            qualities: Self.qualities(in: audit, tokens), bytesPerToken: audit.tokenizer.bytesPerToken)
    }

    /// The unique tokens of each source.
    private static func uniqueTokens(of audit: Audit, _ unique: UniqueText) throws(MixtureError) -> [Double] {
        guard unique == .near else { return audit.sources.map { Double($0.ownedUniqueTokens) } }
        guard let near = audit.nearDuplicates, near.sources.count == audit.sources.count else {
            throw .contradiction(
                "the audit does not know near copies: make it with --near, or plan with --unique exact")
        }
        return near.sources.map { source in
            Double(source.unique.first { $0.threshold == near.threshold }?.tokens ?? 0)
        }
    }

    /// The share of each source's own unique tokens that is in documents that contain items of evaluation sets.
    private static func contaminatedShares(of audit: Audit) throws(MixtureError) -> [Double] {
        guard let found = audit.contamination, found.sources.count == audit.sources.count else {
            throw .contradiction(
                "the audit does not know evaluation sets: make it with --benchmarks, or plan without "
                    + "--without-contaminated")
        }
        return zip(audit.sources, found.sources).map { source, found in
            source.ownedUniqueTokens == 0
                ? 0 : min(1, Double(found.all.tokens) / Double(source.ownedUniqueTokens))
        }
    }

    /// The histogram of copies, each bucket at its mean; a single bucket if the audit has no histogram.
    private static func copies(in audit: Audit) -> [CopyBucket] {
        let buckets = buckets(audit.copies)
        guard buckets.isEmpty, audit.totals.uniqueTokens > 0 else { return buckets }
        return [CopyBucket(copies: audit.totals.hiddenEpochs, uniqueTokens: Double(audit.totals.uniqueTokens))]
    }

    private static func buckets(_ copies: [Audit.Copies]) -> [CopyBucket] {
        copies.filter { $0.tokens > 0 }.map { bucket in
            CopyBucket(
                copies: Double(bucket.occurrenceTokens) / Double(bucket.tokens), uniqueTokens: Double(bucket.tokens))
        }
    }

    /// Unique tokens by quality.
    ///
    /// A source's histogram counts units that are distinct within the source. It is scaled down to the source's share
    /// of the supply, so that sources add up.
    private static func qualities(in audit: Audit, _ uniqueTokens: [Double]) -> [QualityBucket] {
        var buckets: [QualityBucket] = []
        for (source, owned) in zip(audit.sources, uniqueTokens) {
            let counted = source.qualityHistogram.reduce(0) { $0 + Double($1.uniqueTokens) }
            guard counted > 0 else {
                buckets.append(QualityBucket(quality: source.quality, uniqueTokens: owned, source: source.name))
                continue
            }
            // If everything is in one bucket, the source's own mean is more exact than the bucket's middle.
            let full = source.qualityHistogram.filter { $0.uniqueTokens > 0 }
            for bucket in full {
                buckets.append(
                    QualityBucket(
                        quality: full.count == 1 ? source.quality : (bucket.from + bucket.to) / 2,
                        uniqueTokens: Double(bucket.uniqueTokens) / counted * owned, source: source.name))
            }
        }
        return buckets
    }
}
