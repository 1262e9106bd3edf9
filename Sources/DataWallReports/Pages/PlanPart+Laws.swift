import Charts
import Quantities
import ScalingLaws
import TrainingPlanning

// The advice of each family of laws, its figures for the run, and the range that it was fitted on.

extension PlanPart {
    private func advice(
        _ suffix: String, title: String, axis: String, value: (FamilyPlan) -> Double,
        range: (FamilyPlan) -> ClosedRange<Double>?, recommended: Double
    ) -> PageFigure? {
        guard plan.families.count > 1 else { return nil }
        var table = PageTable(title, columns: [.text("family"), .number("weight"), .number(axis)])
        var rows: [RangeRow] = []
        for advice in plan.families {
            let bare = "no interval: \(advice.noInterval ?? "the file holds none")"
            let range = range(advice)
            let own = Quantity.short(value(advice))
            table.add(
                [advice.family, Quantity.percent(advice.weight), own],
                range: range.map { Quantity.range($0, Quantity.short) } ?? "")
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
                "The point is the best plan of each family, the bar contains 90 % of what its draws "
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

    /// All fields of each family in the file.
    var familiesTable: PageFigure? {
        guard plan.families.count > 1 else { return nil }
        let isTarget = plan.constraints.limits.targetLoss != nil
        var table = PageTable(
            "What each family of laws advises",
            columns: [
                .text("family"), .text("law"), .number("weight"), .text("decades away (C, epochs, U)"),
                .number("measured error"), .number("draws"), .number("N"), .number("D"), .number("epochs"),
                .number(isTarget ? "at the target" : "excess of the run"), .number("loss of the run"),
            ])
        for advice in plan.families {
            let distance = [advice.distance.compute, advice.distance.epochs, advice.distance.uniqueTokens].map {
                $0.map { Quantity.significant($0, digits: 2) } ?? "unknown"
            }
            table.add(
                [
                    advice.family, advice.law, Quantity.percent(advice.weight), distance.joined(separator: ", "),
                    advice.contrastError.map { Quantity.percent($0) } ?? "–", Quantity.grouped(advice.draws),
                    Quantity.short(advice.parameters), Quantity.short(advice.tokens), epochs(advice.epochs),
                    isTarget ? reach(advice) : Quantity.percentAbove(advice.excess), advice.loss.map(loss) ?? "–",
                ], range: span(advice.lossInterval, loss))
        }
        table.captionKind = "silent"
        let bare = plan.families.compactMap { family in family.noInterval.map { "\(family.law): no interval: \($0)." } }
        return PageFigure(
            identifier: identifier + "-families", title: "What each family of laws advises",
            text:
                "Distances are factors of ten from what a law was fitted on; the measured error is that of differences "
                + "between runs of one budget. " + bare.joined(separator: " "), table: table, isWide: true)
    }

    private func reach(_ family: FamilyPlan) -> String {
        if let missed = family.missedBy {
            return (family.lowestLoss == nil ? "misses by " : "cannot, by ") + Quantity.significant(missed, digits: 2)
        }
        return family.reachedShare.map { "\(Quantity.percent($0)) of draws" } ?? "reached"
    }

    /// Whether twice the epochs are better, by share of draws.
    var stepsFigure: PageFigure? {
        guard !plan.epochSteps.isEmpty else { return nil }
        var table = PageTable(
            "Whether twice the epochs are better, at the same limits",
            columns: [.text("epochs"), .number("better in (share of draws)"), .number("mean gain")]
                + plan.families.map { .number($0.family) })
        for step in plan.epochSteps {
            table.add(
                [
                    "\(epochs(step.epochs)) → \(epochs(2 * step.epochs))", Quantity.percent(step.share),
                    Quantity.percentBelow(step.gain),
                ] + step.familyShares.map { Quantity.percent($0) })
        }
        return PageFigure(
            identifier: identifier + "-steps", title: "Does another epoch pay?", table: table,
            isWide: plan.families.count > 2)
    }

    /// The laws' cards: the source of their numbers, the range that they were fitted on, and their measured errors.
    var lawsTable: PageFigure? {
        guard !plan.laws.isEmpty else { return nil }
        var table = PageTable(
            "The laws",
            columns: [.text("law"), .text("family"), .text("numbers"), .text("fitted on"), .text("measured error")])
        for reference in plan.laws {
            let card = laws.first { $0.card.identifier == reference.name }?.card
            let family = plan.families.first { $0.law == reference.name }?.family ?? card?.family
            let spans = card.map { LawPart.spans(of: $0.validity) } ?? []
            let setup = card.map { Self.setup($0.setup) } ?? []
            let kind = reference.provenance ?? card?.provenance.kind.rawValue
            table.add([
                reference.name, family ?? "–",
                card.map { "\(kind ?? $0.provenance.kind.rawValue): \($0.provenance.source)" }
                    ?? kind.map { "\($0); its card is not known here" } ?? "not known here",
                (setup + spans).isEmpty ? "–" : (setup + spans).joined(separator: "; "),
                card.map(Self.evidence) ?? "–",
            ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-laws", title: "The laws, and what they were fitted on", table: table,
            isWide: true)
    }

    private static func setup(_ setup: ModelSetup) -> [String] {
        [
            setup.corpus, setup.tokenizer.map { "tokenizer \($0)" },
            setup.bytesPerToken.map { "\(Quantity.fixed($0, decimals: 2)) bytes a token" },
            setup.weightDecay.map { "weight decay \(Quantity.significant($0, digits: 3))" },
        ].compactMap { $0 }
    }

    private static func evidence(_ card: ModelCard) -> String {
        let parts = card.evidence.map {
            "\($0.regime.rawValue.spelled): \(Quantity.percent($0.contrastError)) on \($0.runs) runs"
        }
        return parts.isEmpty ? "nobody measured it" : parts.joined(separator: "; ")
    }

    // MARK: One law's advice under another

    /// The cost of each family's advice under the laws of the others: how much their disagreement matters.
    var adviceFigure: PageFigure? {
        let advices = plan.families.filter { family in curves.known.contains { $0.name == family.law } }
        guard advices.count > 1 else { return nil }
        let rows =
            [("recommended", best.parameters, best.tokens)] + advices.map { ($0.family, $0.parameters, $0.tokens) }
        var table = PageTable(
            "Loss of each advice above the best of each law",
            columns: [.text("run")] + advices.map { .number("under \($0.family)") })
        var cells: [[HeatCell?]] = []
        var shares: [[Double?]] = []
        for (_, parameters, tokens) in rows {
            shares.append(
                advices.map { curves.excess(of: $0, parameters: parameters, tokens: tokens) })
        }
        let doubts = advices.map(Self.doubt)
        let most = shares.flatMap { zip($0, doubts).compactMap { share, doubt in share.map { $0 - doubt } } }.max() ?? 0
        for (row, values) in zip(rows, shares) {
            table.add([row.0] + values.map { $0.map { Quantity.percent($0) } ?? "–" })
            cells.append(
                zip(values, zip(advices, doubts)).map { value, law in
                    guard let value else { return nil }
                    let beyond = value - law.1
                    return HeatCell(
                        shade: most > 0 ? Swift.max(beyond, 0) / most : 0,
                        text: String(Quantity.percent(value).dropLast(2)),
                        tip: "\(row.0) under \(law.0.family): \(Quantity.percent(value)) above its best\n"
                            + (beyond > 0 ? "more than" : "within") + " its doubt of \(Quantity.percent(law.1))")
                })
        }
        let drawn = cells
        table.captionKind = "silent"
        return PageFigure(
            identifier + "-advice", title: "How much is at stake",
            text:
                "How far the loss of each advice is above the best of each law. Shades start at the law's own doubt, so "
                + "that differences within it look like none.", table: table
        ) { frame in
            HeatMap(
                frame: frame, rows: rows.map(\.0), columns: advices.map(\.family), cells: drawn,
                caption:
                    "Each cell: percent of the loss that the row's run is above the best of the column's law. Doubt: "
                    + zip(advices, doubts).map { "\($0.family) \(Quantity.percent($1))" }.joined(separator: ", ") + "."
            ).svg
        }
    }

    /// How far a law may be wrong about a difference between runs: the measured error, else half its interval of the
    /// loss.
    private static func doubt(_ family: FamilyPlan) -> Double {
        if let measured = family.contrastError { return measured }
        guard let range = family.lossInterval, range.lowerBound > 0 else { return 0 }
        return (range.upperBound - range.lowerBound) / (range.upperBound + range.lowerBound)
    }
}
