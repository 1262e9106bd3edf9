import ScalingLaws
public import TrainingPlanning

extension Plan {
    /// The plan as lines for a terminal: the recommendation, its reasons, what else was considered.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
        var lines = heading + [""] + figures.lines
        if !frontier.isEmpty { lines += [""] + frontierLines }
        lines += [""] + shadowLines
        if !warnings.isEmpty { lines += [""] + warnings.flatMap(Self.lines) }
        return lines
    }

    private var heading: [String] {
        let provenance = laws.first { $0.name == law }.map { " (\($0.provenance.rawValue))" } ?? ""
        let spend = budget.map { " within \(Quantity.significant($0.flops, digits: 4)) FLOPs" } ?? ""
        return [
            "\(objective) under law '\(law)'\(provenance): \(Quantity.short(supply.uniqueTokens)) unique tokens"
                + "\(spend)",
            treatmentLine,
        ]
    }

    private var treatmentLine: String {
        switch supply.treatment {
        case .dedup: "Copies are taken to be removed before training (--as dedup)."
        case .asIs: "Copies are taken to stay in the files (--as is)."
        }
    }

    private var figures: TextTable {
        var table = TextTable(columns: ["recommended": .left, "": .right])
        table.add(["parameters (N)", Quantity.short(recommended.parameters)])
        table.add(["training tokens (D)", Quantity.short(recommended.tokens)])
        table.add(["unique tokens used", Quantity.short(recommended.uniqueTokens)])
        table.add(["epochs", Quantity.significant(recommended.epochs, digits: 4)])
        table.add(["passes over the files", Quantity.significant(recommended.passesOverFiles, digits: 4)])
        table.add(["tokens per parameter", Quantity.significant(recommended.tokensPerParameter, digits: 4)])
        table.add(["training FLOPs (\(flopModel))", Quantity.significant(recommended.flops, digits: 4)])
        if let used = recommended.budgetUsed { table.add(["budget used", Quantity.percent(used)]) }
        table.add(["loss under the law", Quantity.fixed(recommended.loss, decimals: 4)])
        if costUnit != "nats/token" {
            table.add(["\(objective), in \(costUnit)", Quantity.significant(recommended.cost, digits: 4)])
        }
        table.add(["status", status.rawValue.split(separator: "_").joined(separator: " ")])
        return table
    }

    private var frontierLines: [String] {
        var table = TextTable(columns: [
            "epochs": .right, "parameters": .right, "tokens": .right, "loss": .right, "": .left,
        ])
        let best = frontier.min { $0.loss < $1.loss }
        for point in frontier {
            table.add([
                Quantity.significant(point.epochs, digits: 4), Quantity.short(point.parameters),
                Quantity.short(point.tokens), Quantity.fixed(point.loss, decimals: 4),
                point == best ? "lowest of these" : "",
            ])
        }
        return ["The best plan at each number of epochs:"] + table.lines
    }

    private var shadowLines: [String] {
        let unit = costUnit == "$" ? "$" : " " + costUnit
        var line =
            "1 % more unique tokens would save \(Quantity.significant(shadowPrices.uniqueTokens, digits: 3))\(unit)"
        if let flops = shadowPrices.flops {
            line += "; 1 % more compute \(Quantity.significant(flops, digits: 3))\(unit)"
        }
        return [line + "."]
    }

    private static func lines(_ warning: PlanWarning) -> [String] {
        let mark =
            switch warning.severity {
            case .warning: "! "
            case .info: "· "
            }
        return [mark + warning.message]
    }
}
