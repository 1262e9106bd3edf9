import Charts
import CorpusAudit
import Quantities

// Where the tokens are: by source, by number of copies, by quality.

extension AuditPart {
    /// Sources that a chart names; the smaller ones share a bar.
    private static let namedSources = 20

    // MARK: Sources

    /// The sources, those with the most tokens first.
    var bySize: [Audit.Source] {
        audit.sources.enumerated().sorted { ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset) }
            .map(\.element)
    }

    private var hasWeights: Bool { audit.sources.contains { $0.quality != 1 } }
    private var hasCaps: Bool { audit.sources.contains { $0.maximumEpochs != nil } }

    var sourceFigure: PageFigure {
        let sorted = bySize
        var table = PageTable(
            "Tokens\(mark) by source",
            columns: [
                .text("source"), .number("documents"), .number("tokens\(mark)"), .number("unique"), .number("repeated"),
                .number("owned"), .number("exclusive"), .number("hidden epochs"),
            ] + (hasWeights ? [.number("quality")] : []) + (hasCaps ? [.number("cap")] : []))
        for source in sorted {
            table.add(
                [
                    source.name, Quantity.grouped(source.documents), Quantity.short(source.tokens),
                    Quantity.short(source.uniqueTokens),
                    Quantity.percent(share(source.repeatedTokens, of: source.tokens)),
                    Quantity.short(source.ownedUniqueTokens), Quantity.short(source.exclusiveTokens),
                    Quantity.fixed(source.hiddenEpochs, decimals: 3),
                ]
                    + (hasWeights ? [Quantity.significant(source.quality, digits: 3)] : [])
                    + (hasCaps ? [source.maximumEpochs.map { Quantity.significant($0, digits: 3) } ?? "–"] : []))
        }
        table.addTotal(
            [
                "all", Quantity.grouped(totals.documents), Quantity.short(totals.tokens),
                Quantity.short(totals.uniqueTokens), Quantity.percent(share(totals.repeatedTokens, of: totals.tokens)),
                Quantity.short(totals.uniqueTokens), "", Quantity.fixed(totals.hiddenEpochs, decimals: 3),
            ] + (hasWeights ? [""] : []) + (hasCaps ? [""] : []))
        table.restTitle = "\(Quantity.grouped(table.rest.count)) smaller sources"
        let rows = sourceRows(sorted)
        return PageFigure(
            identifier + "-sources", title: "Tokens by source",
            text: "Unique tokens are distinct within their source; owned ones count a text that several sources share "
                + "once, so that they add up. Repeated tokens stood in the same source before.",
            table: table, isOpen: true
        ) { frame in
            BarChart(
                frame: frame, axis: Axis("tokens\(mark)", format: .counts),
                series: [BarSeries("unique in the source"), BarSeries("repeated in the source", isHatched: true)],
                rows: rows
            ).svg
        }
    }

    private func sourceRows(_ sorted: [Audit.Source]) -> [BarRow] {
        let named = sorted.count > Self.namedSources + 1 ? Self.namedSources : sorted.count
        var rows = sorted.prefix(named).map { source in
            sourceRow(source.name, unique: source.uniqueTokens, repeated: source.repeatedTokens)
        }
        let rest = sorted.dropFirst(named)
        if !rest.isEmpty {
            rows.append(
                sourceRow(
                    "\(Quantity.grouped(rest.count)) smaller sources",
                    unique: rest.reduce(0) { $0 + $1.uniqueTokens },
                    repeated: rest.reduce(0) { $0 + $1.repeatedTokens }))
        }
        return rows
    }

    private func sourceRow(_ name: String, unique: Int, repeated: Int) -> BarRow {
        let part = Quantity.percent(share(repeated, of: unique + repeated))
        return BarRow(
            name,
            segments: [
                BarSegment(Double(unique), series: 1, tip: "\(name): \(Quantity.short(unique)) unique tokens\(mark)"),
                BarSegment(
                    Double(repeated), series: 2,
                    tip: "\(name): \(Quantity.short(repeated)) repeated tokens\(mark), \(part) of it"),
            ], end: repeated == 0 ? "none repeated" : "\(part) repeated")
    }

    // MARK: Copies

    /// A count in full where it is short enough next to a bar.
    private static func beside(_ count: Int) -> String {
        count < 1_000_000 ? Quantity.grouped(count) : Quantity.short(count)
    }

    var copiesFigure: PageFigure {
        var table = PageTable(
            "Distinct \(unit) by the number of their copies",
            columns: [
                .text("occurrences"), .number("distinct \(unit)"), .number("their tokens\(mark)"),
                .number("tokens as they lie"), .number("share of all tokens"),
            ])
        var rows: [BarRow] = []
        for bucket in audit.copies {
            let label = bucket.from == bucket.to ? "\(bucket.from)" : "\(bucket.from)–\(bucket.to)"
            let further = bucket.occurrenceTokens - bucket.tokens
            table.add([
                label, Quantity.grouped(bucket.units), Quantity.short(bucket.tokens),
                Quantity.short(bucket.occurrenceTokens),
                Quantity.percent(share(bucket.occurrenceTokens, of: totals.tokens)),
            ])
            rows.append(
                BarRow(
                    bucket.to == 1 ? "once" : label + " times",
                    segments: [
                        BarSegment(
                            Double(bucket.tokens), series: 1,
                            tip: "\(label)×: \(Quantity.short(bucket.tokens)) tokens\(mark), each text once"),
                        BarSegment(
                            Double(further), series: 2,
                            tip: "\(label)×: \(Quantity.short(further)) tokens\(mark) of further copies"),
                    ], end: "\(Self.beside(bucket.units)) \(bucket.units == 1 ? audit.level.rawValue : unit)"))
        }
        let kept = rows
        return PageFigure(
            identifier + "-copies", title: "How often texts occur",
            text:
                "Tokens as they lie in the files, by the number of copies of their \(audit.level.rawValue) in the whole "
                + "corpus.",
            table: table
        ) { frame in
            BarChart(
                frame: frame, axis: Axis("tokens\(mark)", format: .counts),
                series: [BarSeries("first copies"), BarSeries("further copies", isHatched: true)], rows: kept
            ).svg
        }
    }

    // MARK: Quality

    /// Unique tokens by quality weight, where weights differ.
    var qualityFigure: PageFigure? {
        var buckets: [(from: Double, to: Double, unique: Int, tokens: Int)] = []
        for bucket in audit.sources.flatMap(\.qualityHistogram) {
            if let index = buckets.firstIndex(where: { $0.from == bucket.from && $0.to == bucket.to }) {
                buckets[index].unique += bucket.uniqueTokens
                buckets[index].tokens += bucket.tokens
            } else {
                buckets.append((bucket.from, bucket.to, bucket.uniqueTokens, bucket.tokens))
            }
        }
        guard buckets.count > 1 else { return nil }
        buckets.sort { ($0.from, $0.to) < ($1.from, $1.to) }
        var table = PageTable(
            "Tokens\(mark) by quality weight",
            columns: [.text("weight"), .number("tokens\(mark)"), .number("unique within their sources")])
        var rows: [BarRow] = []
        for bucket in buckets {
            let label =
                bucket.from == bucket.to
                ? Quantity.significant(bucket.from, digits: 3)
                : "\(Quantity.significant(bucket.from, digits: 3)) to \(Quantity.significant(bucket.to, digits: 3))"
            table.add([label, Quantity.short(bucket.tokens), Quantity.short(bucket.unique)])
            rows.append(
                BarRow(
                    label,
                    segments: [
                        BarSegment(
                            Double(bucket.unique), series: 3,
                            tip: "weight \(label): \(Quantity.short(bucket.unique)) unique tokens\(mark)")
                    ], end: Quantity.short(bucket.unique)))
        }
        let kept = rows
        return PageFigure(
            identifier + "-quality", title: "Unique tokens by quality weight",
            text: "Only ratios of weights matter: they order and allocate, and do not change what a law is told.",
            table: table
        ) { frame in
            BarChart(frame: frame, axis: Axis("unique tokens\(mark)", format: .counts), series: [], rows: kept).svg
        }
    }
}
