import Quantities
import ScalingLaws
public import TrainingPlanning

extension Plan {
    /// The plan as lines for a terminal: the recommendation, its reasons, what else was considered.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
        var lines = heading + [""] + figures.lines + modelLines
        if !frontier.isEmpty { lines += [""] + frontierLines }
        if byLaw.count > 1 { lines += [""] + lawLines }
        lines += qualityLines + prospectLines
        if !warnings.isEmpty { lines += [""] + warnings.flatMap(Self.lines) }
        return lines
    }

    private var heading: [String] {
        let provenance = laws.first { $0.name == law }.map { " (\($0.provenance.rawValue))" } ?? ""
        let followed =
            law == Plan.robust ? "under \(laws.count) laws weighed together" : "under law '\(law)'\(provenance)"
        return [
            "\(objective) \(followed): \(Quantity.short(supply.uniqueTokens)) unique tokens"
                + "\(spendText)",
            treatmentLine,
        ]
    }

    private var treatmentLine: String {
        switch supply.treatment {
        case .dedup: "Copies are taken to be removed before training (--as dedup)."
        case .asIs: "Copies are taken to stay in the files (--as is)."
        }
    }

    private func range(_ range: ClosedRange<Double>?, _ write: (Double) -> String) -> String {
        range?.spread.map { Quantity.range($0, write) } ?? ""
    }

    private var figures: TextTable {
        var table = TextTable(columns: [
            "recommended": .left, "": .right, intervalSource?.text(uniqueFactor: supply.uniqueFactor) ?? "": .right,
        ])
        table.add([
            "parameters (N)", Quantity.short(recommended.parameters),
            range(recommended.parametersInterval, Quantity.short),
        ])
        table.add(["training tokens (D)", Quantity.short(recommended.tokens)])
        if let tokens = recommended.lawTokens { table.add(["  in the law's own tokens", Quantity.short(tokens)]) }
        if let tokens = recommended.effectiveTokens, tokens < recommended.tokens * 0.9995 {
            table.add(["  worth in fresh tokens", Quantity.short(tokens)])
        }
        table.add(["unique tokens used", Quantity.short(recommended.uniqueTokens)])
        table.add([
            "epochs", Quantity.short(recommended.epochs),
            range(recommended.epochsInterval, Quantity.short),
        ])
        table.add(["passes over the files", Quantity.short(recommended.passesOverFiles)])
        table.add(["tokens per parameter", Quantity.short(recommended.tokensPerParameter)])
        table.add(["training FLOPs (\(flopModel))", Quantity.flops(recommended.flops)])
        for (name, value) in expenseFigures { table.add([name, value]) }
        if let used = recommended.budgetUsed { table.add(["budget used", Quantity.percent(used)]) }
        if let loss = recommended.loss {
            table.add([
                "loss under the law", Quantity.fixed(loss, decimals: 4),
                range(recommended.lossInterval) { Quantity.fixed($0, decimals: 4) },
            ])
        } else if costIsExcess {
            table.add(["largest excess over any law's best", Quantity.significant(recommended.cost, digits: 3)])
        }
        if costUnit != "nats/token", !costIsExcess {
            table.add([objective, Quantity.amount(recommended.cost, in: costUnit, digits: 4)])
        }
        table.add(["status", status.rawValue.spelled])
        return table
    }

    private var frontierHead: String {
        recommended.loss != nil ? "loss" : costIsExcess ? "largest excess" : costUnit
    }

    private var frontierLines: [String] {
        var table = TextTable(columns: [
            "epochs": .right, "parameters": .right, "tokens": .right,
            frontierHead: .right, "another epoch": .right, "": .left,
        ])
        let best = frontier.min { $0.cost < $1.cost }
        for point in frontier {
            table.add([
                Quantity.short(point.epochs), Quantity.short(point.parameters),
                Quantity.short(point.tokens),
                point.loss.map { Quantity.fixed($0, decimals: 4) }
                    ?? (costIsExcess
                        ? Quantity.fixed(point.cost, decimals: 4) : Quantity.significant(point.cost, digits: 4)),
                point.nextEpochGain.map { ($0 < 0 ? "+" : "-") + Quantity.significant(abs($0), digits: 2) } ?? "",
                point == best ? "lowest of these" : "",
            ])
        }
        let line = Sparkline(frontier.map { $0.loss ?? $0.cost }).text
        let ends = [frontier.first, frontier.last].compactMap { $0 }.map { Quantity.short($0.epochs) }
        return ["The best plan at each number of epochs:"] + table.lines
            + ["\(frontierHead) from \(ends.joined(separator: " to ")) epochs: \(line)"]
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
