import OrderedJSON
import Quantities
import TrainingPlanning

// What a plan spends and on what hardware, in its text and in its file.

extension Plan {
    /// The budget in the plan file: its FLOPs, then what it was given as and the cluster, where there is one.
    var budgetJSON: JSONValue {
        guard budget != nil || terms.cluster != nil else { return .null }
        var members = [JSONMember(key: "flops", value: .number(optional: budget?.flops))]
        switch budget?.limit {
        case .days(let days): members.append(JSONMember(key: "days", value: .number(days)))
        case .dollars(let dollars): members.append(JSONMember(key: "dollars", value: .number(dollars)))
        case .flops, nil: break
        }
        if let cluster = terms.cluster {
            members.append(JSONMember(key: "gpu", value: .string(cluster.accelerator.name)))
            members.append(JSONMember(key: "gpu_peak_flops", value: .number(cluster.accelerator.peakFLOPs)))
            if let count = cluster.count { members.append(JSONMember(key: "gpus", value: .number(count))) }
            members.append(JSONMember(key: "mfu", value: .number(cluster.utilization)))
            if let price = cluster.dollarsPerHour {
                members.append(JSONMember(key: "dollars_per_gpu_hour", value: .number(price)))
            }
        }
        return .object(members)
    }

    /// What the recommended run takes, as members of its object in the plan file; none where no hardware is known.
    var expenseMembers: [JSONMember] {
        let figures = [
            ("gpu_hours", expense?.acceleratorHours), ("days", expense?.days), ("training_dollars", trainingDollars),
            ("serving_dollars", servingDollars),
        ]
        return figures.compactMap { key, value in value.map { JSONMember(key: key, value: .number($0)) } }
    }

    /// What the recommended run takes, as rows of the table of figures.
    var expenseFigures: [(name: String, value: String)] {
        var rows: [(String, String)] = []
        if let expense, let cluster = terms.cluster {
            rows.append(("\(cluster.accelerator.name)-hours", Quantity.short(expense.acceleratorHours)))
            if let days = expense.days, let count = cluster.count {
                rows.append(("days on \(Quantity.grouped(count))", Quantity.short(days)))
            }
        }
        if let dollars = trainingDollars { rows.append(("training", Quantity.dollars(dollars))) }
        if let dollars = servingDollars { rows.append(("serving", Quantity.dollars(dollars))) }
        return rows
    }

    /// The budget in the heading, with what it was given as.
    var spendText: String {
        guard let budget else { return "" }
        let flops = "\(Quantity.flops(budget.flops)) FLOPs"
        guard let cluster = terms.cluster else { return " within \(flops)" }
        let share = "\(Quantity.percent(cluster.utilization)) of the peak"
        return switch budget.limit {
        case .flops: " within \(flops)"
        case .days(let days):
            " within \(flops), \(Quantity.count(days, "day")) of \(Quantity.grouped(cluster.count ?? 1)) "
                + "\(cluster.accelerator.name) at \(share)"
        case .dollars(let dollars):
            " within \(flops), the \(Quantity.dollars(dollars)) of \(cluster.accelerator.name) hours at \(share)"
        }
    }
}

extension PlanConstraints {
    /// Limits and hardware of service, as further members of the constraints in the plan file.
    func servingMembers(with terms: PlanTerms) -> [JSONMember] {
        var members: [JSONMember] = []
        if !sizeLimits.isEmpty {
            members.append(
                JSONMember(
                    key: "size_limits",
                    value: .array(
                        sizeLimits.map {
                            .object([
                                "code": .string($0.code), "max_parameters": .number($0.parameters),
                                "reason": .string($0.reason),
                            ])
                        })))
        }
        if let serving = terms.serving {
            members.append(
                JSONMember(
                    key: "serving",
                    value: .object([
                        "gpu": .string(serving.accelerator.name), "mfu": .number(serving.generationUtilization),
                        "prompt_mfu": .number(serving.promptUtilization),
                        "generated_share": .number(serving.generatedShare),
                        "dollars_per_gpu_hour": .number(optional: serving.dollarsPerHour),
                    ])))
        }
        return members
    }
}

extension JSONValue {
    /// The object with further members at its end.
    func adding(_ members: [JSONMember]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }
}
