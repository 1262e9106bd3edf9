import CorpusAudit
import Quantities

extension Audit {
    /// How many items of each evaluation set are in the corpus.
    func contaminationTable(_ found: Contamination) -> TextTable {
        var sets = TextTable(heads: ["evaluation set", "items", "contaminated", "", "covered 70 %", "too short"])
        for set in found.sets {
            sets.add([
                set.name, Quantity.grouped(set.items), Quantity.grouped(set.contaminated),
                Quantity.percent(set.items == 0 ? 0 : Double(set.contaminated) / Double(set.items)),
                Quantity.grouped(set.covered), Quantity.grouped(set.shortItems),
            ])
        }
        return sets
    }

    /// The sources that brought items of evaluation sets, and the items with the longest matches.
    func contaminationText(_ found: Contamination, rows: Int = 10) -> [String] {
        var lines: [String] = []
        let sources = found.sources.filter { $0.all.documents > 0 }
        if !sources.isEmpty {
            var table = TextTable(heads: ["contaminated by", "documents", "tokens"])
            for source in sources {
                table.add([
                    source.name, Quantity.grouped(source.all.documents), Quantity.short(source.all.tokens),
                ])
            }
            lines += table.lines + [""]
        }
        let longest = found.items.enumerated().sorted {
            ($0.element.longest, $1.offset) > ($1.element.longest, $0.offset)
        }
        if !longest.isEmpty {
            var table = TextTable(columns: [
                "set": .left, "item": .left, "words": .right, "in a row": .right, "documents": .right, "sources": .left,
            ])
            for item in longest.prefix(rows).map(\.element) {
                table.add([
                    item.set, item.id, Quantity.grouped(item.words), Quantity.grouped(item.longest),
                    Quantity.grouped(item.documents), item.sources.joined(separator: ", "),
                ])
            }
            lines += table.lines
            let rest = longest.count - rows
            if rest > 0 { lines.append("and \(Quantity.grouped(rest)) more items; the audit file lists them") }
            lines.append("")
        }
        let examples = longest.compactMap { item in item.element.example.map { Self.lines(of: item.element, $0) } }
        if !examples.isEmpty { lines += examples.joined().dropFirst() + [""] }
        lines.append(
            "An item is contaminated if one document contains 13 of its words in a row, or all of a shorter item. "
                + "\(Quantity.count(found.boilerplateSequences, "sequence")) in more than 1,000 documents left out.")
        return lines
    }

    /// An item and a document that contains it, with the words that both have between >> and <<.
    private static func lines(of item: Contamination.Item, _ example: Contamination.Example) -> [String] {
        func line(_ text: String) -> String {
            String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }).visible
        }
        func marked(_ text: Contamination.Excerpt) -> String {
            "  \(line(text.before))>>\(line(text.match))<<\(line(text.after))"
        }
        let document = example.document
        return [
            "", "\(item.set) \(item.id), \(Quantity.count(item.longest, "word")) in a row:", marked(example.itemText),
            "\(document.shard.visible), record \(Quantity.grouped(document.record)), of \(document.source):",
            marked(example.documentText),
        ]
    }
}
