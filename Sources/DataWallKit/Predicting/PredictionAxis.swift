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

        /// 6·N·D in FLOPs; the prediction is for the law's best size at that compute.
        case flops
    }

    /// The quantity to vary.
    public let quantity: Quantity

    /// Its values, in order.
    public let values: [Double]

    /// Spreads values between two ends, both included.
    ///
    /// - Parameters:
    ///   - quantity: The quantity to vary.
    ///   - first: The first value.
    ///   - last: The last.
    ///   - spacing: How values are spread.
    ///   - points: The number of values; `nil` takes five per factor of ten with equal ratios, or eleven with equal
    ///     differences.
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
