public import CorpusAudit
import Quantities

extension Audit {
    /// The audit as lines for a terminal: the number of unique tokens, by source, and the reasons to doubt it.
    ///
    /// - Parameters:
    ///   - explained: Whether to add copies, overlap, near copies, contamination and every problem.
    ///   - file: The audit file, if one was written, so that the last line can say how to print it again.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false, file: String? = nil) -> [String] {
        var answer = ScreenAnswer()
        answer.say(summary)
        if contamination == nil { answer.skipLine() }
        answer.show(sourceTable, of: "source")
        if !byFurtherTokenizer.isEmpty {
            answer.skipLine()
            answer.show(tokenizerTable, of: "tokenizer")
        }
        if let topCopies, !topCopies.isEmpty {
            answer.show(topCopiesTable(topCopies), of: "text")
        }
        if let contamination {
            answer.show(contaminationTable(contamination), of: "evaluation set")
        }
        answer.remark(doubts)
        answer.explain("Sources", wholeSourceTable.lines)
        if !byFurtherTokenizer.isEmpty { answer.explain("Tokenizers by source", tokenizersOfSources.lines) }
        if totals.repeatedTokens > 0 { answer.explain("Copies", copiesTable.lines) }
        if !overlap.isEmpty { answer.explain("Overlap", overlapTable(rows: 10)) }
        if let contamination { answer.explain("Contamination", contaminationText(contamination)) }
        if let nearDuplicates { answer.explain("Near copies", nearText(nearDuplicates)) }
        if !problemCounts.isEmpty { answer.explain("Damage", damage(listed: 20)) }
        if !skipped.isEmpty { answer.explain("Files not read", skipped.text()) }
        if let file { answer.hint("'datawall audit --show \(file) --explain' prints it later") }
        return answer.lines(explained: explained)
    }

    /// The reasons to doubt the counts, the most serious first.
    private var doubts: [String] {
        let damaged = problemCounts.filter { !$0.kind.isNote }
        var lines: [String] = []
        if !damaged.isEmpty {
            let example = problems.first { !$0.kind.isNote }.map { " The first: \($0)." } ?? ""
            lines.append("! Damage: \(Self.kinds(damaged)). What could be read counts.\(example)")
        }
        lines += skipped.text().map { ($0.hasPrefix("Not read") ? "! " : "") + $0 }
        let notes = problemCounts.filter(\.kind.isNote)
        if !notes.isEmpty { lines.append("Notes: \(Self.kinds(notes)). Nothing was lost.") }
        return lines
    }

    private static func kinds(_ counts: [ProblemCount]) -> String {
        counts.map { "\(Quantity.grouped($0.count)) \($0.kind.rawValue)" }.joined(separator: ", ")
    }

    /// `est.` where tokens are estimates.
    private var mark: String { tokenizer.isEstimate ? " est." : "" }

    private var noTokens: String {
        if totals.bytes > 0 { return "There is too little text for one token." }
        return filtered.isEmpty ? "These files hold no text to count." : "--where left no text to count."
    }

    private var summary: [String] {
        let unit = level == .document ? "documents" : "\(level.rawValue)s"
        var lines = [
            "\(Quantity.short(totals.tokens)) tokens\(mark): \(Quantity.short(totals.uniqueTokens)) unique, "
                + "\(Quantity.short(totals.repeatedTokens)) repeated (\(Self.repeated(totals.repeatedTokens, of: totals.tokens))).",
            totals.tokens == 0
                ? noTokens
                : "One pass over these files is \(Quantity.fixed(totals.hiddenEpochs, decimals: 3)) epochs of the unique "
                    + "text (exact copies of \(unit) only: a lower bound).",
            "\(Quantity.count(totals.documents, "document")) in \(Quantity.count(totals.shards, "shard")), "
                + "\(Quantity.bytes(totals.bytes)) of \(options.holdsTokens ? "token ids" : "text").",
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
            lines.append("Tokens are estimated (est.) at \(ratio) bytes a token. --tokenizer NAME counts them.")
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

    private static func repeated(_ tokens: Int, of all: Int) -> String {
        Quantity.percent(all == 0 ? 0 : Double(tokens) / Double(all))
    }

    /// The sources with the figures that decide, those with most tokens first.
    private var sourceTable: TextTable {
        var table = TextTable(columns: [
            "source": .left, "documents": .right, "tokens\(mark)": .right, "unique": .right, "owned": .right,
            "repeated": .right, "hidden epochs": .right,
        ])
        let order = sources.indices.sorted { (sources[$1].tokens, $0) < (sources[$0].tokens, $1) }
        for source in order.map({ sources[$0] }) {
            table.add([
                source.name, Quantity.grouped(source.documents), Quantity.short(source.tokens),
                Quantity.short(source.uniqueTokens), Quantity.short(source.ownedUniqueTokens),
                Self.repeated(source.repeatedTokens, of: source.tokens),
                Quantity.fixed(source.hiddenEpochs, decimals: 3),
            ])
        }
        table.addSum([
            "all", Quantity.grouped(totals.documents), Quantity.short(totals.tokens),
            Quantity.short(totals.uniqueTokens), Quantity.short(totals.uniqueTokens),
            Self.repeated(totals.repeatedTokens, of: totals.tokens), Quantity.fixed(totals.hiddenEpochs, decimals: 3),
        ])
        return table
    }

    /// The columns that the first table leaves out.
    private var wholeSourceTable: TextTable {
        var table = TextTable(columns: [
            "source": .left, "shards": .right, "bytes": .right, "exclusive\(mark)": .right, "quality": .right,
            "cap": .right,
        ])
        for source in sources {
            table.add([
                source.name, Quantity.grouped(source.shards), Quantity.bytes(source.bytes),
                Quantity.short(source.exclusiveTokens), Quantity.significant(source.quality, digits: 3),
                source.maximumEpochs.map { Quantity.significant($0, digits: 3) } ?? "–",
            ])
        }
        table.add([
            "all", Quantity.grouped(totals.shards), Quantity.bytes(totals.bytes), "",
            Quantity.significant(
                totals.uniqueTokens == 0 ? 1 : totals.weightedUniqueTokens / Double(totals.uniqueTokens), digits: 3),
        ])
        return table
    }

    /// The counts of each tokenizer.
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
            "tokens with copies": .right,
        ])
        for bucket in copies {
            table.add([
                bucket.from == bucket.to ? "\(bucket.from)" : "\(bucket.from)–\(bucket.to)",
                Quantity.grouped(bucket.units), Quantity.short(bucket.tokens), Quantity.short(bucket.occurrenceTokens),
            ])
        }
        return table
    }

    private func topCopiesTable(_ copies: [TopCopy]) -> TextTable {
        var table = TextTable(columns: [
            "most repeated": .right, "tokens\(mark)": .right, "bytes": .right, "owner": .left, "": .left,
            "record": .right,
        ])
        for copy in copies {
            table.add([
                Quantity.grouped(copy.occurrences), Quantity.grouped(copy.tokens), Quantity.grouped(copy.bytes),
                copy.source, copy.shard, Quantity.grouped(copy.record),
            ])
        }
        return table
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
        let (damage, notes) = (problemCounts.filter { !$0.kind.isNote }, problemCounts.filter(\.kind.isNote))
        // Of notes, those that are not listed are like those that are.
        let total = damage.reduce(0) { $0 + $1.count } + problems.count(where: \.kind.isNote)
        var lines: [String] = []
        if !damage.isEmpty { lines.append("Damage: \(Self.kinds(damage)). What could be read counts.") }
        if !notes.isEmpty { lines.append("Notes: \(Self.kinds(notes)). Nothing was lost.") }
        if let replaced = tokenizer.replacedSequences, replaced > 0 {
            lines.append("  \(Quantity.grouped(replaced)) sequences that are not UTF-8 count as U+FFFD.")
        }
        lines += problems.prefix(listed).map { "  \($0)" }
        if total > listed {
            let rest = total - listed
            let inFile = problems.count - listed
            lines.append(
                "  and \(Quantity.grouped(rest)) more; the audit file lists "
                    + (inFile < rest ? "\(Quantity.grouped(max(0, inFile))) of them" : "them"))
        }
        return lines
    }
}
