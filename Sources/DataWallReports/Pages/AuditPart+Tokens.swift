import Charts
import CorpusAudit
import Quantities

// The distribution of tokens: by source, by number of copies, by quality.

extension AuditPart {
    /// Sources that a chart names; the table has the smaller ones.
    private static let namedSources = 20

    // MARK: Sources

    /// The sources, those with the most tokens first.
    var bySize: [Audit.Source] {
        audit.sources.enumerated().sorted { ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset) }
            .map(\.element)
    }

    private var hasWeights: Bool { audit.sources.contains { $0.quality != 1 } }
    private var hasCaps: Bool { audit.sources.contains { $0.maximumEpochs != nil } }

    /// The tokens of a source or a group, divided by their worth to a reader; the parts add up to the tokens stored.
    struct Parts {
        var name: String
        var owned = 0
        var shared = 0
        var repeated = 0

        var tokens: Int { owned + shared + repeated }

        init(name: String) { self.name = name }

        init(_ source: Audit.Source) {
            name = source.name
            owned = source.ownedUniqueTokens
            shared = source.uniqueTokens - source.ownedUniqueTokens
            repeated = source.repeatedTokens
        }
    }

    /// The largest sources, each as owned, shared and repeated tokens.
    var sourceFigure: PageFigure {
        let sorted = bySize
        let named = sorted.count > Self.namedSources + 1 ? Self.namedSources : sorted.count
        let rest = sorted.dropFirst(named)
        let others =
            rest.isEmpty
            ? ""
            : " The \(named) largest are drawn, without \(Quantity.short(rest.reduce(0) { $0 + $1.tokens })) "
                + "tokens\(mark) of the other \(Quantity.grouped(rest.count))."
        return partsFigure(
            "-sources", title: sorted.count > named ? "Tokens of the largest sources" : "Tokens by source",
            text:
                "Owned tokens count each text once in the corpus, so that they add up. Shared ones have their owner in "
                + "another source. Repeated ones occur earlier in the same source.\(others)",
            sorted.prefix(named).map(Parts.init))
    }

    /// Groups of sources with a common beginning of their names, if there are many.
    var groupFigure: PageFigure? {
        guard audit.sources.count > Self.namedSources + 1,
            let groups = NameGroups(audit.sources.map(\.name), atMost: 24)
        else { return nil }
        var parts = groups.names.map { Parts(name: $0) }
        for (source, group) in zip(audit.sources, groups.members) {
            let own = Parts(source)
            parts[group].owned += own.owned
            parts[group].shared += own.shared
            parts[group].repeated += own.repeated
        }
        let sorted = parts.enumerated().sorted { ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset) }
        return partsFigure(
            "-groups", title: "Tokens by group of sources",
            text:
                "The \(Quantity.grouped(audit.sources.count)) sources by the beginning of their names. A text that two "
                + "sources of a group share is owned once and shared once.", sorted.map(\.element))
    }

    private func partsFigure(_ suffix: String, title: String, text: String, _ parts: [Parts]) -> PageFigure {
        var table = PageTable(
            title,
            columns: [
                .text(suffix == "-groups" ? "group" : "source"), .number("tokens\(mark)"), .number("owned"),
                .number("shared"), .number("repeated"),
            ])
        var rows: [BarRow] = []
        for part in parts {
            table.add([
                part.name, Quantity.short(part.tokens), Quantity.short(part.owned), Quantity.short(part.shared),
                Quantity.short(part.repeated),
            ])
            func segment(_ count: Int, _ series: Int, _ word: String) -> BarSegment {
                BarSegment(
                    Double(count), series: series,
                    tip: "\(part.name): \(Quantity.short(count)) tokens\(mark) \(word), "
                        + "\(Quantity.percent(share(count, of: part.tokens))) of it")
            }
            rows.append(
                BarRow(
                    part.name,
                    segments: [
                        segment(part.owned, 1, "owned"), segment(part.shared, 2, "shared with another source"),
                        segment(part.repeated, 3, "repeated in the source"),
                    ], end: "\(Quantity.percent(share(part.owned, of: part.tokens))) owned"))
        }
        let drawn = rows
        table.captionKind = "silent"
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more"
        return PageFigure(identifier + suffix, title: title, text: text, table: table) { frame in
            BarChart(
                frame: frame, axis: Axis("tokens\(mark)", format: .counts),
                series: [
                    BarSeries("owned"), BarSeries("shared with others"),
                    BarSeries("repeated in the source", isHatched: true),
                ], rows: drawn
            ).svg
        }
    }

    /// Every source with all that is counted.
    var sourceTable: PageFigure {
        let near = nearBySource
        var table = PageTable(
            "All sources, the largest first",
            columns: [
                .text("source"), .number("documents"), .number("tokens\(mark)"), .number("unique"), .number("owned"),
                .number("exclusive"), .number("repeated"), .number("hidden epochs"),
            ] + (near.isEmpty ? [] : [.number("without near copies est.")])
                + (hasWeights ? [.number("quality")] : []) + (hasCaps ? [.number("cap")] : [])
                + (audit.filtered.isEmpty ? [] : [.number("left out by --where")]))
        var filtered: [String: Int] = [:]
        for entry in audit.filtered { filtered[entry.source] = entry.documents }
        for source in bySize {
            table.add(
                [
                    source.name, Quantity.grouped(source.documents), Quantity.short(source.tokens),
                    Quantity.short(source.uniqueTokens), Quantity.short(source.ownedUniqueTokens),
                    Quantity.short(source.exclusiveTokens),
                    Quantity.percent(share(source.repeatedTokens, of: source.tokens)),
                    Quantity.fixed(source.hiddenEpochs, decimals: 3),
                ]
                    + (near.isEmpty ? [] : [near[source.name].map { Quantity.short($0) } ?? "–"])
                    + (hasWeights ? [Quantity.significant(source.quality, digits: 3)] : [])
                    + (hasCaps ? [source.maximumEpochs.map { Quantity.significant($0, digits: 3) } ?? "–"] : [])
                    + (audit.filtered.isEmpty ? [] : [Quantity.grouped(filtered[source.name] ?? 0)]))
        }
        let left = audit.nearDuplicates.flatMap { $0.unique(atThreshold: $0.threshold) }
        table.addTotal(
            [
                "all", Quantity.grouped(totals.documents), Quantity.short(totals.tokens),
                Quantity.short(totals.uniqueTokens), Quantity.short(totals.uniqueTokens), "",
                Quantity.percent(share(totals.repeatedTokens, of: totals.tokens)),
                Quantity.fixed(totals.hiddenEpochs, decimals: 3),
            ] + (near.isEmpty ? [] : [left.map { Quantity.short($0.tokens) } ?? ""]) + (hasWeights ? [""] : [])
                + (hasCaps ? [""] : [])
                + (audit.filtered.isEmpty ? [] : [Quantity.grouped(audit.filtered.reduce(0) { $0 + $1.documents })]))
        table.restTitle = "\(Quantity.grouped(table.rest.count)) smaller sources"
        if table.hasRest { table.tableKind = "search" }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-all-sources", title: "All sources, the largest first",
            text: "Unique tokens are distinct in their source; exclusive ones occur in no other source.", table: table,
            isWide: true)
    }

    /// Tokens of each source that are left without near copies, where those were sought.
    private var nearBySource: [String: Int] {
        guard let near = audit.nearDuplicates else { return [:] }
        var left: [String: Int] = [:]
        for (source, row) in zip(audit.sources, near.sources) {
            left[source.name] = row.unique.first { $0.threshold == near.threshold }?.tokens
        }
        return left
    }

    // MARK: Copies

    /// A count in full if it is short enough for the space next to a bar.
    private static func beside(_ count: Int) -> String {
        count < 1_000_000 ? Quantity.grouped(count) : Quantity.short(count)
    }

    var copiesFigure: PageFigure {
        var table = PageTable(
            "Distinct \(unit) by the number of their copies",
            columns: [
                .text("occurrences"), .number("distinct \(unit)"), .number("their tokens\(mark)"),
                .number("tokens, copies included"), .number("share of all tokens"),
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
                "All tokens, by the number of copies of their \(audit.level.rawValue) in the whole corpus."
                + (audit.largestCopies.map { " The most frequent occurs \(Quantity.count($0, "time"))." } ?? ""),
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
            text: "Only ratios of weights matter: they order and allocate. The law does not see them.",
            table: table
        ) { frame in
            BarChart(frame: frame, axis: Axis("unique tokens\(mark)", format: .counts), series: [], rows: kept).svg
        }
    }
}
