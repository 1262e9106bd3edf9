import CorpusAudit
import Quantities
import ScalingLaws
import TrainingPlanning

/// A plan's part of a page.
struct PlanPart {
    let plan: PlanFile
    private let name: String
    let identifier: String
    private let laws: [any ScalingLaw]
    let curves: PlanCurves

    init(_ plan: PlanFile, name: String, identifier: String, laws: [any ScalingLaw]) {
        self.plan = plan
        self.name = name
        self.identifier = identifier
        self.laws = laws
        curves = PlanCurves(plan, laws: laws)
    }

    /// Whether several laws were weighed.
    var isRobust: Bool { plan.recommended.loss == nil || plan.law == Plan.robust }
    var best: PlanFile.Run { plan.recommended }
    /// What ranges are over.
    var ranges: String {
        let source = isRobust ? .laws : plan.intervalSource
        return source?.text(uniqueFactor: plan.uniqueFactor) ?? "\(Quantity.level(plan.intervalLevel ?? 0.9)) interval"
    }

    private func span(_ range: ClosedRange<Double>?, _ write: (Double) -> String) -> String {
        range.map { Quantity.range($0, write) } ?? ""
    }

    func loss(_ value: Double) -> String { Quantity.fixed(value, decimals: 4) }
    func epochs(_ value: Double) -> String { Quantity.short(value) }

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
        let spend = plan.budget.map { " within \(Quantity.flops($0)) FLOPs" } ?? ""
        let followed = isRobust ? "\(plan.laws.count) laws weighed together" : "the law \(plan.law)"
        let copies =
            plan.treatment == "is"
            ? "Copies are taken to stay in the files." : "Copies are taken to be removed before training."
        return [
            "For \(Quantity.short(plan.uniqueTokens)) unique tokens\(spend), by \(followed): "
                + "\(Quantity.short(best.parameters)) parameters trained on \(Quantity.short(best.tokens)) tokens, "
                + "\(Quantity.count(best.epochs, "epoch")). \(copies)"
        ]
    }

    private var facts: [PageFact] {
        var facts = [
            PageFact(
                name: "parameters (N)", value: Quantity.short(best.parameters),
                remark: span(best.parametersInterval, Quantity.short)),
            PageFact(
                name: "training tokens (D)", value: Quantity.short(best.tokens),
                remark: "\(Quantity.short(best.tokens / best.parameters)) a parameter"),
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
        row("epochs", epochs(best.epochs), span(best.epochsInterval) { epochs($0) })
        row("passes over the files", best.passesOverFiles.map { epochs($0) })
        row(
            "training FLOPs\(plan.flopModel.map { " (\($0))" } ?? "")",
            best.flops.map(Quantity.flops))
        row("budget used", best.budgetUsed.map { Quantity.percent($0) })
        row("loss under the law, nats/token", best.loss.map { loss($0) }, span(best.lossInterval, loss))
        for price in plan.shadowPrices {
            let (name, value) =
                switch price.name {
                case "flops": ("1 % more compute would save", saving(price.value))
                case "unique_tokens_in_flops":
                    ("1 % more unique tokens would save as much as", Quantity.flops(price.value) + " more FLOPs")
                default: ("1 % more \(price.name.spelled) would save", saving(price.value))
                }
            row(name, value + (plan.priceLaw.map { ", under \($0)" } ?? ""))
        }
        for factor in best.extrapolation where factor.value > 1 {
            row(
                "\(factor.name == "flops" ? "compute" : factor.name.spelled) outside the law's range",
                "× \(Quantity.significant(factor.value, digits: 3))")
        }
        row("status", plan.status.spelled)
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-run", title: "The run recommended", table: table)
    }

    /// An amount of what the plan minimises: the file names the objective and not its unit.
    private func saving(_ value: Double) -> String {
        switch plan.objective {
        case "min-loss", "min-loss-plus-cost": Quantity.amount(value, in: "nats/token")
        case "min-dollars": Quantity.amount(value, in: "$")
        case "min-total-flops": Quantity.amount(value, in: "FLOPs")
        default: Quantity.rounded(value, digits: 3) + " (in the objective's unit)"
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
        let limits = plan.constraints.map { "\($0.name.spelled) \(Quantity.significant($0.value, digits: 4))" }
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
            words += ["--unique-tokens", Quantity.exact(plan.uniqueTokens)]
        }
        if let budget = plan.budget { words += ["--flops", Quantity.exact(budget)] }
        let asked = plan.laws.map(\.name)
        for law in isRobust ? asked : [plan.law] { words += ["--law", law] }
        if plan.objective != "min-loss" { words += ["--objective", plan.objective] }
        if plan.treatment == "is" { words += ["--as", "is"] }
        for limit in plan.constraints where !(limit.name == "min_tokens_per_parameter" && limit.value == 5) {
            words += ["--" + limit.name.split(separator: "_").joined(separator: "-"), Quantity.exact(limit.value)]
        }
        return ShellWords.joined(words + ["-o", name])
    }
}
