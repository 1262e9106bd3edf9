import Charts
import Quantities
import ScalingLaws
import TrainingPlanning

// The curves that the laws draw around a plan.

extension PlanPart {
    var epochsFigure: PageFigure? {
        let steps = curves.steps
        guard steps.count > 1, let lowest = steps.min(by: { $0.loss < $1.loss }), let own = best.loss else {
            return nil
        }
        var table = PageTable(
            "The best plan at each number of epochs",
            columns: [
                .text("epochs"), .number("parameters"), .number("tokens"), .number("loss\(unitSuffix)"),
                .number("above the lowest"),
            ])
        for step in steps {
            table.add([
                epochs(step.epochs), Quantity.short(step.parameters),
                Quantity.short(step.tokens), loss(step.loss), loss(step.loss - lowest.loss),
            ])
        }
        let curve = curves.curve
        var marks: [PlotMark] = []
        let bands = curve.compactMap { step in
            step.band.map { PlotBand(step.epochs, low: $0.lowerBound, high: $0.upperBound) }
        }
        if bands.count > 1 { marks.append(.band(bands, series: 1, label: ranges)) }
        marks.append(
            .line(curve.map { PlotPoint($0.epochs, $0.loss) }, series: 1, label: "best plan at each number of epochs"))
        marks.append(
            .points(
                steps.map { step in
                    PlotPoint(
                        step.epochs, step.loss,
                        tip:
                            "\(Quantity.count(step.epochs, "epoch"))\nN \(Quantity.short(step.parameters)), "
                            + "D \(Quantity.short(step.tokens))\nloss \(loss(step.loss)) \(lossUnit)")
                }, series: 1, label: nil))
        let isInside = lowest.epochs < (steps.last?.epochs ?? 0)
        if isInside {
            marks.append(.verticalRule(lowest.epochs, label: "beyond \(epochs(lowest.epochs)) epochs, more do not pay"))
        }
        marks.append(
            .highlight(
                PlotPoint(
                    best.epochs, own,
                    tip:
                        "recommended: \(Quantity.count(best.epochs, "epoch")), N \(Quantity.short(best.parameters)), loss \(loss(own))"
                ),
                series: 2, label: "recommended"))
        let drawn = marks
        return PageFigure(
            identifier + "-epochs", title: "Loss against epochs",
            text: "The lowest loss within the budget at each number of passes"
                + (isInside
                    ? "; it stops falling at \(epochs(lowest.epochs))." : "; it falls up to the last one tried.")
                + (bands.count > 1
                    ? " The band is the law's own uncertainty about each of these runs." : ""),
            table: table
        ) { frame in
            Plot(frame: frame, x: Axis("epochs", scale: .doublings), y: Axis("loss\(unitSuffix)"), marks: drawn).svg
        }
    }

