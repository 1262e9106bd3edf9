import OrderedJSON
import Quantities
import ScalingLaws
import TrainingPlanning

/// A plan's part of a page.
struct PlanPart {
    let plan: PlanFile
    private let name: String
    let identifier: String
    let laws: [any ScalingLaw]
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
    /// Whether the cost is a share above each family's best, not an amount.
    var costIsExcess: Bool { isRobust && plan.constraints.limits.targetLoss == nil }
    /// The unit of the laws' losses; empty if neither the plan's unit nor its laws are known here.
    var lossUnit: String {
        if let unit = plan.costUnit, LossUnit(rawValue: unit) != nil { return unit }
        let cards = plan.laws.compactMap { law in laws.first { $0.card.identifier == law.name }?.card }
        return Set(cards.map(\.setup.lossUnit)).sorted().joined(separator: " or ")
    }
    /// The unit of losses after a comma.
    var unitSuffix: String { lossUnit.isEmpty ? "" : ", \(lossUnit)" }
    var best: Recommendation { plan.recommended.run }
    /// The source of the ranges, in words.
    var ranges: String {
        plan.intervalSource?.text(uniqueFactor: plan.supply.uniqueFactor) ?? ""
    }

    func span(_ range: ClosedRange<Double>?, _ write: (Double) -> String) -> String {
        range.map { Quantity.range($0, write) } ?? ""
    }

    func loss(_ value: Double) -> String { Quantity.fixed(value, decimals: 4) }
    func epochs(_ value: Double) -> String { Quantity.short(value) }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Plan", title: name)
        section.lead = lead
        section.facts = facts
        section.notes = plan.warnings.filter(\.isSevere).map { .warning($0.message) } + lawNotes
        section.remarks = plan.warnings.filter { !$0.isSevere }.map(\.message)
        section.figures = [
            runFigure, epochsFigure ?? costFigure, sizesFigure, tokensFigure, isoFLOPFigure, excessFigure, adviceFigure,
            mixtureFigure, derivedFigure, fixedDataFigure, spendingFigure, pricesFigure, modelFigure, baselineFigure,
            tokenFigure,
            cutsFigure, recipesFigure, stepsFigure, frontierTable, mixtureTable, familiesTable, lawsTable,
        ].compactMap { $0 }
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
            "Families of laws disagree by a weighted factor of \(Quantity.significant(decision.sizeDisagreement, digits: 2)) in size "
                + "and \(Quantity.significant(decision.epochDisagreement, digits: 2)) in epochs. "
        }
        return [
            (disagreement ?? "")
                + (plan.supply.isAmple
                    ? "For ample data" : "For \(Quantity.count(plan.supply.uniqueTokens, "unique token"))")
                + "\(spend), by \(followed): "
                + "\(Quantity.count(best.parameters, "parameter")) trained on \(Quantity.count(best.tokens, "token"))"
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
                    name: "loss under the law\(unitSuffix)", value: loss(value), remark: span(best.lossInterval, loss)))
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
                    + "not known here (name the law's file next to the plan's), or the plan has what charts do not show, "
                    + "such as copies that stay in the files or derived tokens.")
        ]
    }

    // MARK: Mixture

    private var mixtureRows: MixtureFigure {
        let total = plan.supply.sources.reduce(0) { $0 + $1.uniqueTokens }
        var unique: [String: Double] = [:]
        for source in plan.supply.sources { unique[source.name] = source.uniqueTokens }
        return MixtureFigure(
            rows: plan.recommended.mixture.map { share in
                MixtureFigure.Row(
                    name: share.source, natural: total > 0 ? unique[share.source].map { $0 / total } : nil,
                    weight: share.weight, epochs: share.epochs, remark: share.isBinding ? "at its cap" : "")
            })
    }

    private var mixtureFigure: PageFigure? {
        plan.recommended.mixture.isEmpty ? nil : mixtureRows.figure(identifier + "-mixture")
    }

    private var mixtureTable: PageFigure? {
        guard !plan.recommended.mixture.isEmpty else { return nil }
        var table = PageTable(
            "The training tokens by source",
            columns: [
                .text("source"), .number("share of the unique tokens"), .number("share planned"), .number("tokens"),
                .number("epochs"), .number("cap"), .number("a unique token adds (effective tokens)"),
            ])
        let chart = mixtureRows
        for index in chart.order {
            let share = plan.recommended.mixture[index]
            table.add([
                share.source, chart.rows[index].natural.map { Quantity.percent($0) } ?? "–",
                Quantity.percent(share.weight), share.tokens.map(Quantity.short) ?? "–",
                share.epochs.map { epochs($0) } ?? "–",
                share.cap.map { epochs($0) + (share.isBinding ? ", met" : "") } ?? "–",
                share.uniqueTokenPrice.map { Quantity.significant($0, digits: 3) } ?? "–",
            ])
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more sources"
        if table.hasRest { table.tableKind = "search" }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-sources", title: "The training tokens by source",
            text: plan.recommended.mixtureMethod.map { "Weights by the method \($0)." } ?? "", table: table,
            isWide: true)
    }

    // MARK: How it was made

    private var details: [PageDetail] {
        var details: [PageDetail] = []
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { details.append(PageDetail(name: name, text: text)) }
        }
        add("Budget", budgetText)
        add("Serving", servingText)
        if case .object(let limits) = plan.constraints.json {
            let texts = limits.compactMap { member in
                member.value.number.map { value in
                    "\(member.key.spelled) \(value < 1 ? Quantity.significant(value, digits: 4) : Quantity.short(value))"
                        + (member.key.hasSuffix("price") ? " dollars a FLOP" : "")
                }
            }
            add("Limits", texts.joined(separator: ", "))
        }
        add("Objective", plan.objective + (plan.costUnit.map { ", in \($0)" } ?? ""))
        add("No mixture", plan.recommended.noMixture)
        for law in plan.leftOut { add("Left out", "\(law.law): \(law.reason)") }
        for basin in plan.otherBasins.prefix(6) {
            add(
                "Another optimum",
                "\(Quantity.count(basin.parameters, "parameter")) on \(Quantity.count(basin.tokens, "token")), "
                    + Quantity.count(basin.epochs, "epoch"))
        }
        add("Audit", plan.auditDigest)
        add("Version", plan.datawallVersion.map { "datawall \($0)" })
        return details
    }

    private var budgetText: String? {
        guard let budget = plan.budget else { return nil }
        let utilization = budget.utilization.map { " at \(Quantity.percent($0)) of the peak" } ?? ""
        let machines = budget.accelerator.map { name in
            (budget.accelerators.map { "\(Quantity.grouped($0)) " } ?? "") + name + utilization
                + (budget.dollarsPerHour.map { ", \(Quantity.dollars($0)) an hour" } ?? "")
        }
        let parts = [
            budget.flops.map { "\(Quantity.flops($0)) FLOPs" }, budget.days.map { Quantity.count($0, "day") },
            budget.dollars.map(Quantity.dollars), machines,
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    private var servingText: String? {
        guard let serving = plan.constraints.serving else { return nil }
        return "\(serving.accelerator), \(Quantity.percent(serving.utilization)) of the peak while writing and "
            + "\(Quantity.percent(serving.promptUtilization)) while reading; \(Quantity.percent(serving.generatedShare)) of "
            + "the tokens are written" + (serving.dollarsPerHour.map { "; \(Quantity.dollars($0)) an hour" } ?? "")
    }
}
