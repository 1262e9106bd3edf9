import OrderedJSON
import Quantities
import TrainingPlanning

// What each law advises beside the others: in a plan's text and in its file.

extension LawPlan {
    /// The advice in the plan file.
    var json: JSONValue {
        var members: [JSONMember] = []
        func add(_ key: String, _ value: JSONValue) { members.append(JSONMember(key: key, value: value)) }
        func numbers(_ values: [String: Double]) -> JSONValue {
            .object(values.sorted { $0.key < $1.key }.map { JSONMember(key: $0.key, value: .number($0.value)) })
        }
        add("law", .string(law))
        add("parameters", .number(parameters))
        add("tokens", .number(tokens))
        add("epochs", .number(epochs))
        add("loss", .number(optional: loss))
        add("cost", .number(optional: cost))
        add("loss_interval", .interval(lossInterval))
        add("parameters_interval", .interval(parametersInterval))
        add("tokens_interval", .interval(tokensInterval))
        add("epochs_interval", .interval(epochsInterval))
        add("interval_source", intervalSource.map { .string($0.rawValue) } ?? .null)
        add("interval_members", .integer(intervalMembers))
        add("no_interval", noInterval.map { .string($0) } ?? .null)
        add("cross_excess", numbers(crossExcess))
        if !crossMisses.isEmpty { add("cross_misses", numbers(crossMisses)) }
        add("excess", .number(optional: excess))
        if let missedBy { add("missed_by", .number(missedBy)) }
        if let reachedShare { add("reached_share", .number(reachedShare)) }
        add("wall_flops", .number(optional: wallFLOPs))
        if let shadowPrices {
            add(
                "shadow_prices",
                .object([
                    "unique_tokens": .number(optional: shadowPrices.uniqueTokens),
                    "flops": .number(optional: shadowPrices.flops),
                ]))
        }
        add("other_basins", .array(otherBasins.map(\.briefJSON)))
        return .object(members)
    }
}

extension LeftOutLaw {
    /// The law in the plan file.
    var json: JSONValue {
        .object([
            "law": .string(law), "reason": .string(reason), "lowest_loss": .number(optional: lowestLoss),
        ])
    }
}

extension Plan {
    /// What each law advises, as lines.
    var lawLines: [String] {
        adviceLines + [""] + rangeLines
    }

    private var adviceLines: [String] {
        let isTarget = constraints.targetLoss != nil
        var table = TextTable(columns: [
            "law": .left, "parameters": .right, "tokens": .right, "epochs": .right,
            isTarget ? "in \(costUnit)" : "its loss": .right, "largest excess elsewhere": .right,
            isTarget ? "the run above" : "excess of the run above": .right,
        ])
        for plan in byLaw {
            table.add([
                plan.law, Quantity.short(plan.parameters), Quantity.short(plan.tokens),
                Quantity.short(plan.epochs),
                isTarget
                    ? Quantity.significant(plan.cost, digits: 4)
                    : plan.loss.map { Quantity.fixed($0, decimals: 4) } ?? "",
                elsewhere(plan),
                plan.missedBy.map { "misses by \(Quantity.significant($0, digits: 2))" } ?? excess(plan),
            ])
        }
        let comparison =
            isTarget
            ? "What each law advises at the target, and where that misses it (the same loss under two laws is not the same):"
            : "What each law advises, and what that costs under another (losses of laws do not compare):"
        return [comparison] + table.lines
    }

    private func excess(_ plan: LawPlan) -> String {
        guard constraints.targetLoss != nil else { return Quantity.significant(plan.excess, digits: 3) }
        let share = plan.reachedShare.map { ", \(Quantity.percent($0)) of its sets" } ?? ""
        return "reaches it\(share)"
    }

    private func elsewhere(_ plan: LawPlan) -> String {
        if let miss = plan.crossMisses.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            return "misses by \(Quantity.significant(miss.value, digits: 2)) under \(miss.key)"
        }
        return plan.crossExcess.max { ($0.value, $0.key) < ($1.value, $1.key) }.map {
            "\(Quantity.significant($0.value, digits: 3)) under \($0.key)"
        } ?? ""
    }

    private var rangeLines: [String] {
        var table = TextTable(columns: [
            "law": .left, "parameters": .right, "tokens": .right, "epochs": .right, "its loss": .right, "over": .left,
        ])
        func range(_ range: ClosedRange<Double>?, _ write: (Double) -> String) -> String {
            range?.spread.map { Quantity.range($0, write) } ?? "held fixed"
        }
        for plan in byLaw where plan.noInterval == nil {
            table.add([
                plan.law, range(plan.parametersInterval, Quantity.short), range(plan.tokensInterval, Quantity.short),
                range(plan.epochsInterval, Quantity.short),
                range(plan.lossInterval) { Quantity.fixed($0, decimals: 4) },
                plan.intervalSource?.text(sets: plan.intervalMembers) ?? "",
            ])
        }
        let bare = byLaw.compactMap { plan in plan.noInterval.map { "\(plan.law): no interval: \($0)." } }
        let isBare = bare.count == byLaw.count
        return (isBare ? [] : ["Where the best plan of each lies:"] + table.lines) + bare
    }
}
