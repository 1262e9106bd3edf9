/// What may be spent on training, as an upper bound: a plan may leave some of it unspent.
public struct ComputeBudget: Sendable, Hashable {
    /// The training compute in FLOPs.
    public let flops: Double

    private init(_ flops: Double) {
        self.flops = flops
    }

    /// A budget in floating-point operations.
    ///
    /// - Throws: A ``PlanningError`` for a budget that is not positive and finite.
    public static func flops(_ flops: Double) throws(PlanningError) -> ComputeBudget {
        try PlanningError.check(flops, "the compute budget")
        return ComputeBudget(flops)
    }
}
