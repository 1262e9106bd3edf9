import Charts
import Quantities
import ScalingLaws
import TrainingPlanning

/// A comparison's part of a page: named runs against the best of their compute.
struct ComparisonPart {
    private let comparison: ComparisonFile
    private let name: String
    private let identifier: String

    init(_ comparison: ComparisonFile, name: String, identifier: String) {
        self.comparison = comparison
        self.name = name
        self.identifier = identifier
    }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Comparison", title: name)
        section.lead = comparison.duels.map(verdict)
        if section.lead.isEmpty { section.lead = comparison.runs.prefix(1).map(verdict) }
        section.figures = [gapFigure, runsTable] + [familiesTable].compactMap { $0 }
        section.details = comparison.runs.compactMap { run in
            run.source.map { PageDetail(name: "Source", text: "\(run.name): \($0)") }
        }
        section.command = PageSection.command(comparison.madeBy, writing: name, by: "--json >")
        return section
    }

    private func verdict(_ duel: ComparisonFile.Duel) -> String {
        var line =
            "\(duel.better) has the lower loss: \(Quantity.percentBelow(duel.gain)) below \(duel.worse) in the mean, under "
            + "\(Quantity.percent(duel.share)) of the draws"
        if !duel.dissenters.isEmpty {
            line +=
                "; \(duel.dissenters.joined(separator: ", ")) \(duel.dissenters.count > 1 ? "say" : "says") the reverse"
        }
        if let tokens = duel.breakEven {
            line += ". Both take the same compute after \(Quantity.short(tokens)) tokens served"
        }
        return line + "."
    }

    private func verdict(_ run: ComparisonFile.Run) -> String {
        "\(run.name), at its compute: \(ComparisonReport.verdict(ofGap: run.gap))."
    }

    private var gapFigure: PageFigure {
        var table = PageTable(
            "Loss above the best run of at most the same compute",
            columns: [.text("run"), .number("loss above the best")])
        var rows: [RangeRow] = []
        for run in comparison.runs {
            // As shares, so that the chart shows what the table says.
            let gaps = run.families.map { Elementary.expMinusOne($0.gap) }
            let range = gaps.count > 1 ? (gaps.min() ?? 0)...(gaps.max() ?? 0) : nil
            let text = Quantity.percentAbove(run.gap)
            let rangeText = range.map { Quantity.range($0) { Quantity.percent($0) } } ?? ""
            table.add([run.name, text], range: rangeText)
            rows.append(
                RangeRow(
                    run.name, value: Elementary.expMinusOne(run.gap), range: range, end: text,
                    tip: "\(run.name): \(text) above the best of \(Quantity.flops(run.flops)) FLOPs"
                        + (rangeText.isEmpty ? "" : "\nby family: \(rangeText)")))
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more runs"
        table.captionKind = "silent"
        let drawn = rows
        return PageFigure(
            identifier + "-gaps", title: "Loss above the best run of at most the same compute",
            text: "The point is the weighted mean of the families of laws, the bar spans what they say.", table: table
        ) { frame in
            RangeChart(frame: frame, axis: Axis("loss above the best", format: .percent), rows: drawn).svg
        }
    }

    private var runsTable: PageFigure {
        let hasCosts = comparison.runs.contains { $0.acceleratorHours != nil }
        var table = PageTable(
            "The runs",
            columns: [
                .text("run"), .number("N"), .number("D"), .number("epochs"), .number("D/N"), .number("FLOPs"),
                .number("best N"), .number("its D"), .number("times the best D/N"), .number("loss above the best"),
                .number("FLOPs the best needs"),
            ] + (hasCosts ? [.number("accelerator-hours"), .number("days"), .number("training")] : []))
        for run in comparison.runs {
            table.add(
                [
                    run.name, Quantity.short(run.parameters), Quantity.short(run.tokens),
                    run.epochs.map { Quantity.short($0) } ?? "–",
                    Quantity.significant(run.tokensPerParameter, digits: 4),
                    Quantity.flops(run.flops), Quantity.short(run.bestParameters), Quantity.short(run.bestTokens),
                    Quantity.significant(run.overtraining, digits: 3), Quantity.percentAbove(run.gap),
                    run.equalLossFLOPs.map { Quantity.flops($0) } ?? "< 0.01 %",
                ]
                    + (hasCosts
                        ? [
                            run.acceleratorHours.map { Quantity.short($0) } ?? "–",
                            run.days.map { Quantity.short($0) } ?? "–",
                            run.trainingDollars.map(Quantity.dollars) ?? "–",
                        ] : []))
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more runs"
        table.captionKind = "silent"
        let isOpen = comparison.runs.contains { $0.uniqueTokens == nil }
        return PageFigure(
            identifier: identifier + "-runs", title: "The runs, and the best of their compute",
            text: isOpen ? "A run without epochs is taken to have data to spare." : "", table: table, isWide: true)
    }

    private var familiesTable: PageFigure? {
        guard let first = comparison.runs.first, !first.families.isEmpty else { return nil }
        let laws = first.families.map(\.law)
        var table = PageTable(
            "Loss above the best, by law", columns: [.text("run")] + laws.map { .number($0) })
        table.add(["weight"] + first.families.map { Quantity.percent($0.weight) })
        for run in comparison.runs {
            table.add(
                [run.name]
                    + laws.map { law in
                        run.families.first { $0.law == law }.map { Quantity.percentAbove($0.gap) } ?? "–"
                    })
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more runs"
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-families", title: "Loss above the best, by law",
            text: "Weights are those of the first run.", table: table, isWide: laws.count > 3)
    }
}
