import CorpusAudit
import Quantities

// The counts of further tokenizers, and the texts that occur most often.

extension AuditPart {
    /// Rows of a list that a page shows; the audit file has all.
    private static let listedCopies = 100

    /// The counts of each tokenizer, in total and by source.
    var tokenizerFigures: [PageFigure] {
        let audits = [audit] + audit.byFurtherTokenizer
        var all = PageTable(
            "What each tokenizer counts",
            columns: [
                .text("tokenizer"), .number("tokens\(mark)"), .number("unique"), .number("repeated"),
                .number("hidden epochs"), .number("bytes a token"),
            ])
        for audit in audits {
            all.add([
                audit.tokenizer.name, Quantity.short(audit.totals.tokens), Quantity.short(audit.totals.uniqueTokens),
                Quantity.percent(share(audit.totals.repeatedTokens, of: audit.totals.tokens)),
                Quantity.fixed(audit.totals.hiddenEpochs, decimals: 3),
                audit.tokenizer.bytesPerToken.map { Quantity.fixed($0, decimals: 3) } ?? "–",
            ])
        }
        all.captionKind = "silent"
        var sources = PageTable(
            "Owned unique tokens\(mark) by tokenizer",
            columns: [.text("source")] + audits.map { .number($0.tokenizer.name) })
        for (index, source) in audit.sources.enumerated() {
            sources.add([source.name] + audits.map { Quantity.short($0.sources[index].ownedUniqueTokens) })
        }
        sources.restTitle = "\(Quantity.grouped(sources.rest.count)) more sources"
        if sources.hasRest { sources.tableKind = "search" }
        sources.captionKind = "silent"
        return [
            PageFigure(
                identifier: identifier + "-tokenizers", title: "What each tokenizer counts",
                text: "Plans use the first.", table: all),
            PageFigure(
                identifier: identifier + "-tokenizer-sources", title: "Owned unique tokens\(mark) by tokenizer",
                table: sources),
        ]
    }

    /// The texts that occur most often, if requested.
    var topFigure: PageFigure? {
        guard let copies = audit.topCopies, !copies.isEmpty else { return nil }
        var table = PageTable(
            "The texts that occur most often",
            columns: [
                .text("occurrences"), .number("tokens\(mark)"), .number("bytes"), .text("owner"), .text("shard"),
                .number("record"),
            ])
        for copy in copies.prefix(Self.listedCopies) {
            table.add([
                Quantity.grouped(copy.occurrences), Quantity.grouped(copy.tokens), Quantity.grouped(copy.bytes),
                copy.source, copy.shard, Quantity.grouped(copy.record),
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more texts"
        table.captionKind = "silent"
        let all = copies.count
        return PageFigure(
            identifier: identifier + "-most-copies", title: "The texts that occur most often",
            text: all > Self.listedCopies
                ? "The first \(Self.listedCopies) of \(Quantity.grouped(all)); the audit file lists all." : "",
            table: table, isWide: true)
    }

    /// How the tokens were estimated, where a sample was.
    var sampleDetails: [PageDetail] {
        guard let sample = audit.tokenizer.sample else { return [] }
        let units = sample.strata.reduce(0) { $0 + $1.units }
        func ratio(_ value: Double?, _ interval: ClosedRange<Double>?) -> String {
            guard let value else { return "an unknown number of bytes a token" }
            let reach =
                interval.map { "95 % interval " + Quantity.range($0) { Quantity.significant($0, digits: 4) } }
                ?? "too few for an interval"
            return "\(Quantity.significant(value, digits: 4)) bytes a token (\(reach))"
        }
        let all = PageDetail(
            name: "Sample",
            text: "\(Quantity.grouped(units)) distinct \(unit), \(Quantity.percent(sample.share)) of them: "
                + ratio(audit.tokenizer.bytesPerToken, audit.tokenizer.bytesPerTokenInterval))
        guard sample.strata.count > 1 else { return [all] }
        return [all]
            + sample.strata.prefix(10).map { stratum in
                PageDetail(
                    name: "Sample of",
                    text: "\(stratum.sources.listed(atMost: 3)): "
                        + ratio(stratum.bytesPerToken, stratum.bytesPerTokenInterval))
            }
    }
}
