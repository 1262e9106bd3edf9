/// The accelerators that a run trains on: their kind, their number, the share of their peak that they reach, and their
/// price.
///
/// ```swift
/// let h100 = try AcceleratorTable.standard.accelerator(named: "h100")
/// let cluster = try TrainingCluster(h100, count: 64, utilization: 0.4, dollarsPerHour: 2.5)
/// let budget = try ComputeBudget.days(14, on: cluster)
/// ```
public struct TrainingCluster: Sendable, Hashable {
    /// The accelerator.
    public let accelerator: Accelerator

    /// How many there are, or `nil` where only their hours matter.
    public let count: Double?

    /// The share of the peak that training reaches: model FLOPs utilisation.
    public let utilization: Double

    /// Dollars for one accelerator for an hour, or `nil` where not known.
    public let dollarsPerHour: Double?

    /// Creates a cluster.
    ///
    /// - Parameters:
    ///   - accelerator: The accelerator.
    ///   - count: How many there are, or `nil` where only their hours matter.
    ///   - utilization: The share of the peak that training reaches, above 0 and at most 1.
    ///   - dollarsPerHour: Dollars for one accelerator for an hour, where known.
    /// - Throws: A ``PlanningError`` for a count, utilisation or price out of range.
    public init(
        _ accelerator: Accelerator, count: Double? = nil, utilization: Double, dollarsPerHour: Double? = nil
    ) throws(PlanningError) {
        if let count {
            guard count >= 1, count <= 1e8 else {
                throw .unusableQuantity(
                    "the number of accelerators", value: count, expected: "from 1 to a hundred million")
            }
        }
        try UnitPrice.checkUtilization(utilization, "the utilisation in training")
        if let dollarsPerHour { try UnitPrice.checkHourly(dollarsPerHour, "the price of training") }
        self.accelerator = accelerator
        self.count = count
        self.utilization = utilization
        self.dollarsPerHour = dollarsPerHour
    }

    /// The training compute that one accelerator does in an hour, in FLOPs.
    public var flopsPerHour: Double { accelerator.peakFLOPs * utilization * 3_600 }

    /// Dollars for a FLOP of training, or `nil` without a price.
    public var dollarsPerFLOP: Double? { dollarsPerHour.map { $0 / flopsPerHour } }

    /// The cost of a run: accelerator-hours, days if the cluster's size is known, dollars if the price is known.
    ///
    /// - Parameter flops: The training compute of the run.
    /// - Returns: The cost.
    public func expense(of flops: Double) -> TrainingExpense {
        let hours = flops / flopsPerHour
        return TrainingExpense(
            acceleratorHours: hours, days: count.map { hours / $0 / 24 }, dollars: dollarsPerHour.map { $0 * hours })
    }
}
