import OrderedJSON
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
    var isRobust: Bool { plan.law == Plan.robust }
    var best: Recommendation { plan.recommended.run }
    /// What ranges are over.
    var ranges: String {
        plan.intervalSource?.text(uniqueFactor: plan.supply.uniqueFactor) ?? ""
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
            stepsFigure, epochsFigure, costFigure, isoFLOPFigure, excessFigure, sizesFigure, tokensFigure, cutsFigure,
            mixtureFigure, derivedFigure, fixedDataFigure,
        ] {
            if let figure { section.figures.append(figure) }
        }
        section.details = details
        section.command = PageSection.command(plan.madeBy, writing: name)
        return section
    }

    private var lead: [String] {
        let spend = plan.budget?.flops.map { " within \(Quantity.flops($0)) FLOPs" } ?? ""
        let followed =
            isRobust
            ? "\(Quantity.count(plan.families.count, "family", plural: "families")) of laws" : "the law \(plan.law)"
        let copies =
            plan.supply.treatment == .asIs
            ? "Copies are taken to stay in the files." : "Copies are taken to be removed before training."
        let disagreement = plan.decision.map { decision in
            "Families of laws disagree by a factor of \(Quantity.significant(decision.sizeDisagreement, digits: 2)) in size "
                + "and \(Quantity.significant(decision.epochDisagreement, digits: 2)) in epochs. "
        }
        return [
            (disagreement ?? "")
                + (plan.supply.isAmple
                    ? "For ample data" : "For \(Quantity.short(plan.supply.uniqueTokens)) unique tokens")
                + "\(spend), by \(followed): "
                + "\(Quantity.short(best.parameters)) parameters trained on \(Quantity.short(best.tokens)) tokens"
                + (plan.supply.isAmple ? ", each read once." : ", \(Quantity.count(best.epochs, "epoch")). \(copies)")
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
                    + "asked here, as copies that stay in the files or derived tokens.")
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
        row("training tokens (D)", Quantity.short(best.tokens), span(best.tokensInterval, Quantity.short))
        row("in the law's own tokens", best.lawTokens.map(Quantity.short))
        row("worth in fresh tokens", best.effectiveTokens.map(Quantity.short))
        row("unique tokens used", Quantity.short(best.uniqueTokens))
        row("epochs", epochs(best.epochs), span(best.epochsInterval) { epochs($0) })
        row("passes over the files", epochs(best.passesOverFiles))
        row(
            "training FLOPs\(plan.flopModel.map { " (\($0))" } ?? "")",
            Quantity.flops(best.flops))
        row("budget used", best.budgetUsed.map { Quantity.percent($0) })
        row("loss under the law, nats/token", best.loss.map { loss($0) }, span(best.lossInterval, loss))
        spendingRows(row)
        row(
            "expected excess over the families' own best",
            plan.decision.map { Quantity.percent($0.expectedExcess) },
            plan.decision.map { "worst tenth of draws \(Quantity.percent($0.tailExcess))" } ?? "")
        row("1 % more unique tokens would save", plan.shadowPrices.uniqueTokens.map(saving))
        row("1 % more compute would save", plan.shadowPrices.flops.map(saving))
        row(
            "1 % more unique tokens would save as much as",
            plan.shadowPrices.uniqueTokensInFLOPs.map { Quantity.flops($0) + " more FLOPs" })
        for prospect in plan.prospects where prospect.factor >= 2 {
            let what = prospect.quantity == .flops ? "compute" : "unique tokens"
            row("\(Quantity.short(prospect.factor)) × the \(what) would save", saving(prospect.gain))
        }
        for rule in plan.baselines {
            row(
                "\(rule.name) at this compute",
                "\(Quantity.short(rule.parameters)) on \(Quantity.short(rule.tokens)), "
                    + (rule.excess.map { "\(Quantity.percent($0)) above" } ?? "outside the limits"))
        }
        let factors: [(String, Double?)] = [
            ("compute", best.extrapolation.flops), ("parameters", best.extrapolation.parameters),
            ("unique tokens", best.extrapolation.uniqueTokens), ("epochs", best.extrapolation.epochs),
            ("tokens per parameter", best.extrapolation.tokensPerParameter),
        ]
        for case (let name, let factor?) in factors where factor > 1 {
            row("\(name) outside the law's range", "× \(Quantity.significant(factor, digits: 3))")
        }
        row("status", ([plan.status] + plan.furtherStatuses).map(\.rawValue.spelled).joined(separator: ", "))
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-run", title: "The run recommended", table: table)
    }

    /// What the run takes on its hardware, and the model to build.
    private func spendingRows(_ row: (String, String?, String) -> Void) {
        let run = plan.recommended
        row("\(plan.budget?.accelerator ?? "accelerator")-hours", run.acceleratorHours.map(Quantity.short), "")
        row("days of training", run.days.map(Quantity.short), "")
        row("training", run.trainingDollars.map(Quantity.dollars), "")
        row("serving", run.servingDollars.map(Quantity.dollars), "")
        if plan.objective != "min-loss", !isRobust, let unit = plan.costUnit {
            row(plan.objective, Quantity.amount(best.cost, in: unit, digits: 4), "")
        }
        guard let model = plan.model else { return }
        row(
            "a model to build",
            "\(Quantity.count(model.layers, "layer")), width \(Quantity.grouped(model.width)), "
                + "\(Quantity.count(model.heads, "head"))", "")
        for rule in model.hyperparameters {
            row("batch by \(rule.law)", rule.batchTokens.map { "\(Quantity.short($0)) tokens" }, "")
            row(
                "peak learning rate by \(rule.law)", rule.learningRate.map { Quantity.significant($0, digits: 3) }, "")
        }
    }

    /// A saving in what the plan minimises; under several families a share of it.
    func saving(_ value: Double) -> String {
        plan.decision != nil ? Quantity.percent(value) : Quantity.amount(value, in: plan.costUnit ?? "")
    }

    // MARK: Mixture

    private var mixtureFigure: PageFigure? {
        guard !plan.recommended.mixture.isEmpty else { return nil }
        let total = plan.supply.sources.reduce(0) { $0 + $1.uniqueTokens }
        func natural(_ name: String) -> Double? {
            guard total > 0 else { return nil }
            return plan.supply.sources.first { $0.name == name }.map { $0.uniqueTokens / total }
        }
        var table = PageTable(
            "The training tokens by source",
            columns: [
                .text("source"), .number("share as the tokens lie"), .number("share planned"), .number("tokens"),
                .number("epochs"), .number("cap"),
            ])
        let chart = MixtureFigure(
            rows: plan.recommended.mixture.map { share in
                MixtureFigure.Row(
                    name: share.source, natural: natural(share.source), weight: share.weight, epochs: share.epochs,
                    remark: share.isBinding ? "at its cap" : "")
            })
        for index in chart.order {
            let share = plan.recommended.mixture[index]
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
        if case .object(let limits) = plan.constraints.json {
            let texts = limits.compactMap { member in
                member.value.number.map { "\(member.key.spelled) \(Quantity.significant($0, digits: 4))" }
            }
            if !texts.isEmpty { details.append(PageDetail(name: "Limits", text: texts.joined(separator: ", "))) }
        }
        details.append(PageDetail(name: "Objective", text: plan.objective))
        if let version = plan.datawallVersion {
            details.append(PageDetail(name: "Version", text: "datawall \(version)"))
        }
        return details
    }
}
