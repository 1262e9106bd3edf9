import Charts
import Quantities
import ScalingLaws
import TrainingPlanning

/// A sweep's part of a page: a map over two axes, lines over one, and every plan in a table.
struct SweepPart {
    let sweep: SweepFile
    private let name: String
    let identifier: String
    /// The plans of the same page, which are the reader's own places on the map.
    let plans: [(plan: PlanFile, name: String)]

    init(_ sweep: SweepFile, name: String, identifier: String, plans: [(plan: PlanFile, name: String)]) {
        self.sweep = sweep
        self.name = name
        self.identifier = identifier
        self.plans = plans
    }

    private var feasible: [SweepFile.Point] { sweep.points.filter(\.hasPlan) }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Sweep", title: name)
        section.lead = [lead]
        section.facts = facts
        section.notes = notes
        if feasible.count > 1 {
            switch sweep.axes.count {
            case 1: section.figures = lineFigures
            case 2: section.figures = SweepPlane(self).figures
            default: break
            }
        }
        section.figures.append(pointsTable)
        section.details = [
            PageDetail(name: "Laws", text: Set(feasible.compactMap(\.law)).sorted().joined(separator: ", "))
        ]
        if let version = sweep.datawallVersion {
            section.details.append(PageDetail(name: "Version", text: "datawall \(version)"))
        }
        section.command = sweep.madeBy.flatMap { line in
            // Without --json a sweep is written as CSV.
            PageSection.command(line.contains("--json") ? line : line + " --json", writing: name)
        }
        return section
    }

    private var lead: String {
        let axes = sweep.axes.map { axis in
            "\(SweepQuantity(axis.quantity).name) from \(SweepQuantity(axis.quantity).text(axis.values.min() ?? 0)) to "
                + SweepQuantity(axis.quantity).text(axis.values.max() ?? 0)
        }
        return
            "The best plan at \(Quantity.count(sweep.points.count, "combination")) of \(axes.joined(separator: " and "))."
    }

    private func span(_ value: (SweepFile.Point) -> Double?, _ write: (Double) -> String) -> String? {
        let values = feasible.compactMap(value).filter(\.isFinite)
        guard let least = values.min(), let most = values.max() else { return nil }
        return least == most ? write(least) : Quantity.range(least...most, write)
    }

    private var facts: [PageFact] {
        let rows: [(String, String?)] = [
            ("epochs", span(\.epochs) { Quantity.short($0) }),
            ("parameters (N)", span(\.parameters, Quantity.short)),
            ("training tokens (D)", span(\.tokens, Quantity.short)),
            ("loss under the law", span(\.loss) { Quantity.fixed($0, decimals: 3) }),
        ]
        return rows.compactMap { name, value in value.map { PageFact(name: name, value: $0) } }
    }

    private var notes: [PageNote] {
        var notes: [PageNote] = []
        let holes = sweep.points.count - feasible.count
        if holes > 0 {
            let reasons = sweep.points.compactMap(\.reason)
            notes.append(
                .remark(
                    "There is no plan at \(Quantity.grouped(holes)) of \(Quantity.count(sweep.points.count, "point"))"
                        + (reasons.first.map { ", for example: \($0)" } ?? "") + "."))
        }
        if sweep.axes.count > 2 {
            notes.append(
                .remark(
                    "A sweep over \(sweep.axes.count) axes is not drawn: the table lists its plans. Sweep two to see a map."
                ))
        }
        return notes
    }

    // MARK: One axis

    private var lineFigures: [PageFigure] {
        let quantity = SweepQuantity(sweep.axes[0].quantity)
        let points = zip(sweep.axes[0].values, sweep.points).filter { $0.1.hasPlan }.sorted { $0.0 < $1.0 }
        let kinds: [(suffix: String, title: String, axis: Axis, figure: SweepFigure)] = [
            ("-epochs", "Epochs", Axis("epochs", scale: .doublings), .epochs),
            ("-sizes", "Model size", Axis("parameters (N)", scale: .logarithmic, format: .counts), .parameters),
            ("-losses", "Loss", Axis("loss under the law"), .loss),
        ]
        return kinds.compactMap { kind in
            let known = points.compactMap { value, point in kind.figure.value(point).map { (value, $0, point) } }
            guard known.count > 1 else { return nil }
            var table = PageTable(kind.title, columns: [.text(quantity.name), .number(kind.axis.label)])
            for (value, own, point) in known {
                table.add([quantity.text(value), kind.figure.text(own)], range: kind.figure.rangeText(point))
            }
            table.restTitle = "\(Quantity.grouped(table.rest.count)) more"
            table.captionKind = "silent"
            var marks: [PlotMark] = []
            let bands = known.compactMap { value, _, point in
                kind.figure.range(point).map { PlotBand(value, low: $0.lowerBound, high: $0.upperBound) }
            }
            if bands.count > 1 { marks.append(.band(bands, series: 1, label: "its interval")) }
            marks.append(.line(known.map { PlotPoint($0.0, $0.1) }, series: 1, label: "best plan"))
            marks.append(
                .points(
                    known.map { value, own, point in
                        PlotPoint(value, own, tip: "\(quantity.name) \(quantity.text(value))\n\(Self.tip(point))")
                    }, series: 1, label: nil))
            let drawn = marks
            return PageFigure(
                identifier + kind.suffix, title: "\(kind.title) over \(quantity.name)", text: "", table: table
            ) { frame in
                Plot(frame: frame, x: quantity.axis(sweep.axes[0].values), y: kind.axis, marks: drawn).svg
            }
        }
    }

    /// The tip that a pointer shows for a plan.
    static func tip(_ point: SweepFile.Point) -> String {
        guard point.hasPlan else { return "no plan: \(point.reason ?? "the file gives no reason")" }
        var lines: [String] = []
        for figure in [SweepFigure.epochs, .parameters, .tokens, .loss] {
            guard let value = figure.value(point) else { continue }
            let range = figure.rangeText(point)
            lines.append("\(figure.name) \(figure.text(value))" + (range.isEmpty ? "" : " (\(range))"))
        }
        return (lines + [point.status.rawValue.spelled]).joined(separator: "\n")
    }

    // MARK: Every plan

    private var pointsTable: PageFigure {
        let quantities = sweep.axes.map { SweepQuantity($0.quantity) }
        let hasLoss = feasible.contains { $0.loss != nil }
        let hasCost = feasible.contains { $0.cost != $0.loss }
        var table = PageTable(
            "Every plan",
            columns: [.text(quantities.first?.name ?? "point")] + quantities.dropFirst().map { .number($0.name) }
                + [.number("parameters (N)"), .number("tokens (D)"), .number("epochs"), .number("tokens/N")]
                + (hasLoss ? [.number("loss under the law")] : [])
                + (hasCost ? [.number("what is minimised")] : []) + [.text("status")])
        for (index, point) in sweep.points.enumerated() {
            func text(_ value: Double?, _ write: (Double) -> String) -> String { value.map(write) ?? "–" }
            table.add(
                zip(quantities, values(at: index)).map { $0.text($1) } + [
                    text(point.parameters, Quantity.short), text(point.tokens, Quantity.short),
                    text(point.epochs) { Quantity.short($0) }, text(point.tokensPerParameter) { Quantity.short($0) },
                ] + (hasLoss ? [text(point.loss) { Quantity.fixed($0, decimals: 4) }] : [])
                    + (hasCost ? [text(point.cost) { Quantity.significant($0, digits: 4) }] : []) + [
                        point.hasPlan ? point.status.rawValue.spelled : point.reason ?? "infeasible"
                    ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more plans"
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-points", title: "Every plan", table: table, isWide: true)
    }

    /// The values of the axes at a point, the last axis running fastest.
    func values(at index: Int) -> [Double] {
        var rest = index
        var values: [Double] = []
        for axis in sweep.axes.reversed() {
            values.append(axis.values[rest % axis.values.count])
            rest /= axis.values.count
        }
        return values.reversed()
    }
}
