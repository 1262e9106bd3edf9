import Charts
import CorpusAudit

/// An audit's part of a page.
struct AuditPart {
    private let audit: Audit
    private let name: String
    private let identifier: String

    /// Sources that a chart names; the smaller ones share a bar.
    private static let namedSources = 20
    /// Sources that the overlap is drawn for.
    private static let overlapSources = 12
    /// Problems that a page lists; the audit file has more.
    private static let listedProblems = 100

    init(_ audit: Audit, name: String, identifier: String) {
        self.audit = audit
        self.name = name
        self.identifier = identifier
    }

    /// `est.` where tokens are estimates.
    private var mark: String { audit.tokenizer.isEstimate ? " est." : "" }
    /// A count in full where it is short enough beside a bar.
    private static func count(_ value: Int) -> String {
        value < 1_000_000 ? Quantity.grouped(value) : Quantity.short(value)
    }

    private var unit: String { audit.level.rawValue + "s" }
    private var totals: Audit.Totals { audit.totals }

    private func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    var section: PageSection {
        var section = PageSection(identifier: identifier, kind: "Audit", title: name)
        section.lead = [lead]
        section.facts = facts
        section.notes = notes
        section.figures = [sourceFigure]
        if totals.repeatedTokens > 0 { section.figures.append(copiesFigure) }
        if !audit.overlap.isEmpty { section.figures.append(overlapFigure) }
        if let qualityFigure { section.figures.append(qualityFigure) }
        if !audit.problemCounts.isEmpty { section.figures += problemFigures }
        section.details = details
        section.command = command
        return section
    }

    private var lead: String {
        guard totals.tokens > 0 else { return "The corpus holds no text." }
        guard totals.repeatedTokens > 0 else {
            return "No \(audit.level.rawValue) occurs twice: one pass over these files is one epoch, as far as exact "
                + "copies of \(unit) go."
        }
        return
            "One pass over these files is \(Quantity.fixed(totals.hiddenEpochs, decimals: 3)) epochs of the distinct "
            + "text: a lower bound, since only exact copies of \(unit) are known."
    }

    private var facts: [PageFact] {
        [
            PageFact(name: "tokens\(mark)", value: Quantity.short(totals.tokens), remark: Quantity.bytes(totals.bytes)),
            PageFact(
                name: "unique tokens\(mark)", value: Quantity.short(totals.uniqueTokens),
                remark: "\(Quantity.grouped(totals.uniqueUnits)) distinct \(unit)"),
            PageFact(
                name: "repeated", value: Quantity.percent(share(totals.repeatedTokens, of: totals.tokens)),
                remark: "\(Quantity.short(totals.repeatedTokens)) tokens"),
            PageFact(
                name: "hidden epochs", value: Quantity.fixed(totals.hiddenEpochs, decimals: 3),
                remark: "passes in one pass"),
        ]
    }

    private var notes: [PageNote] {
        var notes: [PageNote] = []
        if !audit.isComplete {
            notes.append(.warning("Not all that was named could be read: the counts are of what could."))
        }
        if audit.tokenizer.isEstimate {
            let ratio =
                audit.tokenizer.bytesPerToken.map { Quantity.significant($0, digits: 3) } ?? "an unknown number of"
            notes.append(
                .remark(
                    "Tokens are estimated (est.) at \(ratio) bytes a token; an audit with --tokenizer counts them."))
        }
        let damaged = audit.problemCounts.reduce(0) { $0 + $1.count }
        if damaged > 0 {
            notes.append(
                .warning(
                    "\(Quantity.grouped(damaged)) \(damaged == 1 ? "problem was" : "problems were") met while reading; "
                        + "what could be read counts."))
        }
        return notes
    }

    // MARK: Sources

