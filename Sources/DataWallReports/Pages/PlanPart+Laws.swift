import Charts
import Quantities

// What each law advises, and what its advice costs under the others.

extension PlanPart {
    private func advice(
        _ suffix: String, title: String, axis: String, value: (PlanFile.LawAdvice) -> Double,
        range: (PlanFile.LawAdvice) -> ClosedRange<Double>?, recommended: Double
    ) -> PageFigure? {
        guard plan.byLaw.count > 1 else { return nil }
        var table = PageTable(
            title,
            columns: [
                .text("law"), .text("its numbers are"), .number("N"), .text("where N lies"), .number("D"),
                .text("where D lies"), .number("epochs"), .text("where epochs lie"), .number("its loss"),
                .text("over"),
            ])
        var rows: [RangeRow] = []
        for advice in plan.byLaw {
            let bare = "no interval: \(advice.noInterval ?? "the file holds none")"
            let isBare = advice.parametersInterval == nil && advice.tokensInterval == nil
            func lies(_ range: ClosedRange<Double>?) -> String {
                range.map { Quantity.range($0, Quantity.short) } ?? "–"
            }
            table.add([
                advice.law, plan.laws.first { $0.name == advice.law }?.provenance ?? "–",
                Quantity.short(advice.parameters), lies(advice.parametersInterval), Quantity.short(advice.tokens),
                lies(advice.tokensInterval), advice.epochs.map { epochs($0) } ?? "–",
                advice.epochsInterval.map { Quantity.range($0) { epochs($0) } } ?? "–", advice.loss.map(loss) ?? "–",
                isBare ? bare : sets(advice) ?? "–",
            ])
            let range = range(advice)
            let own = Quantity.short(value(advice))
            rows.append(
                RangeRow(
                    advice.law, value: value(advice), range: range,
                    end: range.map { "\(own) (\(Quantity.range($0, Quantity.short)))" } ?? "\(own), no interval",
                    tip: "\(advice.law): N \(Quantity.short(advice.parameters)), D \(Quantity.short(advice.tokens))\n"
                        + (range.map { "90 % of its sets of coefficients: \(Quantity.range($0, Quantity.short))" }
                            ?? bare)))
        }
        let drawn = rows
        let hasBare = plan.byLaw.contains { range($0) == nil }
        return PageFigure(
            identifier + suffix, title: title,
            text:
                "Each law by itself: the point is its best plan, the bar holds 90 % of what its refits or draws from its "
                + "covariance advise\(hasBare ? "; a bare point is a law that has neither" : ""). The rule is the recommendation.",
            table: table
        ) { frame in
            RangeChart(
                frame: frame, axis: Axis(axis, scale: .logarithmic, format: .counts), rows: drawn,
                rule: .verticalRule(recommended, label: "recommended")
            ).svg
        }
    }

    /// What a law's intervals are over.
    private func sets(_ advice: PlanFile.LawAdvice) -> String? {
        guard let members = advice.intervalMembers else { return nil }
        return advice.intervalSource?.text(sets: members) ?? "90 % of \(members) sets"
    }

    var sizesFigure: PageFigure? {
        advice(
            "-sizes", title: "The size that each law advises", axis: "parameters (N)", value: \.parameters,
            range: \.parametersInterval, recommended: best.parameters)
    }

    var tokensFigure: PageFigure? {
        advice(
            "-tokens", title: "The tokens that each law advises", axis: "training tokens (D)", value: \.tokens,
            range: \.tokensInterval, recommended: best.tokens)
    }

    var crossFigure: PageFigure? {
        let advice = plan.byLaw
        guard advice.count > 1, advice.contains(where: { !$0.crossExcess.isEmpty }) else { return nil }
        let names = advice.map(\.law)
        var table = PageTable(
            "What the plan of the law in the row costs under the law in the column, in nats/token",
            columns: [.text("plan of")] + names.map { .number("under \($0)") })
        var cells: [[HeatCell?]] = []
        let largest = advice.flatMap(\.crossExcess).map(\.value).max() ?? 1
        for row in advice {
            let values = names.map { name in row.crossExcess.first { $0.name == name }?.value }
            table.add([row.law] + values.map { $0.map { Quantity.significant($0, digits: 3) } ?? "–" })
            cells.append(
                zip(values, names).map { value, name in
                    value.map {
                        HeatCell(
                            shade: largest > 0 ? $0 / largest : 0, text: Quantity.significant($0, digits: 2),
                            tip:
                                "the plan of \(row.law) is \(Quantity.significant($0, digits: 3)) nats/token above the best "
                                + "of \(name)")
                    }
                })
        }
        let drawn = cells
        return PageFigure(
            identifier + "-cross", title: "What one law's plan costs under another",
            text: "A row of light cells is advice that no other law finds bad.", table: table
        ) { frame in
            HeatMap(
                frame: frame, rows: names, cells: drawn,
                caption: "Each cell: the excess loss, in nats/token, of the row's plan under the column's law."
            ).svg
        }
    }
}
