import Quantities

// Rewritten or synthetic tokens on a page.

extension PlanPart {
    var derivedFigure: PageFigure? {
        guard let derived = plan.derived else { return nil }
        var table = PageTable(
            PlanFile.Derived.thresholdTitle,
            columns: [.number("epochs"), .number("parameters"), .number("worth above"), .number("by family")])
        for cells in derived.thresholdCells { table.add(cells) }
        return PageFigure(
            identifier: identifier + "-derived", title: "Derived tokens: \(derived.name.visible)",
            text: derived.lines(saving, rise).joined(separator: " ")
                + " The worth is the user's number: no published law gives it.",
            table: table)
    }
}
