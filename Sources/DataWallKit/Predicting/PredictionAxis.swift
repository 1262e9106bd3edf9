public import TrainingPlanning

/// A quantity of a run and the values that predictions are made for.
public struct PredictionAxis: Sendable, Hashable {
    /// The quantities that can be swept.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// N.
        case parameters

        /// D, repeats included.
        case tokens

        /// U, the unique tokens available.
        case uniqueTokens = "unique_tokens"

        /// 6·N·D, of which the law's best size is taken.
        case flops
    }

    /// What is swept.
    public let quantity: Quantity

    /// Its values, in order.
    public let values: [Double]

    /// Spreads values between two ends, both included.
    ///
    /// - Parameters:
    ///   - quantity: What is swept.
    ///   - first: The first value.
    ///   - last: The last.
    ///   - spacing: How values are spread.
    ///   - points: How many; `nil` takes five to a factor of ten in equal ratios, or eleven in equal differences.
    /// - Throws: A `PlanningError` for ends that are not positive and finite or too few or too many points.
    public init(
        _ quantity: Quantity, from first: Double, to last: Double, spacing: SweepAxis.Spacing = .log,
        points: Int? = nil
    ) throws(PlanningError) {
        self.quantity = quantity
        values = try SweepAxis.spread(
            "the sweep of \(quantity.rawValue)", from: first, to: last, spacing: spacing, points: points)
    }
}
