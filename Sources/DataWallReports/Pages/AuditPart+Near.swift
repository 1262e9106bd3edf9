import Charts
import CorpusAudit
import Quantities

// The tokens left without near copies.

extension AuditPart {
    /// The tokens that are left at the default threshold, where near copies were sought.
    var nearFacts: [PageFact] {
        guard let near = audit.nearDuplicates, let left = near.unique(atThreshold: near.threshold) else { return [] }
        return [
            PageFact(
                name: "without near copies est.", value: Quantity.short(left.tokens),
                remark: "\(near.threshold) shared bands or more")
        ]
    }

    /// The tokens left, by the number of shared bands, with the share of pairs that each number finds.
    func nearFigure(_ near: Audit.NearDuplicates) -> PageFigure {
        var table = PageTable(
            "Tokens left without exact and near copies (estimates)",
            columns: [
                .text("shared bands"), .number("documents left"), .number("tokens left"), .number("of all tokens"),
                .number("finds J = 0.7"), .number("J = 0.8"), .number("J = 0.9"),
            ])
        table.add([
            "exact copies only", Quantity.grouped(totals.uniqueUnits), Quantity.short(totals.uniqueTokens),
            Quantity.percent(share(totals.uniqueTokens, of: totals.tokens)), "", "", "",
        ])
        for row in near.unique.reversed() {
            table.add(
                [
                    "\(row.threshold) or more" + (row.threshold == near.threshold ? " (default)" : ""),
                    Quantity.grouped(row.units), Quantity.short(row.tokens),
                    Quantity.percent(share(row.tokens, of: totals.tokens)),
                ]
                    + [0.7, 0.8, 0.9].map {
                        Quantity.percent(NearMethod.recall(atSimilarity: $0, threshold: row.threshold))
                    })
        }
        let sample =
            near.sample.map {
                " Sought among a sample of \(Quantity.grouped($0.units)) documents, which finds too few."
            } ?? ""
        return PageFigure(
            identifier: identifier + "-near", title: "Near copies",
            text: "A document is a near copy if it shares that many of 14 bands with a longer one that is kept "
                + "(\(NearMethod.name)). J is the similarity of the documents' word 5-grams.\(sample)",
            table: table)
    }

    /// Near copies by the pair of sources that own the two documents.
    func nearOverlapFigure(_ near: Audit.NearDuplicates) -> PageFigure {
        var table = PageTable(
            "Near copies whose kept document is in another source, the largest first",
            columns: [.text("source"), .text("and"), .number("documents"), .number("tokens est.")])
        let largest = near.overlap.enumerated().sorted {
            ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset)
        }
        for pair in largest.map(\.element).prefix(100) {
            table.add([pair.first, pair.second, Quantity.grouped(pair.units), Quantity.short(pair.tokens)])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more pairs"
        return PageFigure(
            identifier: identifier + "-near-overlap", title: "Near copies between sources",
            text: "At \(near.threshold) shared bands or more.", table: table)
    }
}
