public import CorpusAudit
public import DataMixing

/// Weights for files with their copies, computed from weights for the tokens that sources own.
///
/// A mixture gives every distinct text to one source, its owner. If copies stay in the files, reading a source also
/// shows texts that others own. The weights of the files are solved from the last owner to the first, so that each
/// source's own texts come up as often as the mixture wants. The number of a source's tokens that each owner has is an
/// estimate from the audit's pairwise overlaps, exact if no text is in three sources.
public struct RawShardWeights: Sendable, Hashable {
    /// The weight of each source's files, in the order of the mixture; they add up to 1.
    public var weights: [Double]

    /// Passes over each source's files.
    public var passes: [Double]

    /// Whether an overlap made the weights an estimate.
    public var isEstimate: Bool

    /// Sources without weight, since other files already show more of their own texts than the mixture wants.
    public var saturated: [String]

    /// Converts a mixture's weights; `nil` where a source of the mixture is not in the audit.
    ///
    /// - Parameters:
    ///   - allocation: The mixture.
    ///   - audit: The audit of the files.
    public init?(_ allocation: MixtureAllocation, audit: Audit) {
        var sources: [Audit.Source] = []
        for item in allocation.sources {
            guard let source = audit.sources.first(where: { $0.name == item.source.name }), source.uniqueTokens > 0
            else { return nil }
            sources.append(source)
        }
        // Owners first: the higher quality, then the earlier source.
        let order = sources.indices.sorted {
            sources[$0].quality == sources[$1].quality ? $0 < $1 : sources[$0].quality > sources[$1].quality
        }
        var estimate = false
        // shares[j][k]: the share of the tokens of j's files in texts that k owns.
        var shares = [[Double]](repeating: [Double](repeating: 0, count: sources.count), count: sources.count)
        for (rank, j) in order.enumerated() {
            let own = Double(sources[j].ownedUniqueTokens)
            let foreign = Double(sources[j].uniqueTokens) - own
            shares[j][j] = own / Double(sources[j].uniqueTokens)
            guard foreign > 0 else { continue }
            estimate = true
            let overlaps = order[..<rank].map { k -> Double in
                let names = Set([sources[j].name, sources[k].name])
                return Double(audit.overlap.first { Set([$0.first, $0.second]) == names }?.tokens ?? 0)
            }
            let total = overlaps.reduce(0, +)
            guard total > 0 else {
                // Owned by sources outside the mixture, or by later ones through the quality of single documents.
                shares[j][j] = 1
                continue
            }
            for (k, overlap) in zip(order, overlaps) {
                shares[j][k] = foreign / Double(sources[j].uniqueTokens) * overlap / total
            }
        }
        var weights = [Double](repeating: 0, count: sources.count)
        var wanted = allocation.weights
        var saturated: [String] = []
        for j in order.reversed() {
            guard wanted[j] > 0, shares[j][j] > 0 else {
                if allocation.weights[j] > 0 { saturated.append(sources[j].name) }
                continue
            }
            weights[j] = wanted[j] / shares[j][j]
            for k in sources.indices where k != j { wanted[k] -= weights[j] * shares[j][k] }
        }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return nil }
        self.weights = weights.map { $0 / sum }
        passes = sources.indices.map { weights[$0] / sum * allocation.tokens / Double(max(1, sources[$0].tokens)) }
        isEstimate = estimate
        self.saturated = saturated
    }
}
