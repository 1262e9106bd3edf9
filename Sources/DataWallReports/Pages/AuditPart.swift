import CorpusAudit
import Quantities

/// An audit's part of a page.
struct AuditPart {
    let audit: Audit
    private let name: String
    let identifier: String

    init(_ audit: Audit, name: String, identifier: String) {
        self.audit = audit
        self.name = name
        self.identifier = identifier
    }

    /// `est.` where tokens are estimates.
    var mark: String { audit.tokenizer.isEstimate ? " est." : "" }
    /// The unit of counting, in the plural.
    var unit: String { audit.level.rawValue + "s" }
    var totals: Audit.Totals { audit.totals }

    func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Audit", title: name)
        section.lead = [lead]
        section.facts = facts
        section.notes = notes
        section.figures = [sourceFigure]
        if let groupFigure { section.figures.append(groupFigure) }
        if totals.repeatedTokens > 0 { section.figures.append(copiesFigure) }
        if !audit.overlap.isEmpty { section.figures.append(overlapFigure) }
        section.figures.append(sourceTable)
        if !audit.byFurtherTokenizer.isEmpty { section.figures += tokenizerFigures }
        if let topFigure { section.figures.append(topFigure) }
        if let near = audit.nearDuplicates {
            section.figures.append(nearFigure(near))
            if !near.overlap.isEmpty { section.figures.append(nearOverlapFigure(near)) }
        }
        if let found = audit.contamination { section.figures += contaminationFigures(found) }
        if let qualityFigure { section.figures.append(qualityFigure) }
        if !audit.problemCounts.isEmpty { section.figures += problemFigures }
        if !audit.skipped.isEmpty { section.figures.append(skippedFigure) }
        section.details = details
        section.command = audit.madeBy
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
        ] + nearFacts
    }

    private var notes: [PageNote] {
        var notes: [PageNote] = []
        if !audit.isComplete {
            notes.append(.warning("Not all that was named could be read: the counts are of what could."))
        }
        if !audit.listsSkippedFiles { notes.append(.warning(Audit.unlistedFiles)) }
        if !audit.unread.isEmpty {
            notes.append(.warning("\(audit.unread.inWords) were not read; they may hold data."))
        }
        if audit.tokenizer.isEstimate {
            let ratio =
                audit.tokenizer.bytesPerToken.map { Quantity.significant($0, digits: 3) } ?? "an unknown number of"
            notes.append(
                .remark(
                    "Tokens are estimated (est.) at \(ratio) bytes a token; an audit with --tokenizer counts them."))
        }
        let damaged = audit.problemCounts.reduce(0) { $1.kind.isNote ? $0 : $0 + $1.count }
        if damaged > 0 {
            notes.append(
                .warning(
                    "\(Quantity.grouped(damaged)) \(damaged == 1 ? "problem was" : "problems were") met while reading; "
                        + "what could be read counts."))
        }
        return notes
    }

    private var details: [PageDetail] {
        var details = [
            PageDetail(
                name: "Read",
                text: "\(Quantity.count(totals.documents, "document")) in \(Quantity.count(totals.shards, "shard")), "
                    + "by \(audit.level.rawValue)"),
            PageDetail(
                name: "Exactness",
                text: "counts are exact up to collisions of a 128-bit hash"
                    + (audit.tokenizer.isEstimate ? "; tokens are estimates from bytes" : "")),
            PageDetail(name: "Tokens", text: tokenizer),
            PageDetail(name: "Version", text: "datawall \(audit.datawallVersion)"),
        ]
        details += sampleDetails
        if !audit.filtered.isEmpty {
            let count = audit.filtered.reduce(0) { $0 + $1.documents }
            details.append(
                PageDetail(
                    name: "Left out by --where",
                    text: "\(Quantity.count(count, "record")) of \(Quantity.count(audit.filtered.count, "source"))"))
        }
        if let replaced = audit.tokenizer.replacedSequences, replaced > 0 {
            details.append(
                PageDetail(
                    name: "Not UTF-8", text: "\(Quantity.count(replaced, "sequence")), counted as U+FFFD"))
        }
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
}
