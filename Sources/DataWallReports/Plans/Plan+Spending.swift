import Quantities
import TrainingPlanning

// The spending of a plan and its hardware, in its text.

extension Plan {
    /// The cost of the recommended run, as rows of the table of figures: dollars first.
    var expenseFigures: [(name: String, value: String)] {
        var rows: [(String, String)] = []
        if let dollars = trainingDollars { rows.append(("training", Quantity.dollars(dollars))) }
        if let dollars = servingDollars { rows.append(("serving", Quantity.dollars(dollars))) }
        if let expense, let cluster = terms.cluster {
            rows.append(("\(cluster.accelerator.name)-hours", Quantity.short(expense.acceleratorHours)))
            if let days = expense.days, let count = cluster.count {
                rows.append(("days on \(Quantity.grouped(count))", Quantity.short(days)))
            }
        }
        return rows
    }

    /// The budget in the heading, in the form that the user gave.
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
