import Charts
import Quantities
import ScalingLaws

/// A design's part of a page: the runs to train first, and the expected accuracy of their fit.
struct DesignPart {
    private let design: DesignFile
    private let name: String
    private let identifier: String

    init(_ design: DesignFile, name: String, identifier: String) {
        self.design = design
        self.name = name
        self.identifier = identifier
    }

    private func half(_ width: Double) -> String { "±" + Quantity.percent(width / 2) }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Design", title: name)
        section.lead = [
            "Train \(Quantity.count(design.runs.count, "run")) first, for \(Quantity.flops(design.flops)) FLOPs in all. A fit "
                + "of \(design.law) to them forecasts the loss at \(Quantity.flops(design.target.flops)) FLOPs to within "
                + "\(half(design.forecast.width)) (90 %); before any run it is \(half(design.forecast.widthBefore))."
        ]
        section.facts = facts
        section.notes = design.notes.map { .remark($0) }
        section.figures = [runsFigure, widthsFigure, coefficientsTable, runsTable]
        section.remarks = [
            "What the form of the law misses comes on top: 'datawall fit' measures it on the runs.",
            "\(Quantity.count(design.forecast.trials, "law")) were drawn, each run simulated with a scatter of "
                + "\(Quantity.percent(design.scatter)), and the law fitted again"
                + (design.forecast.failures > 0
                    ? "; \(Quantity.grouped(design.forecast.failures)) could not be fitted." : "."),
            "Known before: \(design.knownBefore).",
        ]
        section.details = details
        section.command = PageSection.command(design.madeBy, writing: name, by: "--json >")
        return section
    }

    private var facts: [PageFact] {
        var facts = [
            PageFact(
                name: "runs", value: Quantity.grouped(design.runs.count),
                remark: "over \(Quantity.exact(design.decades)) factors of ten"),
            PageFact(
                name: "FLOPs", value: Quantity.flops(design.flops),
                remark: "of \(Quantity.flops(design.budget)) allowed"),
            PageFact(
                name: "forecast of the loss", value: half(design.forecast.width),
                remark: "before any run \(half(design.forecast.widthBefore))"),
        ]
        if let width = design.forecast.sizeWidth {
            facts.append(
                PageFact(
                    name: "best size, to a factor of", value: Quantity.significant(Elementary.exp(width / 2), digits: 3)
                ))
        }
        if let dollars = design.dollars { facts.append(PageFact(name: "cost", value: Quantity.dollars(dollars))) }
        if let hours = design.acceleratorHours {
            facts.append(PageFact(name: "accelerator-hours", value: Quantity.short(hours)))
        }
        return facts
    }

    private var details: [PageDetail] {
        var details = [
            PageDetail(
                name: "The big run",
                text:
                    "\(Quantity.short(design.target.parameters)) parameters on \(Quantity.short(design.target.tokens)) tokens, "
                    + "the best of \(Quantity.flops(design.target.flops)) FLOPs as far as is known")
        ]
        if let pilots = design.pilots {
            details.append(
                PageDetail(
                    name: "Pilots",
                    text: "\(Quantity.count(pilots.runs, "run")) of \(Quantity.short(pilots.parameters)) parameters on "
                        + "\(Quantity.short(pilots.tokens)) tokens each, \(Quantity.flops(pilots.flops)) FLOPs: \(pilots.command)"
                ))
        }
        return details
    }

    private var levels: [Double] { Set(design.runs.map(\.level)).sorted() }

    private var runsFigure: PageFigure {
        var table = PageTable(
            "Runs by level of compute",
            columns: [.text("FLOPs a run"), .number("runs"), .number("N"), .number("share of the cost")])
        var marks: [PlotMark] = []
        for (index, level) in levels.enumerated() {
            let runs = design.runs.filter { $0.level == level }
            let sizes = runs.map(\.parameters)
            let cost = runs.reduce(0) { $0 + $1.flops }
            table.add([
                Quantity.flops(level), Quantity.grouped(runs.count),
                Quantity.range((sizes.min() ?? 0)...(sizes.max() ?? 0), Quantity.short),
                Quantity.percent(design.flops > 0 ? cost / design.flops : 0),
            ])
            marks.append(
                .points(
                    runs.map { run in
                        PlotPoint(
                            run.parameters, run.tokens,
                            tip:
                                "run \(run.number): N \(Quantity.short(run.parameters)), D \(Quantity.short(run.tokens))\n"
                                + "\(Quantity.count(run.tokens / run.uniqueTokens, "epoch")), \(Quantity.flops(run.flops)) FLOPs"
                        )
                    }, series: index + 1, label: "\(Quantity.flops(level)) FLOPs"))
        }
        marks.append(
            .highlight(
                PlotPoint(
                    design.target.parameters, design.target.tokens,
                    tip:
                        "the big run: N \(Quantity.short(design.target.parameters)), D \(Quantity.short(design.target.tokens))"
                ),
                series: 2, label: "the big run"))
        let drawn = marks
        table.captionKind = "silent"
        return PageFigure(
            identifier + "-plane", title: "The runs and the big run",
            text: "Each symbol is a run to train; a level of compute has a symbol of its own.", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("parameters (N)", scale: .logarithmic, format: .counts),
                y: Axis("training tokens (D)", scale: .logarithmic, format: .counts), marks: drawn
            ).svg
        }
    }

    /// The expected accuracy of this design's forecast, compared with even grids of the same cost.
    private var widthsFigure: PageFigure {
        let names = ["uniform": "an even grid of sizes and tokens", "isoflop": "even IsoFLOP levels"]
        let rows: [(String, Int?, Double)] =
            [("before any run", nil, design.forecast.widthBefore)]
            + design.rivals.map { (names[$0.name] ?? $0.name, $0.runs, $0.width) }
            + [("this design", design.runs.count, design.forecast.width)]
        var table = PageTable(
            "Half the width of the forecast", columns: [.text("runs"), .number("count"), .number("half the width")])
        var bars: [BarRow] = []
        for (index, row) in rows.enumerated() {
            table.add([row.0, row.1.map { Quantity.grouped($0) } ?? "–", half(row.2)])
            bars.append(
                BarRow(
                    row.0,
                    segments: [
                        BarSegment(
                            row.2 / 2, series: index == rows.count - 1 ? 2 : 1,
                            tip: "\(row.0): \(half(row.2)) of the loss")
                    ], end: half(row.2)))
        }
        let drawn = bars
        table.captionKind = "silent"
        return PageFigure(
            identifier + "-widths", title: "How well the big run's loss is forecast",
            text: "Half the width of the forecast's 90 % range; this design and even grids of the same cost.",
            table: table
        ) { frame in
            BarChart(frame: frame, axis: Axis("of the loss", format: .percent), series: [], rows: drawn).svg
        }
    }

    private var coefficientsTable: PageFigure {
        var table = PageTable(
            "What the runs determine",
            columns: [.text("coefficient"), .number("doubt before"), .number("after"), .text("the runs")])
        for coefficient in design.forecast.coefficients {
            table.add([
                coefficient.name, Quantity.significant(coefficient.before, digits: 2),
                Quantity.significant(coefficient.after, digits: 2), coefficient.verdict,
            ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-coefficients", title: "What the runs determine",
            text: "Doubt is a standard deviation, of the logarithm for factors.", table: table)
    }

    private var runsTable: PageFigure {
        var table = PageTable(
            "Every run",
            columns: [
                .text("run"), .number("N"), .number("D"), .number("epochs"), .number("FLOPs"), .number("layers"),
                .number("width"), .number("heads"), .number("feed-forward"), .number("batch, tokens"),
                .number("learning rate"), .text("rule"),
            ])
        for run in design.runs {
            table.add([
                "\(run.number)", Quantity.short(run.parameters), Quantity.short(run.tokens),
                run.uniqueTokens > 0 ? Quantity.short(run.tokens / run.uniqueTokens) : "–", Quantity.flops(run.flops),
                Quantity.grouped(run.layers), Quantity.grouped(run.width), Quantity.grouped(run.heads),
                Quantity.grouped(run.feedForwardWidth), run.batchTokens.map { Quantity.short($0) } ?? "–",
                run.learningRate.map { Quantity.significant($0, digits: 2) } ?? "–", run.rule ?? "–",
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more runs"
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-runs", title: "Every run", table: table, isWide: true)
    }
}
