public import CorpusAudit
import Quantities

extension Audit {
    /// The audit as lines for a terminal: what it holds, by source, how often texts occur, what sources share, damage.
    ///
    /// - Parameter listedProblems: How many problems are told in full.
    /// - Returns: The lines, without line ends.
    public func text(listedProblems: Int = 5) -> [String] {
        var lines = summary
        lines += [""] + sourceTable.lines
        if !byFurtherTokenizer.isEmpty { lines += [""] + tokenizerTable.lines + [""] + tokenizersOfSources.lines }
        if totals.repeatedTokens > 0 { lines += [""] + copiesTable.lines }
        if let topCopies, !topCopies.isEmpty { lines += [""] + topCopiesTable(topCopies, rows: 20) }
        if !overlap.isEmpty { lines += [""] + overlapTable(rows: 10) }
        if let contamination { lines += [""] + contaminationText(contamination) }
        if let nearDuplicates { lines += [""] + nearText(nearDuplicates) }
        if !problemCounts.isEmpty { lines += [""] + damage(listed: listedProblems) }
        if !skipped.isEmpty { lines += [""] + skipped.text() }
        return lines
    }

    /// `est.` where tokens are estimates.
    private var mark: String { tokenizer.isEstimate ? " est." : "" }

    private var summary: [String] {
        let unit = level == .document ? "documents" : "\(level.rawValue)s"
        var lines = [
            "\(Quantity.count(totals.documents, "document")) in \(Quantity.count(totals.shards, "shard")), "
                + "\(Quantity.bytes(totals.bytes)) of \(options.holdsTokens ? "token ids" : "text")",
            "\(Quantity.short(totals.tokens)) tokens\(mark): \(Quantity.short(totals.uniqueTokens)) unique, "
                + "\(Quantity.short(totals.repeatedTokens)) repeated "
                + "(\(Quantity.percent(totals.tokens == 0 ? 0 : Double(totals.repeatedTokens) / Double(totals.tokens))))",
            "One pass over these files is \(Quantity.fixed(totals.hiddenEpochs, decimals: 3)) epochs of the distinct "
                + "text (exact copies of \(unit) only: a lower bound).",
        ]
        if !filtered.isEmpty {
            let count = filtered.reduce(0) { $0 + $1.documents }
            let sources = filtered.prefix(5).map { "\($0.source) \(Quantity.grouped($0.documents))" }
            lines.append(
                "\(Quantity.count(count, "record")) left out by --where (\(sources.joined(separator: ", "))"
                    + "\(filtered.count > 5 ? ", …" : ""))")
        }
        lines += nearSummary
        if let sample = tokenizer.sample {
            lines += sampleLines(sample)
        } else if tokenizer.isEstimate {
            let ratio = tokenizer.bytesPerToken.map { Quantity.significant($0, digits: 3) } ?? "an unknown number of"
            lines.append("Tokens are estimated (est.) at \(ratio) bytes a token; --tokenizer counts them.")
        } else {
            let ratio = tokenizer.bytesPerToken.map { ", \(Quantity.fixed($0, decimals: 3)) bytes a token" } ?? ""
            lines.append("Tokens of \(tokenizer.name)\(tokenizer.isCertified ? "" : " (not certified)")\(ratio).")
        }
        return lines
    }

    private func sampleLines(_ sample: Sample) -> [String] {
        let units = sample.strata.reduce(0) { $0 + $1.units }
        func ratio(_ value: Double?, _ interval: ClosedRange<Double>?) -> String {
            guard let value else { return "an unknown number of bytes a token" }
            let reach =
                interval.map {
                    "95 % interval \(Quantity.significant($0.lowerBound, digits: 4)) to "
                        + Quantity.significant($0.upperBound, digits: 4)
                } ?? "too few for an interval"
            return "\(Quantity.significant(value, digits: 4)) bytes a token (\(reach))"
        }
        let unit = units == 1 ? level.rawValue : "\(level.rawValue)s"
        var lines = [
            "Tokens of \(tokenizer.name) are estimated (est.) from \(Quantity.grouped(units)) distinct \(unit), a sample of "
                + "\(Quantity.percent(sample.share)): "
                + "\(ratio(tokenizer.bytesPerToken, tokenizer.bytesPerTokenInterval))."
        ]
        if sample.strata.count > 1 {
            for stratum in sample.strata.prefix(10) {
                let names =
                    stratum.sources.count > 3
                    ? "\(stratum.sources.count) other sources" : stratum.sources.joined(separator: ", ")
                lines.append("  \(names): \(ratio(stratum.bytesPerToken, stratum.bytesPerTokenInterval))")
            }
        }
        return lines
    }

