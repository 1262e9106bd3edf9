import Charts
import LawFitting
import OrderedJSON
import Quantities
import ScalingLaws
import TrainingPlanning

/// A fit's part of a page.
struct FitPart {
    let fit: FitFile
    private let name: String
    let identifier: String

    init(_ fit: FitFile, name: String, identifier: String) {
        self.fit = fit
        self.name = name
        self.identifier = identifier
    }

    private var level: String { Quantity.level(fit.intervalLevel) }
    private func number(_ value: Double) -> String { Quantity.significant(value, digits: 5) }
    private func span(_ range: ClosedRange<Double>?) -> String { range.map { Quantity.range($0, number) } ?? "–" }

    /// An interval, unless it is open at both ends.
    private func range(_ ends: FitFile.Ends?) -> ClosedRange<Double>? {
        ends.flatMap { $0.range == -.infinity ... .infinity ? nil : $0.range }
    }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Fit", title: name)
        section.lead = ["\(fit.law), fitted to \(Quantity.count(fit.runs, "run")).", "L = \(fit.formula)"]
        section.facts = facts
        if !fit.isConverged {
            section.notes.append(.warning("The search did not come to rest: the values are not an optimum."))
        }
        section.notes += fit.warnings.map { .warning($0) }
        section.figures = [coefficientFigure]
        section.figures += residualFigures
        for figure in [allocationFigure, isoFLOPFigure, computeFigure] {
            if let figure { section.figures.append(figure) }
        }
        if let scoreFigure { section.figures.append(scoreFigure) }
        if let comparisonFigure { section.figures.append(comparisonFigure) }
        section.details = details
        section.command = PageSection.command(fit.madeBy, writing: name, by: "--json >")
        return section
    }

    private var facts: [PageFact] {
        var facts = [PageFact(name: "runs", value: Quantity.grouped(fit.runs), remark: fit.lossUnit.rawValue)]
        if let median = fit.medianRelativeError {
            facts.append(
                PageFact(
                    name: "median error", value: Quantity.percent(median),
                    remark: fit.repeatability.map { "equal runs scatter \(Quantity.percent($0))" } ?? "of the loss"))
        }
        if let value = fit.determination {
            facts.append(PageFact(name: "R²", value: Quantity.fixed(value, decimals: 4)))
        }
        if let worst = fit.residuals.map({ abs(Elementary.expMinusOne($0.logResidual)) }).max() {
            facts.append(PageFact(name: "worst error", value: Quantity.percent(worst), remark: "of the loss"))
        }
        return facts
    }

    // MARK: Coefficients

    private var coefficientFigure: PageFigure {
        var table = PageTable(
            "Coefficients",
            columns: [
                .text("coefficient"), .number("value"), .number("std. error"), .number("\(level) bootstrap interval"),
                .number("profile interval"), .text("how far the runs determine it"),
            ])
        var rows: [RangeRow] = []
        for (name, coefficient) in fit.coefficients {
            let value = coefficient.value
            table.add([
                name, value.map { number($0) } ?? "–", coefficient.standardError.map { number($0) } ?? "–",
                span(range(coefficient.interval)), span(range(coefficient.profileInterval)),
                coefficient.isFitted ? coefficient.identifiability?.rawValue ?? "–" : "held",
            ])
            guard coefficient.isFitted, let value, value != 0 else { continue }
            guard let range = range(coefficient.interval) ?? range(coefficient.profileInterval) else { continue }
            rows.append(
                RangeRow(
                    name, value: 1, range: Self.relative(range, to: value),
                    end: "\(number(value)) (\(span(range)))",
                    tip: "\(name) \(number(value)), \(level) interval \(span(range))"))
        }
        guard !rows.isEmpty else {
            return PageFigure(identifier: identifier + "-coefficients", title: "Coefficients", table: table)
        }
        let drawn = rows
        return PageFigure(
            identifier + "-coefficients", title: "How sure each coefficient is",
            text:
                "Each interval in parts of its estimate: a long bar is a coefficient that these runs hardly determine."
                + (fit.bootstrap.map { " From \(Quantity.grouped($0.samples)) resamples." } ?? ""),
            table: table
        ) { frame in
            RangeChart(
                frame: frame, axis: Axis("in parts of the estimate", format: .factors, domain: Self.domain(drawn)),
                rows: drawn, rule: .verticalRule(1, label: "")
            ).svg
        }
    }

    private static func relative(_ range: ClosedRange<Double>, to value: Double) -> ClosedRange<Double> {
        let ends = [range.lowerBound / value, range.upperBound / value]
        return (ends.min() ?? 1)...(ends.max() ?? 1)
    }

    /// From 0 to the largest end, but at most three times the estimate, so that one extreme coefficient does not hide
    /// the others.
    private static func domain(_ rows: [RangeRow]) -> ClosedRange<Double> {
        let ends = rows.compactMap(\.range).flatMap { [$0.lowerBound, $0.upperBound] }.filter(\.isFinite)
        let low = Swift.max(Swift.min(ends.min() ?? 0.5, 0.9), -1)
        let high = Swift.min(Swift.max(ends.max() ?? 1.5, 1.1), 3)
        return (low - 0.05 * (high - low))...(high + 0.05 * (high - low))
    }

    // MARK: Residuals

    private var residualFigures: [PageFigure] {
        guard !fit.residuals.isEmpty else { return [] }
        let kinds: [(suffix: String, title: String, axis: Axis, value: (FitFile.Residual) -> Double)] = [
            (
                "-by-size", "Errors against model size", Axis("parameters (N)", scale: .logarithmic, format: .counts),
                \.parameters
            ),
            (
                "-by-tokens", "Errors against tokens",
                Axis("training tokens (D)", scale: .logarithmic, format: .counts), \.tokens
            ),
            ("-by-epochs", "Errors against epochs", Axis("epochs", scale: .doublings), \.epochs),
        ]
        let table = residualTable
        var figures: [PageFigure] = []
        for kind in kinds {
            let values = fit.residuals.map(kind.value)
            guard let low = values.min(), let high = values.max(), high > low * 1.0001 else { continue }
            let isFirst = figures.isEmpty
            let points = fit.residuals.map { residual in
                // The tip of the first chart describes a run in full; those of the others only name it.
                PlotPoint(
                    kind.value(residual), residual.logResidual,
                    tip: isFirst
                        ? "row \(residual.row): N \(Quantity.short(residual.parameters)), "
                            + "D \(Quantity.short(residual.tokens))\n"
                            + "loss \(Quantity.fixed(residual.loss, decimals: 4)), predicted "
                            + Quantity.fixed(residual.predicted, decimals: 4)
                        : "row \(residual.row): \(Quantity.percentAbove(residual.logResidual))")
            }
            figures.append(
                PageFigure(
                    identifier + kind.suffix, title: kind.title,
                    text: isFirst
                        ? "log of the predicted over the measured loss, run by run: above the line the law promises too "
                            + "little. A pattern is something that the law misses." : "",
                    table: isFirst ? table : summary(along: kind.title, values)
                ) { frame in
                    Plot(
                        frame: frame, x: kind.axis, y: Axis("log(predicted / measured)", format: .percent),
                        marks: [.horizontalRule(0, label: ""), .points(points, series: 1, label: nil)],
                        height: frame.width < 500 ? 200 : 230
                    ).svg
                })
        }
        return figures
    }

    private var residualTable: PageTable {
        var table = PageTable(
            "The runs with the largest errors first",
            columns: [
                .text("row"), .number("N"), .number("D"), .number("epochs"), .number("loss"), .number("predicted"),
                .number("error"),
            ])
        let worst = fit.residuals.enumerated().sorted {
            (abs($0.element.logResidual), $1.offset) > (abs($1.element.logResidual), $0.offset)
        }.map(\.element)
        for residual in worst.prefix(400) {
            table.add([
                "\(residual.row)", Quantity.short(residual.parameters), Quantity.short(residual.tokens),
                Quantity.short(residual.epochs), Quantity.fixed(residual.loss, decimals: 4),
                Quantity.fixed(residual.predicted, decimals: 4), Quantity.percentAbove(residual.logResidual),
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more runs"
        if worst.count > 400 {
            table.restTitle += " of \(Quantity.grouped(worst.count - PageTable.shown)); --residuals writes all"
        }
        return table
    }

    /// The mean error by thirds of a quantity.
    private func summary(along title: String, _ values: [Double]) -> PageTable {
        var table = PageTable(
            title, columns: [.text("from"), .number("to"), .number("runs"), .number("mean error"), .number("worst")])
        let sorted = zip(values, fit.residuals.map(\.logResidual)).sorted { $0.0 < $1.0 }
        let size = Swift.max((sorted.count + 2) / 3, 1)
        var start = 0
        while start < sorted.count {
            var end = Swift.min(start + size, sorted.count)
            // Runs of one value stay together.
            while end < sorted.count, sorted[end].0 == sorted[end - 1].0 { end += 1 }
            let part = sorted[start..<end]
            let mean = part.reduce(0) { $0 + $1.1 } / Double(part.count)
            table.add([
                Quantity.short(part.first?.0 ?? 0), Quantity.short(part.last?.0 ?? 0), "\(part.count)",
                Quantity.percent(mean), Quantity.percent(part.map { abs($0.1) }.max() ?? 0),
            ])
            start = end
        }
        return table
    }

    // MARK: Allocation, hold-out, comparison

    private var allocationFigure: PageFigure? {
        guard let estimates = fit.allocation?.estimates, !estimates.isEmpty else { return nil }
        var table = PageTable(
            "N = k·C^a by three approaches",
            columns: [.text("approach"), .number("exponent of N"), .number("exponent of D"), .number("points")])
        var marks: [PlotMark] = []
        let computes = estimates.flatMap(\.points).map(\.compute)
        let span = fit.range.compute
        for (index, estimate) in estimates.enumerated() {
            let approach = estimate.approach.rawValue
            table.add([
                approach, Quantity.fixed(estimate.parameters.exponent, decimals: 4),
                Quantity.fixed(estimate.tokensExponent, decimals: 4), "\(estimate.points.count)",
            ])
            if !estimate.points.isEmpty {
                marks.append(
                    .points(
                        estimate.points.map {
                            PlotPoint(
                                $0.compute, $0.parameters,
                                tip: "\(approach): N \(Quantity.short($0.parameters)) at "
                                    + "\(Quantity.flops($0.compute)) FLOPs")
                        }, series: index + 1, label: nil))
            }
            let ends = [computes.min() ?? span?.lowerBound, computes.max() ?? span?.upperBound].compactMap { $0 }
            marks.append(
                .line(
                    ends.map { PlotPoint($0, estimate.parameters.value(at: $0)) }, series: index + 1, label: approach))
        }
        let drawn = marks
        return PageFigure(
            identifier + "-allocation", title: "The best size over compute",
            text: "The same runs by the three approaches of Hoffmann et al. 2022, arXiv:2203.15556, section 3.",
            table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("training compute, FLOPs", scale: .logarithmic, format: .powers),
                y: Axis("parameters (N)", scale: .logarithmic, format: .counts), marks: drawn
            ).svg
        }
    }

    private var scoreFigure: PageFigure? {
        guard let holdOut = fit.holdOut, !holdOut.scores.isEmpty else { return nil }
        var table = PageTable(
            holdOut.choice,
            columns: [
                .text("held out"), .number("fitted on"), .number("tested on"), .number("mean error"), .number("worst"),
                .number("bias"),
            ])
        for score in holdOut.scores {
            table.add([
                score.name, "\(score.trainedRuns)", "\(score.testedRuns)", FitText.percent(score.meanError),
                FitText.percent(score.worstError), FitText.percent(score.bias),
            ])
        }
        return PageFigure(
            identifier: identifier + "-hold-out", title: "On runs it did not see",
            text: "Held out: \(holdOut.choice).", table: table)
    }

    private var comparisonFigure: PageFigure? {
        guard !fit.comparison.isEmpty else { return nil }
        var table = PageTable(
            "Several laws on the same runs",
            columns: [
                .text("law"), .number("R²"), .number("median error"), .number("AICc above best"),
                .number("hold-out error"), .text("note"),
            ])
        let best = fit.comparison.compactMap(\.aicc).min()
        for entry in fit.comparison {
            table.add([
                entry.law, entry.determination.map { Quantity.fixed($0, decimals: 3) } ?? "–",
                FitText.percent(entry.medianRelativeError),
                entry.aicc.flatMap { aicc in best.map { Quantity.fixed(aicc - $0, decimals: 1) } } ?? "–",
                FitText.percent(entry.holdOutError), entry.note ?? "",
            ])
        }
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-comparison", title: "Several laws on the same runs", table: table)
    }

    private var details: [PageDetail] {
        var details: [PageDetail] = []
        if !fit.inputs.isEmpty {
            details.append(
                PageDetail(
                    name: "Inputs", text: fit.inputs.map { "\($0.path) sha256 \($0.sha256)" }.joined(separator: ", ")))
        }
        details.append(PageDetail(name: "Form", text: fit.formSource))
        details.append(
            PageDetail(name: "Numbers", text: "the user's own: fitted to these runs, minimising \(fit.objective)"))
        let spans = LawPart.spans(of: fit.range)
        if !spans.isEmpty { details.append(PageDetail(name: "Range of the runs", text: spans.joined(separator: ", "))) }
        return details
    }
}
