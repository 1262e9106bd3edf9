import Quantities
import TrainingPlanning

// Changes that would change the plan: more data or compute, limits lifted, published rules, another tokenizer.

extension PlanPart {
    /// A saving in the plan's cost; under several families a share of it.
    func saving(_ value: Double) -> String {
        costIsExcess ? Quantity.percentBelow(value) : Quantity.amount(value, in: plan.costUnit ?? "")
    }

    /// A rise of the plan's cost; under several families a share of it.
    func rise(_ value: Double) -> String {
        costIsExcess ? Quantity.percentAbove(value) : Quantity.amount(value, in: plan.costUnit ?? "")
    }

    /// The savings from more of each resource, and the plan with it.
    var pricesFigure: PageFigure? {
        var table = PageTable(
            "What more would save",
            columns: [.text("change"), .number("saves"), .number("as many FLOPs"), .number("N"), .number("epochs")])
        func row(
            _ name: String, _ saved: Double?, flops: Double? = nil, parameters: Double? = nil, epochs: Double? = nil
        ) {
            guard let saved else { return }
            table.add([
                name, saving(saved), flops.map(Quantity.flops) ?? "", parameters.map(Quantity.short) ?? "",
                epochs.map { self.epochs($0) } ?? "",
            ])
        }
        row("1 % more unique tokens", plan.shadowPrices.uniqueTokens, flops: plan.shadowPrices.uniqueTokensInFLOPs)
        row("1 % more compute", plan.shadowPrices.flops)
        for prospect in plan.prospects where prospect.factor >= 2 {
            let what = prospect.quantity == .flops ? "compute" : "unique tokens"
            row(
                "\(Quantity.short(prospect.factor)) × the \(what)", prospect.gain, parameters: prospect.parameters,
                epochs: prospect.epochs)
        }
        for limit in plan.shadowPrices.limits {
            row("1 % of room in \(limit.name)", limit.gain, flops: limit.gainInFLOPs)
            row(
                "no limit on \(limit.name)", limit.liftedGain, parameters: limit.lifted?.parameters,
                epochs: limit.lifted?.epochs)
        }
        guard !table.rows.isEmpty else { return nil }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-prices", title: "What more would save", text: wallText, table: table)
    }

    /// The point at which unique data become the limit, and the point at which epochs stop paying.
    private var wallText: String {
        var sentences: [String] = []
        if let wall = plan.dataWall {
            if let flops = wall.flops, let parameters = wall.parameters {
                sentences.append(
                    "Unique data become the limit at \(Quantity.flops(flops)) FLOPs and \(Quantity.short(parameters)) "
                        + "parameters: below that the best plan needs less than one epoch.")
            }
            sentences.append(
                "At \(Quantity.short(wall.tokensPerParameter)) tokens per parameter one pass supports "
                    + "\(Quantity.short(wall.largestModel)) parameters, the passes of this plan "
                    + "\(Quantity.short(wall.largestModelAtPlanEpochs)).")
        }
        if let gain = plan.epochGain {
            sentences.append(
                "After \(Quantity.count(gain.epochs, "epoch")) one more saves less than \(saving(gain.threshold)).")
        }
        return sentences.joined(separator: " ")
    }

    /// The runs that published rules would train with the same compute.
    var baselineFigure: PageFigure? {
        guard !plan.baselines.isEmpty else { return nil }
        var table = PageTable(
            "Published rules at this compute",
            columns: [
                .text("rule"), .number("N"), .number("D"), .number("epochs"), .number("tokens/N"),
                .number(costIsExcess ? "expected excess" : "loss above the plan's"),
            ])
        for rule in plan.baselines {
            table.add([
                rule.name, Quantity.short(rule.parameters), Quantity.short(rule.tokens), epochs(rule.epochs),
                Quantity.significant(rule.tokens / rule.parameters, digits: 3),
                rule.excess.map { Quantity.percentAbove($0) } ?? "outside the limits",
            ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-baselines", title: "Published rules at this compute",
            text: "These rules do not look at the data.", table: table)
    }

    /// The plan in tokens of another size.
    var tokenFigure: PageFigure? {
        guard !plan.tokenSensitivity.isEmpty else { return nil }
        var table = PageTable(
            "If tokens were smaller or larger",
            columns: [
                .text("tokens of the law for each of yours"), .number("N"), .number("D"), .number("epochs"),
                .number("loss\(unitSuffix)"),
            ])
        for row in plan.tokenSensitivity {
            table.add([
                Quantity.significant(row.tokenScale, digits: 3), Quantity.short(row.parameters),
                Quantity.short(row.tokens), epochs(row.epochs), row.loss.map(loss) ?? "–",
            ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-token-sizes", title: "If tokens were smaller or larger",
            text: "The tokenizers of the law and of the corpus are not both known, so a token of one may be worth a "
                + "quarter more or less in the other.", table: table)
    }

    /// The cost of keeping only the best of the data.
    var cutsFigure: PageFigure? {
        guard !plan.qualityCuts.isEmpty else { return nil }
        var table = PageTable(
            "The best plan if only the best of the data are kept",
            columns: [
                .text("kept"), .number("quality from"), .number("mean quality"), .number("unique tokens"),
                .number("epochs"), .number("parameters"), .number("what the cut costs in data"),
            ])
        for cut in plan.qualityCuts {
            table.add([
                Quantity.percent(cut.share), Quantity.significant(cut.quality, digits: 3),
                Quantity.significant(cut.meanQuality, digits: 3), Quantity.short(cut.uniqueTokens),
                epochs(cut.epochs), Quantity.short(cut.parameters), rise(cut.excess),
            ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-cuts", title: "Keeping only the best data",
            text:
                "Quality is relative to the mean. The law does not see it: weigh the cost in data against what better "
                + "data give.", table: table)
    }

    /// Every step of the frontier, with the saving of one more epoch.
    var frontierTable: PageFigure? {
        guard !plan.frontier.isEmpty else { return nil }
        let hasLoss = plan.frontier.contains { $0.loss != nil }
        let showsCost = costIsExcess || plan.objective != "min-loss" || !hasLoss
        var table = PageTable(
            "The best plan at each number of epochs",
            columns: [.text("epochs"), .number("parameters"), .number("tokens")]
                + (hasLoss ? [.number("loss\(unitSuffix)")] : []) + (showsCost ? [.number(costName)] : [])
                + [.number("another epoch saves")])
        for point in plan.frontier {
            table.add(
                [epochs(point.epochs), Quantity.short(point.parameters), Quantity.short(point.tokens)]
                    + (hasLoss ? [point.loss.map(loss) ?? "–"] : []) + (showsCost ? [amount(point.cost)] : [])
                    + [point.nextEpochGain.map(saving) ?? "–"])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-frontier", title: "The best plan at each number of epochs", table: table,
            isWide: true)
    }

    /// The cost that is minimised, with its unit.
    var costName: String {
        costIsExcess ? "expected excess" : plan.objective + (plan.costUnit.map { ", \($0)" } ?? "")
    }

    /// An amount of the cost.
    func amount(_ value: Double) -> String {
        costIsExcess ? Quantity.percentAbove(value) : Quantity.amount(value, in: plan.costUnit ?? "", digits: 4)
    }
}