    private var sourceTable: TextTable {
        var table = TextTable(columns: [
            "source": .left, "documents": .right, "tokens\(mark)": .right, "unique": .right, "owned": .right,
            "exclusive": .right, "repeated": .right, "hidden epochs": .right, "quality": .right, "cap": .right,
        ])
        for source in sources {
            table.add([
                source.name, Quantity.grouped(source.documents), Quantity.short(source.tokens),
                Quantity.short(source.uniqueTokens), Quantity.short(source.ownedUniqueTokens),
                Quantity.short(source.exclusiveTokens),
                Quantity.percent(source.tokens == 0 ? 0 : Double(source.repeatedTokens) / Double(source.tokens)),
                Quantity.fixed(source.hiddenEpochs, decimals: 3), Quantity.significant(source.quality, digits: 3),
                source.maximumEpochs.map { Quantity.significant($0, digits: 3) } ?? "–",
            ])
        }
        table.add([
            "all", Quantity.grouped(totals.documents), Quantity.short(totals.tokens),
            Quantity.short(totals.uniqueTokens),
            Quantity.short(totals.uniqueTokens), "",
            Quantity.percent(totals.tokens == 0 ? 0 : Double(totals.repeatedTokens) / Double(totals.tokens)),
            Quantity.fixed(totals.hiddenEpochs, decimals: 3),
            Quantity.significant(
                totals.uniqueTokens == 0 ? 1 : totals.weightedUniqueTokens / Double(totals.uniqueTokens), digits: 3),
        ])
        return table
    }

    /// What each tokenizer counted.
    private var tokenizerTable: TextTable {
        var table = TextTable(columns: [
            "tokenizer": .left, "tokens\(mark)": .right, "unique": .right, "repeated": .right, "hidden epochs": .right,
            "bytes a token": .right,
        ])
        for audit in [self] + byFurtherTokenizer {
            table.add([
                audit.tokenizer.name, Quantity.short(audit.totals.tokens), Quantity.short(audit.totals.uniqueTokens),
                Quantity.percent(
                    audit.totals.tokens == 0
                        ? 0 : Double(audit.totals.repeatedTokens) / Double(audit.totals.tokens)),
                Quantity.fixed(audit.totals.hiddenEpochs, decimals: 3),
                audit.tokenizer.bytesPerToken.map { Quantity.fixed($0, decimals: 3) } ?? "–",
            ])
        }
        return table
    }

    /// Owned unique tokens of each source by each tokenizer.
    private var tokenizersOfSources: TextTable {
        let audits = [self] + byFurtherTokenizer
        var table = TextTable(heads: ["owned unique\(mark)"] + audits.map(\.tokenizer.name))
        for (index, source) in sources.enumerated() {
            table.add([source.name] + audits.map { Quantity.short($0.sources[index].ownedUniqueTokens) })
        }
        return table
    }

    private var copiesTable: TextTable {
        var table = TextTable(columns: [
            "occurrences": .right, "distinct \(level.rawValue)s": .right, "their tokens\(mark)": .right,
            "tokens as they lie": .right,
        ])
        for bucket in copies {
            table.add([
                bucket.from == bucket.to ? "\(bucket.from)" : "\(bucket.from)–\(bucket.to)",
                Quantity.grouped(bucket.units), Quantity.short(bucket.tokens), Quantity.short(bucket.occurrenceTokens),
            ])
        }
        return table
    }

    private func topCopiesTable(_ copies: [TopCopy], rows: Int) -> [String] {
        var table = TextTable(columns: [
            "most repeated": .right, "tokens\(mark)": .right, "bytes": .right, "owner": .left, "": .left,
            "record": .right,
        ])
        for copy in copies.prefix(rows) {
            table.add([
                Quantity.grouped(copy.occurrences), Quantity.grouped(copy.tokens), Quantity.grouped(copy.bytes),
                copy.source, copy.shard, Quantity.grouped(copy.record),
            ])
        }
        let rest = copies.count - rows
        return table.lines + (rest > 0 ? ["and \(Quantity.grouped(rest)) more; the audit file lists them"] : [])
    }

    private func overlapTable(rows: Int) -> [String] {
        var table = TextTable(columns: [
            "in both": .left, "": .left, "\(level.rawValue)s": .right, "tokens\(mark)": .right,
        ])
        let largest = overlap.enumerated().sorted { ($0.element.tokens, $1.offset) > ($1.element.tokens, $0.offset) }
        for pair in largest.prefix(rows).map(\.element) {
            table.add([pair.first, pair.second, Quantity.grouped(pair.units), Quantity.short(pair.tokens)])
        }
        let rest = overlap.count - rows
        return table.lines + (rest > 0 ? ["and \(Quantity.grouped(rest)) more pairs of sources"] : [])
    }

    private func damage(listed: Int) -> [String] {
        func kinds(_ counts: [ProblemCount]) -> String {
            counts.map { "\(Quantity.grouped($0.count)) \($0.kind.rawValue)" }.joined(separator: ", ")
        }
        let (damage, notes) = (problemCounts.filter { !$0.kind.isNote }, problemCounts.filter(\.kind.isNote))
        // Of notes, those that are not listed are like those that are.
        let total = damage.reduce(0) { $0 + $1.count } + problems.count(where: \.kind.isNote)
        var lines: [String] = []
        if !damage.isEmpty { lines.append("Damage: \(kinds(damage)). What could be read counts.") }
        if !notes.isEmpty { lines.append("Notes: \(kinds(notes)). Nothing was lost.") }
        if let replaced = tokenizer.replacedSequences, replaced > 0 {
            lines.append("  \(Quantity.grouped(replaced)) sequences that are not UTF-8 count as U+FFFD.")
        }
        lines += problems.prefix(listed).map { "  \($0)" }
        if total > listed { lines.append("  and \(Quantity.grouped(total - listed)) more; the audit file lists them") }
        return lines
    }
}