    /// The sources, those with the most tokens first.
    private var bySize: [Audit.Source] {
        audit.sources.enumerated().sorted { ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset) }
            .map(\.element)
    }

    private var hasWeights: Bool { audit.sources.contains { $0.quality != 1 } }
    private var hasCaps: Bool { audit.sources.contains { $0.maximumEpochs != nil } }

    private var sourceFigure: PageFigure {
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

    private var copiesFigure: PageFigure {
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
                    ], end: "\(Self.count(bucket.units)) \(bucket.units == 1 ? audit.level.rawValue : unit)"))
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

    // MARK: Overlap

    private var overlapFigure: PageFigure {
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
        for pair in largest.map(\.element).prefix(200) {
            table.add([
                pair.first, pair.second, Quantity.grouped(pair.units), Quantity.short(pair.tokens),
                Quantity.percent(share(pair.tokens, of: unique[pair.first] ?? 0)),
                Quantity.percent(share(pair.tokens, of: unique[pair.second] ?? 0)),
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more pairs"
        if audit.overlap.count > 200 {
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
            text: "How much of a source's distinct text another source holds too.\(some)", table: table
        ) { frame in
            HeatMap(
                frame: frame, rows: drawn, cells: cells,
                caption: "Each cell: percent of the row's unique tokens that the column's source holds too."
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
        // Shades span what there is, so that small overlaps are told apart too; the numbers are in the cells.
        let largest = shares.joined().max() ?? 1
        return names.indices.map { row in
            names.indices.map { column in
                guard row != column else { return nil }
                let value = shares[row][column]
                return HeatCell(
                    shade: largest > 0 ? value / largest : 0,
                    text: value == 0 ? "0" : String(Quantity.percent(value).dropLast(2)),
                    tip: "\(Quantity.percent(value)) of \(names[row]) is in \(names[column]) too: "
                        + "\(Quantity.short(tokens[row][column])) tokens\(mark)")
            }
        }
    }

    // MARK: Quality

    /// Unique tokens by quality weight, where weights differ.
    private var qualityFigure: PageFigure? {
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

    // MARK: Damage

    private var problemFigures: [PageFigure] {
        var kinds = PageTable("Damage by kind", columns: [.text("kind"), .number("count")])
        for problem in audit.problemCounts {
            kinds.add([
                problem.kind.rawValue.split(separator: "_").joined(separator: " "), Quantity.grouped(problem.count),
            ])
        }
        var list = PageTable(
            "Where the damage lies",
            columns: [.text("shard"), .number("record"), .number("byte"), .text("kind"), .text("what was found")])
        for problem in audit.problems.prefix(Self.listedProblems) {
            list.add([
                problem.shard, problem.record.map { Quantity.grouped($0) } ?? "–",
                problem.byteOffset.map { Quantity.grouped($0) } ?? "–",
                problem.kind.rawValue.split(separator: "_").joined(separator: " "), problem.message,
            ])
        }
        list.restTitle = "\(Quantity.grouped(list.rest.count)) more"
        let total = audit.problemCounts.reduce(0) { $0 + $1.count }
        let listed = min(audit.problems.count, Self.listedProblems)
        var figures = [
            PageFigure(
                identifier: identifier + "-damage", title: "Damage",
                text: "What could not be read as it should; what was readable around it counts.", table: kinds)
        ]
        if listed > 0 {
            figures.append(
                PageFigure(
                    identifier: identifier + "-problems", title: "Where it lies",
                    text: listed < total
                        ? "The first \(Quantity.grouped(listed)) of \(Quantity.grouped(total)); the audit file lists more."
                        : "Records count from 0.", table: list))
        }
        return figures
    }

    // MARK: How it was made

    private var details: [PageDetail] {
        var details = [
            PageDetail(
                name: "Read",
                text: "\(Quantity.grouped(totals.documents)) documents in \(Quantity.grouped(totals.shards)) shards, "
                    + "by \(audit.level.rawValue)"),
            PageDetail(
                name: "Exactness",
                text: "counts are exact up to collisions of a 128-bit hash"
                    + (audit.tokenizer.isEstimate ? "; tokens are estimates from bytes" : "")),
            PageDetail(name: "Tokens", text: tokenizer),
            PageDetail(name: "Version", text: "datawall \(audit.datawallVersion)"),
        ]
        if totals.emptyUnits > 0 {
            details.insert(
                PageDetail(
                    name: "Empty \(unit)",
                    text: "\(Quantity.grouped(totals.emptyUnits)), left out of the unique counts"), at: 1)
        }
        return details
    }

    private var tokenizer: String {
        let tokenizer = audit.tokenizer
        var text = tokenizer.name
        if let digest = tokenizer.sha256 { text += ", sha256 \(digest.prefix(16))…" }
        if !tokenizer.isEstimate, !tokenizer.isCertified { text += ", not certified" }
        if let ratio = tokenizer.bytesPerToken { text += ", \(Quantity.fixed(ratio, decimals: 3)) bytes a token" }
        return text
    }

    /// A command like the one that made the audit, whose file names neither paths nor manifest.
    private var command: String {
        var words = ["datawall", "audit", "…"]
        if audit.level != .document { words += ["--level", audit.level.rawValue] }
        let flags = [
            "text_key": "--text-key", "source_key": "--source-key", "quality_key": "--quality-key",
            "quality_map": "--quality-map", "normalization": "--normalize",
        ]
        for option in audit.options {
            guard let flag = flags[option.name], let value = option.value else { continue }
            if value != "none", !(option.name == "text_key" && value == "text") { words += [flag, value] }
        }
        if !audit.tokenizer.isEstimate {
            words += ["--tokenizer", audit.tokenizer.name]
        } else if let ratio = audit.tokenizer.bytesPerToken, ratio != 4 {
            words += ["--bytes-per-token", "\(ratio)"]
        }
        return ShellWords.joined(words + ["-o", name])
    }
}
