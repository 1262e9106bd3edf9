public import CorpusAudit
public import TrainingPlanning

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
    /// - Throws: A ``PlanningError`` for an audit of paragraphs or lines that is not accepted, or one of nothing.
    public init(
        _ audit: Audit, as treatment: CopyTreatment = .dedup, acceptsParts: Bool = false
    ) throws(PlanningError) {
        guard audit.level == .document || acceptsParts else {
            throw .contradiction(
                "the audit counts distinct \(audit.level.rawValue)s, and no law's unique tokens are counted so: audit at "
                    + "the level of documents, or accept it with --level-as-supply")
        }
        let sources = audit.sources.map { source in
            SourceSupply(
                name: source.name, uniqueTokens: Double(source.ownedUniqueTokens), quality: source.quality,
                maxEpochs: source.maximumEpochs, floor: source.floor ?? 0)
        }
        try self.init(
            sources: sources, fileTokens: treatment == .asIs ? Double(audit.totals.tokens) : nil,
            bytesPerToken: audit.tokenizer.bytesPerToken)
    }
}
