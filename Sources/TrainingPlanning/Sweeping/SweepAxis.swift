import Quantities
import ScalingLaws

/// A quantity of a question and the values that a sweep gives it.
public struct SweepAxis: Sendable, Hashable {
    /// The quantities that can be swept.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// The compute budget in FLOPs.
        case flops

        /// The unique tokens available, of the supply's own composition.
        case uniqueTokens = "unique_tokens"

        /// The cap on epochs.
        case maxEpochs = "max_epochs"

        /// The most parameters.
        case maxParameters = "max_parameters"

        /// The target loss.
        case targetLoss = "target_loss"

        /// The tokens served over the model's life.
        case inferenceTokens = "inference_tokens"
    }

    /// How values are spread between the ends.
    public enum Spacing: String, Sendable, Hashable, CaseIterable {
        /// Equal ratios.
        case log

        /// Equal differences.
        case linear
    }

    /// The quantity to vary.
    public let quantity: Quantity

    /// Its values, in order.
    public let values: [Double]

    /// The most points of an axis.
    public static let mostPoints = 10_000

    /// Spreads values between two ends, both included.
    ///
    /// - Parameters:
    ///   - quantity: The quantity to vary.
    ///   - first: The first value.
    ///   - last: The last.
    ///   - spacing: How values are spread.
    ///   - points: The number of values; `nil` takes five per factor of ten with equal ratios, or eleven with equal
    ///     differences.
    /// - Throws: A ``PlanningError`` for ends that are not positive and finite or too few or too many points.
    public init(
        _ quantity: Quantity, from first: Double, to last: Double, spacing: Spacing = .log, points: Int? = nil
    ) throws(PlanningError) {
        self.quantity = quantity
        values = try Self.spread(
            "the sweep of \(quantity.rawValue)", from: first, to: last, spacing: spacing, points: points)
    }

    /// Spreads values between two ends, both included.
    ///
    /// - Parameters:
    ///   - name: The name of the quantity to vary, for errors.
    ///   - first: The first value.
    ///   - last: The last.
    ///   - spacing: How values are spread.
    ///   - points: The number of values; `nil` as for an axis.
    /// - Returns: The values, in order.
    /// - Throws: The errors of ``init(_:from:to:spacing:points:)``.
    package static func spread(
        _ name: String, from first: Double, to last: Double, spacing: Spacing, points: Int?
    ) throws(PlanningError) -> [Double] {
        try PlanningError.check(first, name)
        try PlanningError.check(last, name)
        for end in [first, last] where !end.isNormal {
            throw .unusableQuantity(name, value: end, expected: "\(Double.leastNormalMagnitude) or more")
        }
        // The ratio of two numbers may be too large for one.
        let (start, rise) = (Elementary.log(first), Elementary.log(last) - Elementary.log(first))
        let decades = abs(rise) / Elementary.log(10)
        let usual = spacing == .log ? Int((5 * decades).rounded(.up)) + 1 : 11
        let count = points ?? Swift.max(2, Swift.min(usual, Self.mostPoints))
        guard count >= 2, count <= Self.mostPoints else {
            throw .unusableQuantity(
                "the number of points of \(name)", value: Double(count), expected: "2 to \(Self.mostPoints)")
        }
        return (0..<count).map { index in
            if index == 0 { return first }
            if index == count - 1 { return last }
            let share = Double(index) / Double(count - 1)
            let value =
                spacing == .log
                ? Elementary.exp(start + share * rise) : first + (last - first) * share
            // 1e21, not 999999999999999900000.
            return Double(Quantities.Quantity.rounded(value, digits: 12)) ?? value
        }
    }
}
