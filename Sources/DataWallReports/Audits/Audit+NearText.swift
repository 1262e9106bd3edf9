import CorpusAudit
import Quantities

extension Audit {
    /// The share of new tokens, as a range from exact to near copies; empty if near copies were not sought.
    var nearSummary: [String] {
        guard let near = nearDuplicates, let left = near.unique(atThreshold: near.threshold) else { return [] }
        var lines = [
            "Unique tokens: \(Quantity.short(totals.uniqueTokens)) without exact copies, "
                + "\(Quantity.short(left.tokens)) est. without near copies (\(near.threshold) of \(NearMethod.bands) bands)."
        ]
        if let sample = near.sample {
            lines.append(
                "Near copies were sought among a sample of \(Quantity.grouped(sample.units)) documents "
                    + "(\(Quantity.percent(sample.share))), which finds too few: an upper bound.")
        }
        return lines
    }

    /// The tokens left by the number of shared bands, the overlap of sources, and the largest cluster.
    func nearText(_ near: NearDuplicates) -> [String] {
        var table = TextTable(heads: [
            "shared bands", "documents left", "tokens left est.", "repeated est.", "finds J = 0.8", "J = 0.9",
        ])
        for row in near.unique {
            table.add([
                "\(row.threshold)" + (row.threshold == near.threshold ? " (default)" : ""), Quantity.grouped(row.units),
                Quantity.short(row.tokens), Quantity.percent(nearRepeatedShare(atThreshold: row.threshold) ?? 0),
                Quantity.percent(NearMethod.recall(atSimilarity: 0.8, threshold: row.threshold)),
                Quantity.percent(NearMethod.recall(atSimilarity: 0.9, threshold: row.threshold)),
            ])
        }
        var lines = table.lines
        lines += [""] + nearSources(near).lines
        if !near.overlap.isEmpty { lines += [""] + nearOverlap(near, rows: 10) }
        lines += ["", "Near copies by \(NearMethod.name), J is the similarity of word 5-grams. \(clusters(near))"]
        if near.cappedBuckets > 0 {
            lines.append(
                "\(Quantity.count(near.cappedBuckets, "bucket")) had more than \(NearMethod.comparedMembers) documents "
                    + "(\(Quantity.grouped(near.largestBucket)) at most): "
                    + "\(Quantity.count(near.uncomparedPairs, "pair")) were not compared.")
        }
        return lines
    }

    private func clusters(_ near: NearDuplicates) -> String {
        let count = near.clusters.reduce(0) { $0 + $1.clusters }
        guard count > 0 else { return "No document is a near copy." }
        return "\(Quantity.count(count, "cluster")), the largest of \(Quantity.grouped(near.largestCluster)) documents."
    }

    private func nearSources(_ near: NearDuplicates) -> TextTable {
        var table = TextTable(heads: [
            "source", "owned unique", "without near copies est.", "factor",
        ])
        for (source, row) in zip(sources, near.sources) {
            let left = row.unique.first { $0.threshold == near.threshold }?.tokens ?? 0
            table.add([
                source.name, Quantity.short(source.ownedUniqueTokens), Quantity.short(left),
                source.ownedUniqueTokens == 0
                    ? "–" : Quantity.fixed(Double(left) / Double(source.ownedUniqueTokens), decimals: 3),
            ])
        }
        return table
    }

    private func nearOverlap(_ near: NearDuplicates, rows: Int) -> [String] {
        var table = TextTable(columns: [
            "near copies between": .left, "and": .left, "documents": .right, "tokens est.": .right,
        ])
        let largest = near.overlap.enumerated().sorted {
            ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset)
        }
        for pair in largest.prefix(rows).map(\.element) {
            table.add([pair.first, pair.second, Quantity.grouped(pair.units), Quantity.short(pair.tokens)])
        }
        let rest = near.overlap.count - rows
        return table.lines + (rest > 0 ? ["and \(Quantity.grouped(rest)) more pairs of sources"] : [])
    }
}
