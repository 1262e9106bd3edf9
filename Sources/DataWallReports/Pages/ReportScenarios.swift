import Quantities
import TrainingPlanning

/// The plans and mixtures of a page side by side.
struct ReportScenarios {
    private let parts: [Report.Part]

    init(_ parts: [Report.Part]) { self.parts = parts }

    /// The table, if there are several to compare.
    var figure: PageFigure? {
        var table = PageTable(
            "Scenarios",
            columns: [
                .text("scenario"), .number("unique tokens"), .number("budget, FLOPs"), .number("parameters (N)"),
                .number("tokens (D)"), .number("epochs"), .text("objective"), .number("what is minimised"),
                .number("training"), .text("status"),
            ])
        var count = 0
        for part in parts {
            switch part {
            case .plan(let plan, let name): table.add(Self.row(plan, name))
            case .mixture(let mixture, let name):
                table.add([
                    name, Quantity.short(mixture.uniqueTokens), "–", mixture.parameters.map(Quantity.short) ?? "–",
                    Quantity.short(mixture.tokens), Quantity.short(mixture.tokens / mixture.uniqueTokens),
                    mixture.method,
                    mixture.effectiveTokens.map { "\(Quantity.short($0)) effective tokens" } ?? "–", "–", "mixture",
                ])
            default: continue
            }
            count += 1
        }
        guard count > 1 else { return nil }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more"
        table.captionKind = "silent"
        return PageFigure(identifier: "scenarios", title: "The scenarios side by side", table: table, isWide: true)
    }

    private static func row(_ plan: PlanFile, _ name: String) -> [String] {
        let run = plan.recommended
        let costIsExcess = plan.law == Plan.robust && plan.constraints.limits.targetLoss == nil
        let cost =
            costIsExcess
            ? "\(Quantity.percentAbove(run.run.cost)) expected excess"
            : plan.objective == "min-loss"
                ? run.run.loss.map { "\(Quantity.fixed($0, decimals: 4)) \(plan.costUnit ?? "")" } ?? "–"
                : Quantity.amount(run.run.cost, in: plan.costUnit ?? "", digits: 4)
        let training = [
            run.trainingDollars.map(Quantity.dollars), run.days.map { Quantity.count($0, "day") },
        ].compactMap { $0 }
        return [
            name, Quantity.short(plan.supply.uniqueTokens), plan.budget?.flops.map(Quantity.flops) ?? "–",
            Quantity.short(run.run.parameters), Quantity.short(run.run.tokens), Quantity.short(run.run.epochs),
            plan.objective, cost,
            training.isEmpty ? "\(Quantity.flops(run.run.flops)) FLOPs" : training.joined(separator: ", "),
            ([plan.status] + plan.furtherStatuses).map(\.rawValue.spelled).joined(separator: ", "),
        ]
    }
}
