import Charts
import CorpusAudit
import Quantities

// The items of evaluation sets that are in the corpus.

extension AuditPart {
    /// The items found, by set, and the counts of each source.
    func contaminationFigures(_ found: Audit.Contamination) -> [PageFigure] {
        var sets = PageTable(
            "Items of evaluation sets that are in the corpus",
            columns: [
                .text("set"), .number("items"), .number("contaminated"), .number("share"), .number("covered by 70 %"),
                .number("too short"),
            ])
        for set in found.sets {
            sets.add([
                set.name, Quantity.grouped(set.items), Quantity.grouped(set.contaminated),
                Quantity.percent(share(set.contaminated, of: set.items)), Quantity.grouped(set.covered),
                Quantity.grouped(set.shortItems),
            ])
        }
        var figures = [
            PageFigure(
                identifier: identifier + "-contamination", title: "Evaluation sets",
                text: "An item is contaminated if one document has 13 of its words in a row, or all of a shorter "
                    + "item. It is covered by 70 % if documents hold that share of its sequences of 8 words. Items of "
                    + "fewer than 8 words are not looked for. Left out as boilerplate: "
                    + "\(Quantity.count(found.boilerplateSequences, "sequence")) in more than 1,000 documents.",
                table: sets)
        ]
        let sources = found.sources.filter { $0.all.documents > 0 }
        if !sources.isEmpty {
            var table = PageTable(
                "Distinct documents that contaminate, by the source that owns them",
                columns: [.text("source"), .number("documents"), .number("tokens\(mark)"), .text("sets")])
            for source in sources {
                table.add([
                    source.name, Quantity.grouped(source.all.documents), Quantity.short(source.all.tokens),
                    source.sets.map(\.name).joined(separator: ", "),
                ])
            }
            figures.append(
                PageFigure(
                    identifier: identifier + "-contaminating", title: "Where evaluation sets come from",
                    text: "keep --without-contaminated leaves these documents out.", table: table))
        }
        if !found.items.isEmpty { figures.append(itemFigure(found)) }
        return figures
    }

    /// The items with the longest matches.
    private func itemFigure(_ found: Audit.Contamination) -> PageFigure {
        var table = PageTable(
            "Items by their longest match",
            columns: [
                .text("set"), .text("item"), .number("words"), .number("in a row"), .number("documents"),
                .text("sources"),
            ])
        let longest = found.items.enumerated().sorted {
            ($0.element.longest, $1.offset) > ($1.element.longest, $0.offset)
        }
        for item in longest.map(\.element).prefix(200) {
            table.add([
                item.set, item.id, Quantity.grouped(item.words), Quantity.grouped(item.longest),
                Quantity.grouped(item.documents), item.sources.joined(separator: ", "),
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more items"
        var figure = PageFigure(
            identifier: identifier + "-items", title: "Items found",
            text: "The longest match is the most words of an item in a row in one document.",
            table: table, isWide: true)
        figure.comparisons = longest.map(\.element).compactMap { item in
            guard let example = item.example else { return nil }
            let document = example.document
            func part(_ name: String, _ text: Audit.Contamination.Excerpt) -> PageComparison.Part {
                .init(name: name, before: text.before, match: text.match, after: text.after)
            }
            return PageComparison(
                title: "\(item.set) \(item.id): \(Quantity.count(item.longest, "word")) in a row",
                parts: [
                    part("The item", example.itemText),
                    part(
                        "\(document.shard), record \(Quantity.grouped(document.record)), of \(document.source)",
                        example.documentText),
                ])
        }
        return figure
    }
}
