import Charts
import CorpusAudit
import Quantities

// The overlap of sources.

extension AuditPart {
    /// Sources that the overlap is drawn for.
    private static let overlapSources = 12

    var overlapFigure: PageFigure {
        var table = PageTable(
            "Distinct text that two sources share, the largest first",
            columns: [
                .text("source"), .text("and"), .number(unit), .number("tokens\(mark)"), .number("of the first"),
                .number("of the second"),
            ])
        var unique: [String: Int] = [:]
        for source in audit.sources { unique[source.name] = source.uniqueTokens }
        var shared: [String: Int] = [:]
        let largest = audit.overlap.enumerated().sorted {
            ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset)
        }
        for pair in largest.map(\.element) {
            shared[pair.first, default: 0] += pair.tokens
            shared[pair.second, default: 0] += pair.tokens
        }
        for pair in largest.map(\.element).prefix(100) {
            table.add([
                pair.first, pair.second, Quantity.grouped(pair.units), Quantity.short(pair.tokens),
                Quantity.percent(share(pair.tokens, of: unique[pair.first] ?? 0)),
                Quantity.percent(share(pair.tokens, of: unique[pair.second] ?? 0)),
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more pairs"
        if audit.overlap.count > 100 {
            table.restTitle += " of \(Quantity.grouped(audit.overlap.count - PageTable.shown)); the audit file has all"
        }
        let names = bySize.map(\.name).filter { shared[$0] != nil }
        let drawn = Array(
            names.enumerated().sorted { (shared[$0.element] ?? 0, $1.offset) > (shared[$1.element] ?? 0, $0.offset) }
                .map(\.element).prefix(Self.overlapSources))
        let cells = overlapCells(drawn, unique: unique)
        let some = drawn.count < names.count ? " The \(drawn.count) sources that share most are drawn." : ""
        return PageFigure(
            identifier + "-overlap", title: "What sources share",
            text: "The share of a source's distinct text that is in another source too.\(some)", table: table
        ) { frame in
            HeatMap(
                frame: frame, rows: drawn, cells: cells,
                caption: "Each cell: percent of the row's unique tokens that are in the column's source too."
            ).svg
        }
    }

    private func overlapCells(_ names: [String], unique: [String: Int]) -> [[HeatCell?]] {
        var place: [String: Int] = [:]
        for (index, name) in names.enumerated() { place[name] = index }
        var tokens = [[Int]](repeating: [Int](repeating: 0, count: names.count), count: names.count)
        for pair in audit.overlap {
            guard let row = place[pair.first], let column = place[pair.second] else { continue }
            tokens[row][column] = pair.tokens
            tokens[column][row] = pair.tokens
        }
        let shares = names.indices.map { row in
            names.indices.map { share(tokens[row][$0], of: unique[names[row]] ?? 0) }
        }
        // Shades span the values shown, so that small overlaps differ too; the numbers are in the cells.
        let largest = shares.joined().max() ?? 1
        return names.indices.map { row in
            names.indices.map { column in
                guard row != column else { return nil }
                let value = shares[row][column]
                return HeatCell(
                    shade: largest > 0 ? value / largest : 0,
                    text: value == 0
                        ? "0"
                        : value < 0.0995
                            ? String(Quantity.percent(value).dropLast(2)) : Quantity.fixed(100 * value, decimals: 0),
                    tip: "\(Quantity.percent(value)) of \(names[row]) is in \(names[column]) too: "
                        + "\(Quantity.short(tokens[row][column])) tokens\(mark)")
            }
        }
    }
}