    var isoFLOPFigure: PageFigure? {
        let isoFLOPs = curves.isoFLOPs
        guard !isRobust, isoFLOPs.count > 1, let own = best.loss else { return nil }
        var table = PageTable(
            "The lowest point of each curve",
            columns: [
                .text("compute, FLOPs"), .number("parameters"), .number("tokens"), .number("epochs"),
                .number("loss\(unitSuffix)"),
            ])
        for curve in isoFLOPs {
            table.add([
                Quantity.flops(curve.flops), Quantity.short(curve.best.parameters),
                Quantity.short(curve.best.tokens),
                plan.supply.isAmple ? "1" : epochs(curve.best.tokens / plan.supply.uniqueTokens),
                loss(curve.best.loss),
            ])
        }
        let lowest = isoFLOPs.map(\.best.loss).min() ?? own
        let highest = isoFLOPs.map(\.best.loss).max() ?? own
        let room = Swift.max(highest - lowest, 0.02)
        let (floor, ceiling) = (lowest - 0.08 * room, highest + 0.7 * room)
        // Only the stretch that is below the ceiling is of interest.
        let seen = isoFLOPs.flatMap { $0.points.filter { $0.loss <= ceiling }.map(\.parameters) }
        var marks: [PlotMark] = isoFLOPs.enumerated().map { index, curve in
            .line(
                curve.points.filter { $0.parameters >= seen.min() ?? 0 && $0.parameters <= seen.max() ?? .infinity }
                    .map { PlotPoint($0.parameters, $0.loss) },
                series: index + 1, label: "\(Quantity.flops(curve.flops)) FLOPs")
        }
        for (index, curve) in isoFLOPs.enumerated() {
            marks.append(
                .points(
                    [
                        PlotPoint(
                            curve.best.parameters, curve.best.loss,
                            tip: "lowest at \(Quantity.flops(curve.flops)) FLOPs\n"
                                + "N \(Quantity.short(curve.best.parameters)), D \(Quantity.short(curve.best.tokens))\n"
                                + "loss \(loss(curve.best.loss)) \(lossUnit)")
                    ], series: index + 1, label: nil))
        }
        marks.append(
            .highlight(
                PlotPoint(
                    best.parameters, own, tip: "recommended: N \(Quantity.short(best.parameters)), loss \(loss(own))"),
                series: 2, label: "recommended"))
        let drawn = marks
        return PageFigure(
            identifier + "-isoflop", title: "Loss against model size at equal compute",
            text: "Each curve spends one compute: smaller models see more tokens"
                + (plan.supply.isAmple
                    ? "." : ", and so more epochs of the \(Quantity.short(plan.supply.uniqueTokens)) unique ones."),
            table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("parameters (N)", scale: .logarithmic, format: .counts),
                y: Axis("loss\(unitSuffix)", domain: floor...ceiling), marks: drawn
            ).svg
        }
    }

    /// The excess of a law's curve at the size recommended.
    private func excess(in points: [(parameters: Double, excess: Double)]) -> Double? {
        points.min {
            abs($0.parameters / best.parameters - 1) < abs($1.parameters / best.parameters - 1)
        }?.excess
    }

    var excessFigure: PageFigure? {
        guard isRobust else { return nil }
        let excesses = curves.excesses()
        guard excesses.count > 1 else { return nil }
        var table = PageTable(
            "What the recommended size costs under each law",
            columns: [.text("law"), .number("its own best N"), .number("excess at the size recommended\(unitSuffix)")])
        var marks: [PlotMark] = []
        for (index, entry) in excesses.enumerated() {
            let own = plan.families.first { $0.law == entry.law }
            let nearest = excess(in: entry.points)
            table.add([
                entry.law, own.map { Quantity.short($0.parameters) } ?? "–",
                nearest.map { Quantity.fixed($0, decimals: 4) } ?? "–",
            ])
            marks.append(
                .line(
                    entry.points.enumerated().map { place, point in
                        // A tip for each place would be more than anyone reads.
                        PlotPoint(
                            point.parameters, point.excess,
                            tip: place % 4 > 0
                                ? nil
                                : "\(entry.law) at N \(Quantity.short(point.parameters)): "
                                    + "\(Quantity.fixed(point.excess, decimals: 4)) \(lossUnit) above its best")
                    }, series: index + 1, label: entry.law))
        }
        marks.append(.verticalRule(best.parameters, label: "recommended: \(Quantity.short(best.parameters))"))
        let top = excesses.compactMap { excess(in: $0.points) }.max() ?? 0.1
        let drawn = marks
        return PageFigure(
            identifier + "-excess", title: "What a size costs under each law",
            text:
                "Losses of different laws do not compare; how far each is above its own best does. For every size, the "
                + "best number of tokens within the budget.", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("parameters (N)", scale: .logarithmic, format: .counts),
                y: Axis("above the law's own best\(unitSuffix)", domain: 0...Swift.max(top * 2.5, 0.05)), marks: drawn
            ).svg
        }
    }

    /// The cost against epochs, if it is not the loss of one law: dollars, FLOPs, or the expected excess.
    var costFigure: PageFigure? {
        let points = plan.frontier.filter { $0.cost.isFinite }
        let costs = points.map(\.cost)
        guard curves.steps.isEmpty, points.count > 1, let least = costs.min(), let most = costs.max(),
            most - least > 1e-9 * abs(least)
        else { return nil }
        var table = PageTable(
            "The best plan at each number of epochs",
            columns: [.text("epochs"), .number("parameters"), .number("tokens"), .number(costName)])
        for point in points {
            table.add([
                epochs(point.epochs), Quantity.short(point.parameters), Quantity.short(point.tokens),
                amount(point.cost),
            ])
        }
        func height(_ cost: Double) -> Double { costIsExcess ? Elementary.expMinusOne(cost) : cost }
        var drawn: [PlotMark] = [
            .line(points.map { PlotPoint($0.epochs, height($0.cost)) }, series: 1, label: costName),
            .points(
                points.map {
                    PlotPoint(
                        $0.epochs, height($0.cost),
                        tip:
                            "\(Quantity.count($0.epochs, "epoch"))\nN \(Quantity.short($0.parameters)), "
                            + "D \(Quantity.short($0.tokens))\n\(amount($0.cost))")
                }, series: 1, label: nil),
        ]
        if best.epochs >= (points.first?.epochs ?? 0), best.epochs <= (points.last?.epochs ?? 0) {
            drawn.append(.verticalRule(best.epochs, label: "recommended: \(Quantity.count(best.epochs, "epoch"))"))
        }
        let marks = drawn
        let format: TickFormat = costIsExcess ? .percent : (plan.costUnit ?? "").hasPrefix("FLOP") ? .powers : .counts
        return PageFigure(
            identifier + "-cost",
            title: costIsExcess ? "Expected excess against epochs" : "\(plan.objective) against epochs",
            text: "The lowest \(costIsExcess ? costName : "cost") within the limits at each number of epochs.",
            table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("epochs", scale: .doublings), y: Axis(costName, format: format), marks: marks
            ).svg
        }
    }
}
