import Charts
import Quantities
import TrainingPlanning

// What each family of laws advises, and what it says of the run.

extension PlanPart {
    private func advice(
        _ suffix: String, title: String, axis: String, value: (FamilyPlan) -> Double,
        range: (FamilyPlan) -> ClosedRange<Double>?, recommended: Double
    ) -> PageFigure? {
        guard plan.families.count > 1 else { return nil }
        var table = PageTable(
            title,
            columns: [
                .text("family"), .number("weight"), .number("N"), .text("where N lies"), .number("D"),
                .text("where D lies"), .number("epochs"), .text("where epochs lie"),
                .number("loss of the run recommended"), .number("excess of that run"),
            ])
        var rows: [RangeRow] = []
        for advice in plan.families {
            let bare = "no interval: \(advice.noInterval ?? "the file holds none")"
            func lies(_ range: ClosedRange<Double>?) -> String {
                range.map { Quantity.range($0, Quantity.short) } ?? "–"
            }
            table.add([
                advice.family, Quantity.percent(advice.weight),
                Quantity.short(advice.parameters), lies(advice.parametersInterval), Quantity.short(advice.tokens),
                lies(advice.tokensInterval), epochs(advice.epochs), lies(advice.epochsInterval),
                advice.lossInterval.map { Quantity.range($0, loss) } ?? advice.loss.map(loss) ?? "–",
                Quantity.percent(advice.excess),
            ])
            let range = range(advice)
            let own = Quantity.short(value(advice))
            rows.append(
                RangeRow(
                    advice.family, value: value(advice), range: range,
                    end: range.map { "\(own) (\(Quantity.range($0, Quantity.short)))" } ?? "\(own), no interval",
                    tip:
                        "\(advice.family): N \(Quantity.short(advice.parameters)), D \(Quantity.short(advice.tokens))\n"
                        + (range.map { "90 % of its draws: \(Quantity.range($0, Quantity.short))" }
                            ?? bare)))
        }
        let drawn = rows
        let hasBare = plan.families.contains { range($0) == nil }
        return PageFigure(
            identifier + suffix, title: title,
            text:
                "Each family by itself: the point is its best plan, the bar holds 90 % of what its draws "
                + "advise\(hasBare ? "; a bare point is a law without draws" : ""). The rule is the recommendation.",
            table: table
        ) { frame in
            RangeChart(
                frame: frame, axis: Axis(axis, scale: .logarithmic, format: .counts), rows: drawn,
                rule: .verticalRule(recommended, label: "recommended")
            ).svg
        }
    }

    var sizesFigure: PageFigure? {
        advice(
            "-sizes", title: "The size that each family advises", axis: "parameters (N)", value: \.parameters,
            range: \.parametersInterval, recommended: best.parameters)
    }

    var tokensFigure: PageFigure? {
        advice(
            "-tokens", title: "The tokens that each family advises", axis: "training tokens (D)", value: \.tokens,
            range: \.tokensInterval, recommended: best.tokens)
    }

    /// Whether twice the epochs are better, by share of draws.
    var stepsFigure: PageFigure? {
        guard !plan.epochSteps.isEmpty else { return nil }
        var table = PageTable(
            "Whether twice the epochs are better, at the same limits",
            columns: [.text("epochs"), .number("share of the draws"), .number("mean gain")]
                + plan.families.map { .number($0.family) })
        for step in plan.epochSteps {
            table.add(
                [
                    "\(epochs(step.epochs)) → \(epochs(2 * step.epochs))", Quantity.percent(step.share),
                    Quantity.percent(step.gain),
                ] + step.familyShares.map { Quantity.percent($0) })
        }
        return PageFigure(identifier: identifier + "-steps", title: "Does another epoch pay?", table: table)
    }

    /// What keeping the best of the data alone costs.
    var cutsFigure: PageFigure? {
        guard !plan.qualityCuts.isEmpty else { return nil }
        var table = PageTable(
            "The best plan if only the best of the data are kept",
            columns: [
                .text("kept"), .number("mean quality"), .number("unique tokens"), .number("epochs"),
                .number("parameters"), .number("what the cut costs in data"),
            ])
        for cut in plan.qualityCuts {
            table.add([
                Quantity.percent(cut.share), Quantity.significant(cut.meanQuality, digits: 3),
                Quantity.short(cut.uniqueTokens), epochs(cut.epochs), Quantity.short(cut.parameters),
                plan.decision != nil
                    ? Quantity.percent(cut.excess) : Quantity.amount(cut.excess, in: plan.costUnit ?? ""),
            ])
        }
        return PageFigure(identifier: identifier + "-cuts", title: "Keeping only the best data", table: table)
    }
}
