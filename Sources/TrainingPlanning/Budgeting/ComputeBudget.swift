/// An upper bound on the training compute; a plan may leave some of it unspent.
public struct ComputeBudget: Sendable, Hashable {
    /// The form in which the user gave a budget.
    public enum Limit: Sendable, Hashable {
        /// Floating-point operations.
        case flops

        /// Days of wall-clock time on a cluster.
        case days(Double)

        /// Dollars for a cluster's hours.
        case dollars(Double)
    }

    /// The training compute in FLOPs.
    public let flops: Double

    /// The form in which the user gave it.
    public let limit: Limit

    private init(_ flops: Double, _ limit: Limit) {
        self.flops = flops
        self.limit = limit
    }

    /// A budget in floating-point operations.
    ///
    /// - Throws: A ``PlanningError`` for a budget that is not positive and finite.
    public static func flops(_ flops: Double) throws(PlanningError) -> ComputeBudget {
        try PlanningError.check(flops, "the compute budget")
        return ComputeBudget(flops, .flops)
    }

    /// A budget in days of wall-clock time: accelerators × time × the share of their peak that training reaches.
    ///
    /// - Parameters:
    ///   - days: Days for which the whole cluster is available.
    ///   - cluster: The cluster, with its size.
    /// - Returns: The budget.
    /// - Throws: A ``PlanningError`` for a time that is not positive or longer than a century, or a cluster whose size
    ///   is not known.
    public static func days(_ days: Double, on cluster: TrainingCluster) throws(PlanningError) -> ComputeBudget {
        guard days > 0, days <= 36_525 else {
            throw .unusableQuantity("the budget in days", value: days, expected: "above 0 and at most a century")
        }
        guard let count = cluster.count else {
            throw .incomplete("a budget in days needs the number of accelerators: give it")
        }
        return ComputeBudget(cluster.flopsPerHour * count * days * 24, .days(days))
    }

    /// A budget in dollars, for as many accelerator-hours as they buy.
    ///
    /// - Parameters:
    ///   - dollars: The dollars.
    ///   - cluster: The cluster, with its price.
    /// - Returns: The budget.
    /// - Throws: A ``PlanningError`` for a sum that is not positive or is too large, or a cluster without a price.
    public static func dollars(_ dollars: Double, on cluster: TrainingCluster) throws(PlanningError) -> ComputeBudget {
        guard dollars > 0, dollars <= 1e14 else {
            throw .unusableQuantity(
                "the budget in dollars", value: dollars,
                expected: "above 0 and at most 1e14, about a year of the world's output (FLOPs are another unit)")
        }
        guard let price = cluster.dollarsPerFLOP else {
            throw .incomplete("a budget in dollars needs the price of an accelerator-hour: give it")
        }
        return ComputeBudget(dollars / price, .dollars(dollars))
    }

    /// The tightest of several budgets, the first of equal ones; `nil` for an empty list.
    public static func tightest(_ budgets: [ComputeBudget]) -> ComputeBudget? {
        budgets.min { $0.flops < $1.flops }
    }
}
