import ScalingLaws

/// The best plan at a number of epochs.
public struct FrontierPoint: Sendable, Hashable {
    /// Passes over the unique tokens.
    public var epochs: Double

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss; `nil` if several laws were weighed.
    public var loss: Double?

    /// The cost under the objective; if several laws were weighed, the expected excess over their own best.
    public var cost: Double

    /// The saving of one more epoch; below 0 if it harms, `nil` if the limits do not allow one or it is not known.
    public var nextEpochGain: Double?
}

extension FrontierPoint {
    /// The best plans at 1, 2, 4, … epochs, some doublings beyond the best plan's own, up to the first that has no
    /// plan.
    ///
    /// - Parameters:
    ///   - supply: The data available.
    ///   - best: The best plan.
    ///   - plan: The best plan at a number of epochs, or `nil` if the limits do not allow one.
    ///   - loss: The loss of a plan, or `nil` if several laws were weighed.
    /// - Returns: The points.
    static func frontier(
        of supply: DataSupply, around best: Candidate, plan: (Double) -> Candidate?, loss: (Candidate) -> Double?
    ) -> [FrontierPoint] {
        let epochs = Elementary.exp(best.y) / supply.tokensPerEpoch
        var points: [FrontierPoint] = []
        var passes = 1.0
        while passes <= Swift.max(16, epochs * 4), passes < 1e6 {
            guard let point = plan(passes) else { break }
            let next = plan(passes + 1)
            points.append(
                FrontierPoint(
                    epochs: passes, parameters: Elementary.exp(point.x), tokens: passes * supply.tokensPerEpoch,
                    loss: loss(point), cost: point.cost, nextEpochGain: next.map { point.cost - $0.cost }))
            passes *= 2
        }
        return points
    }
}

extension FrontierPoint {
    /// A point before its fields are read from a file.
    package static let blank = FrontierPoint(epochs: 0, parameters: 0, tokens: 0, cost: 0)
}
