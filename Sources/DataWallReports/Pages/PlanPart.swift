import Charts
import ScalingLaws

/// A plan's part of a page.
struct PlanPart {
    private let plan: PlanFile
    private let name: String
    private let identifier: String
    private let laws: [any ScalingLaw]
    private let curves: PlanCurves

    init(_ plan: PlanFile, name: String, identifier: String, laws: [any ScalingLaw]) {
        self.plan = plan
        self.name = name
        self.identifier = identifier
        self.laws = laws
        curves = PlanCurves(plan, laws: laws)
    }

    /// The law's name of plans that weigh several laws.
    private static let robust = "robust"
    private var isRobust: Bool { plan.recommended.loss == nil || plan.law == Self.robust }
    private var best: PlanFile.Run { plan.recommended }
    private var level: String { Self.level(plan.intervalLevel) }
    /// What ranges are over.
    private var ranges: String { isRobust ? "over the laws and their ensembles" : "\(level) of the law's ensemble" }

    private func span(_ range: ClosedRange<Double>?, _ write: (Double) -> String) -> String {
        range.map { PlanPart.span($0, write) } ?? ""
    }

    static func span(_ range: ClosedRange<Double>, _ write: (Double) -> String) -> String {
        switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
        case (true, true): "\(write(range.lowerBound)) to \(write(range.upperBound))"
        case (true, false): "\(write(range.lowerBound)) and up"
        case (false, true): "up to \(write(range.upperBound))"
        case (false, false): "any"
        }
    }

    /// A probability in percent, without decimals where it has none.
    static func level(_ share: Double?) -> String { plain(((share ?? 0.9) * 1_000).rounded() / 10) + " %" }

    /// Compute in FLOPs: `1e22`, `3.16e21`.
    static func flops(_ value: Double) -> String {
        let text = Quantity.significant(value, digits: 3)
        guard let place = text.firstIndex(of: "e"), text.contains(".") else { return text }
        var mantissa = text[..<place]
        while mantissa.last == "0" { mantissa.removeLast() }
        if mantissa.last == "." { mantissa.removeLast() }
        return String(mantissa + text[place...])
    }

    private func loss(_ value: Double) -> String { Quantity.fixed(value, decimals: 4) }
    private func epochs(_ value: Double) -> String { Quantity.significant(value, digits: 3) }

    var section: PageSection {
        var section = PageSection(identifier: identifier, kind: "Plan", title: name)
        section.lead = lead
        section.facts = facts
        section.notes = plan.warnings.filter(\.isSevere).map { .warning($0.message) } + lawNotes
        section.remarks = plan.warnings.filter { !$0.isSevere }.map(\.message)
        section.figures = [figuresTable]
        for figure in [
            epochsFigure, isoFLOPFigure, excessFigure, sizesFigure, tokensFigure, crossFigure, mixtureFigure,
        ] {
            if let figure { section.figures.append(figure) }
        }
        section.details = details
        section.command = command
        return section
    }

    private var lead: [String] {
        let spend = plan.budget.map { " within \(Self.flops($0)) FLOPs" } ?? ""
        let followed = isRobust ? "\(plan.laws.count) laws weighed together" : "the law \(plan.law)"
        let copies =
            plan.treatment == "is"
            ? "Copies are taken to stay in the files." : "Copies are taken to be removed before training."
        return [
            "For \(Quantity.short(plan.uniqueTokens)) unique tokens\(spend), by \(followed): "
                + "\(Quantity.short(best.parameters)) parameters trained on \(Quantity.short(best.tokens)) tokens, "
                + "\(epochs(best.epochs)) epochs. \(copies)"
        ]
    }

    private var facts: [PageFact] {
        var facts = [
            PageFact(
                name: "parameters (N)", value: Quantity.short(best.parameters),
                remark: span(best.parametersInterval, Quantity.short)),
            PageFact(
                name: "training tokens (D)", value: Quantity.short(best.tokens),
                remark: "\(Quantity.significant(best.tokens / best.parameters, digits: 3)) a parameter"),
            PageFact(
                name: "epochs", value: epochs(best.epochs), remark: span(best.epochsInterval) { epochs($0) }),
        ]
        if let value = best.loss {
            facts.append(
                PageFact(
                    name: "loss under the law, nats/token", value: loss(value), remark: span(best.lossInterval, loss)))
        } else if let used = best.budgetUsed {
            facts.append(PageFact(name: "budget used", value: Quantity.percent(used)))
        }
        return facts
    }

    /// Laws that the plan names and no chart can ask.
    private var lawNotes: [PageNote] {
        let unknown = plan.laws.map(\.name).filter { name in !curves.known.contains { $0.name == name } }
        guard !unknown.isEmpty else { return [] }
        return [
            .remark(
                "Curves of \(unknown.joined(separator: ", ")) are not drawn: \(unknown.count == 1 ? "the law is" : "the laws are") "
                    + "not known here (name the law's file beside the plan's), or the plan holds more than the law is "
                    + "asked here, as copies that stay in the files.")
        ]
    }

    private var hasRanges: Bool {
        best.epochsInterval != nil || best.parametersInterval != nil || best.lossInterval != nil
    }

    private var figuresTable: PageFigure {
        var table = PageTable(
            "The run recommended",
            columns: [.text("quantity"), .number("value")]
                + (hasRanges ? [.number(ranges)] : []))
        func row(_ name: String, _ value: String?, _ range: String = "") {
            if let value { table.add([name, value] + (hasRanges ? [range] : [])) }
        }
        row("parameters (N)", Quantity.short(best.parameters), span(best.parametersInterval, Quantity.short))
        row("training tokens (D)", Quantity.short(best.tokens))
        row("in the law's own tokens", best.lawTokens.map(Quantity.short))
        row("worth in fresh tokens", best.effectiveTokens.map(Quantity.short))
        row("unique tokens used", best.uniqueTokens.map(Quantity.short))
        row("epochs", Quantity.significant(best.epochs, digits: 4), span(best.epochsInterval) { epochs($0) })
        row("passes over the files", best.passesOverFiles.map { Quantity.significant($0, digits: 4) })
        row(
            "training FLOPs\(plan.flopModel.map { " (\($0))" } ?? "")",
            best.flops.map { Self.flops($0) })
        row("budget used", best.budgetUsed.map { Quantity.percent($0) })
        row("loss under the law, nats/token", best.loss.map { loss($0) }, span(best.lossInterval, loss))
        for price in plan.shadowPrices {
            row(
                "1 % more \(price.name == "flops" ? "compute" : Self.words(price.name)) would save",
                Quantity.significant(price.value, digits: 3) + saved + (plan.priceLaw.map { ", under \($0)" } ?? ""))
        }
        for factor in best.extrapolation where factor.value > 1 {
            row(
                "\(factor.name == "flops" ? "compute" : Self.words(factor.name)) outside the law's range",
                "× \(Quantity.significant(factor.value, digits: 3))")
        }
        row("status", Self.words(plan.status))
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-run", title: "The run recommended", table: table)
    }

    private var saved: String { plan.objective == "min-loss" ? " nats/token" : " (in the objective's unit)" }

    static func words(_ name: String) -> String { name.split(separator: "_").joined(separator: " ") }

    // MARK: Epochs

    private var epochsFigure: PageFigure? {
        let steps = curves.steps
        guard steps.count > 1, let lowest = steps.min(by: { $0.loss < $1.loss }), let own = best.loss else {
            return nil
        }
        var table = PageTable(
            "The best plan at each number of epochs",
            columns: [
                .text("epochs"), .number("parameters"), .number("tokens"), .number("loss, nats/token"),
                .number("above the lowest"),
            ])
        for step in steps {
            table.add([
                Quantity.significant(step.epochs, digits: 4), Quantity.short(step.parameters),
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
                            "\(Quantity.significant(step.epochs, digits: 4)) epochs\nN \(Quantity.short(step.parameters)), "
                            + "D \(Quantity.short(step.tokens))\nloss \(loss(step.loss)) nats/token")
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
                        "recommended: \(epochs(best.epochs)) epochs, N \(Quantity.short(best.parameters)), loss \(loss(own))"
                ),
                series: 2, label: "recommended"))
        let drawn = marks
        return PageFigure(
            identifier + "-epochs", title: "Loss against epochs",
            text: "The lowest loss within the budget when the data are passed over so many times"
                + (isInside ? "; it stops falling at \(epochs(lowest.epochs))." : "; it falls as far as was looked.")
                + (bands.count > 1
                    ? " The band is the law's own uncertainty about each of these runs." : ""),
            table: table
        ) { frame in
            Plot(frame: frame, x: Axis("epochs", scale: .doublings), y: Axis("loss, nats/token"), marks: drawn).svg
        }
    }

    // MARK: IsoFLOP

    private var isoFLOPFigure: PageFigure? {
        let isoFLOPs = curves.isoFLOPs
        guard !isRobust, isoFLOPs.count > 1, let own = best.loss else { return nil }
        var table = PageTable(
            "The lowest point of each curve",
            columns: [
                .text("compute, FLOPs"), .number("parameters"), .number("tokens"), .number("epochs"),
                .number("loss, nats/token"),
            ])
        for curve in isoFLOPs {
            table.add([
                Self.flops(curve.flops), Quantity.short(curve.best.parameters),
                Quantity.short(curve.best.tokens), epochs(curve.best.tokens / plan.uniqueTokens), loss(curve.best.loss),
            ])
        }
        let lowest = isoFLOPs.map(\.best.loss).min() ?? own
        let highest = isoFLOPs.map(\.best.loss).max() ?? own
        let room = Swift.max(highest - lowest, 0.02)
        let (floor, ceiling) = (lowest - 0.08 * room, highest + 0.7 * room)
        // Only the stretch that stands below the ceiling is of interest.
        let seen = isoFLOPs.flatMap { $0.points.filter { $0.loss <= ceiling }.map(\.parameters) }
        var marks: [PlotMark] = isoFLOPs.enumerated().map { index, curve in
            .line(
                curve.points.filter { $0.parameters >= seen.min() ?? 0 && $0.parameters <= seen.max() ?? .infinity }
                    .map { PlotPoint($0.parameters, $0.loss) },
                series: index + 1, label: "\(Self.flops(curve.flops)) FLOPs")
        }
        for (index, curve) in isoFLOPs.enumerated() {
            marks.append(
                .points(
                    [
                        PlotPoint(
                            curve.best.parameters, curve.best.loss,
                            tip: "lowest at \(Self.flops(curve.flops)) FLOPs\n"
                                + "N \(Quantity.short(curve.best.parameters)), D \(Quantity.short(curve.best.tokens))\n"
                                + "loss \(loss(curve.best.loss)) nats/token")
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
            text: "Each curve spends one compute: smaller models see more tokens, and so more epochs of the "
                + "\(Quantity.short(plan.uniqueTokens)) unique ones.", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("parameters (N)", scale: .logarithmic, format: .counts),
                y: Axis("loss, nats/token", domain: floor...ceiling), marks: drawn
            ).svg
        }
    }

    private var excessFigure: PageFigure? {
        guard isRobust else { return nil }
        let excesses = curves.excesses()
        guard excesses.count > 1 else { return nil }
        var table = PageTable(
            "What the recommended size costs under each law",
            columns: [.text("law"), .number("its own best N"), .number("excess at the size recommended, nats/token")])
        var marks: [PlotMark] = []
        for (index, entry) in excesses.enumerated() {
            let own = plan.byLaw.first { $0.law == entry.law }
            let nearest = entry.points.min {
                abs($0.parameters / best.parameters - 1) < abs($1.parameters / best.parameters - 1)
            }
            table.add([
                entry.law, own.map { Quantity.short($0.parameters) } ?? "–",
                nearest.map { Quantity.fixed($0.excess, decimals: 4) } ?? "–",
            ])
            marks.append(
                .line(
                    entry.points.map {
                        PlotPoint(
                            $0.parameters, $0.excess,
                            tip: "\(entry.law) at N \(Quantity.short($0.parameters)): "
                                + "\(Quantity.fixed($0.excess, decimals: 4)) nats/token above its best")
                    }, series: index + 1, label: entry.law))
        }
        marks.append(.verticalRule(best.parameters, label: "recommended: \(Quantity.short(best.parameters))"))
        let top =
            excesses.compactMap { entry in
                entry.points.min {
                    abs($0.parameters / best.parameters - 1) < abs($1.parameters / best.parameters - 1)
                }?.excess
            }.max() ?? 0.1
        let drawn = marks
        return PageFigure(
            identifier + "-excess", title: "What a size costs under each law",
            text:
                "Losses of different laws do not compare; how far each lies above its own best does. For every size, the "
                + "best number of tokens within the budget.", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("parameters (N)", scale: .logarithmic, format: .counts),
                y: Axis("above the law's own best, nats/token", domain: 0...Swift.max(top * 2.5, 0.05)), marks: drawn
            ).svg
        }
    }

    // MARK: All laws

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
                range.map { Self.span($0, Quantity.short) } ?? "–"
            }
            table.add([
                advice.law, plan.laws.first { $0.name == advice.law }?.provenance ?? "–",
                Quantity.short(advice.parameters), lies(advice.parametersInterval), Quantity.short(advice.tokens),
                lies(advice.tokensInterval), advice.epochs.map { epochs($0) } ?? "–",
                advice.epochsInterval.map { Self.span($0) { epochs($0) } } ?? "–", advice.loss.map(loss) ?? "–",
                isBare ? bare : advice.intervalMembers.map { "90 % of \($0) sets" } ?? "–",
            ])
            let range = range(advice)
            let own = Quantity.short(value(advice))
            rows.append(
                RangeRow(
                    advice.law, value: value(advice), range: range,
                    end: range.map { "\(own) (\(Self.span($0, Quantity.short)))" } ?? "\(own), no interval",
                    tip: "\(advice.law): N \(Quantity.short(advice.parameters)), D \(Quantity.short(advice.tokens))\n"
                        + (range.map { "90 % of its sets of coefficients: \(Self.span($0, Quantity.short))" } ?? bare)))
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

    private var sizesFigure: PageFigure? {
        advice(
            "-sizes", title: "The size that each law advises", axis: "parameters (N)", value: \.parameters,
            range: \.parametersInterval, recommended: best.parameters)
    }

    private var tokensFigure: PageFigure? {
        advice(
            "-tokens", title: "The tokens that each law advises", axis: "training tokens (D)", value: \.tokens,
            range: \.tokensInterval, recommended: best.tokens)
    }

    private var crossFigure: PageFigure? {
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

    // MARK: Mixture

    private var mixtureFigure: PageFigure? {
        guard !plan.mixture.isEmpty else { return nil }
        let total = plan.sources.reduce(0) { $0 + $1.uniqueTokens }
        func natural(_ name: String) -> Double? {
            guard total > 0 else { return nil }
            return plan.sources.first { $0.name == name }.map { $0.uniqueTokens / total }
        }
        var table = PageTable(
            "The training tokens by source",
            columns: [
                .text("source"), .number("share as the tokens lie"), .number("share planned"), .number("tokens"),
                .number("epochs"), .number("cap"),
            ])
        let chart = MixtureFigure(
            rows: plan.mixture.map { share in
                MixtureFigure.Row(
                    name: share.source, natural: natural(share.source), weight: share.weight, epochs: share.epochs,
                    remark: share.isBinding ? "at its cap" : "")
            })
        for index in chart.order {
            let share = plan.mixture[index]
            table.add([
                share.source, chart.rows[index].natural.map { Quantity.percent($0) } ?? "–",
                Quantity.percent(share.weight), share.tokens.map(Quantity.short) ?? "–",
                share.epochs.map { epochs($0) } ?? "–",
                share.cap.map { epochs($0) + (share.isBinding ? ", met" : "") } ?? "–",
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more sources"
        return PageFigure(
            identifier + "-mixture", title: "The mixture, before and after", text: chart.text, table: table,
            isOpen: true,
            draw: chart.svg)
    }

    // MARK: How it was made

    private var details: [PageDetail] {
        var details: [PageDetail] = []
        for reference in plan.laws.prefix(12) {
            let card = laws.first { $0.card.identifier == reference.name }?.card
            let kind = reference.provenance ?? card?.provenance.kind.rawValue
            details.append(PageDetail(name: "Law \(reference.name)", text: LawPart.provenance(card, kind: kind)))
        }
        if let digest = plan.auditDigest { details.append(PageDetail(name: "Audit", text: digest)) }
        let limits = plan.constraints.map { "\(Self.words($0.name)) \(Quantity.significant($0.value, digits: 4))" }
        if !limits.isEmpty { details.append(PageDetail(name: "Limits", text: limits.joined(separator: ", "))) }
        details.append(PageDetail(name: "Objective", text: plan.objective))
        if let version = plan.datawallVersion {
            details.append(PageDetail(name: "Version", text: "datawall \(version)"))
        }
        return details
    }

    /// A command that makes such a plan, from what the file holds.
    private var command: String {
        var words = ["datawall", "plan"]
        if plan.auditDigest != nil {
            words.append("audit.json")
        } else {
            words += ["--unique-tokens", Self.plain(plan.uniqueTokens)]
        }
        if let budget = plan.budget { words += ["--flops", Self.plain(budget)] }
        let asked = plan.laws.map(\.name)
        for law in isRobust ? asked : [plan.law] { words += ["--law", law] }
        if plan.objective != "min-loss" { words += ["--objective", plan.objective] }
        if plan.treatment == "is" { words += ["--as", "is"] }
        for limit in plan.constraints where !(limit.name == "min_tokens_per_parameter" && limit.value == 5) {
            words += ["--" + limit.name.split(separator: "_").joined(separator: "-"), Self.plain(limit.value)]
        }
        return ShellWords.joined(words + ["-o", name])
    }

    /// A number as a command line reads it.
    static func plain(_ value: Double) -> String {
        let text = "\(value)"
        let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return short.split(separator: "+").joined()
    }
}
