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
    ///   - treatment: What happens to copies before training.
    ///   - acceptsParts: Whether an audit of paragraphs or lines may stand for the supply.
    /// - Throws: A `MixtureError` for an audit of paragraphs or lines that is not accepted, or one of nothing.
    public init(
        _ audit: Audit, as treatment: CopyTreatment = .dedup, acceptsParts: Bool = false
    ) throws(MixtureError) {
        guard audit.level == .document || acceptsParts else {
            throw .contradiction(
                "the audit counts distinct \(audit.level.rawValue)s, and no law's unique tokens are counted so: audit at "
                    + "the level of documents, or accept it with --level-as-supply")
        }
        let sources = audit.sources.map { source in
            SourceSupply(
                name: source.name, uniqueTokens: Double(source.ownedUniqueTokens), quality: source.quality,
                maxEpochs: source.maximumEpochs, floor: source.floor ?? 0,
                copies: treatment == .asIs ? Self.buckets(source.copies) : [])
        }
        try self.init(
            sources: sources, copies: treatment == .asIs ? Self.copies(in: audit) : nil,
            qualities: Self.qualities(in: audit), bytesPerToken: audit.tokenizer.bytesPerToken)
    }

    /// The histogram of copies, each bucket at its mean; one bucket for all where the audit has none.
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
    /// A source's histogram counts what is distinct in it; it is scaled down to what the
    /// source owns, so that sources add up.
    private static func qualities(in audit: Audit) -> [QualityBucket] {
        var buckets: [QualityBucket] = []
        for source in audit.sources {
            let owned = Double(source.ownedUniqueTokens)
            let counted = source.qualityHistogram.reduce(0) { $0 + Double($1.uniqueTokens) }
            guard counted > 0 else {
                buckets.append(QualityBucket(quality: source.quality, uniqueTokens: owned, source: source.name))
                continue
            }
            // Where all lies in one bucket, the source's own mean is more exact than the bucket's middle.
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
