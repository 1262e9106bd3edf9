import ScalingLaws

extension MixtureProblem {
    /// The best weights, by bisection on the price of a training token.
    ///
    /// - Returns: The solution with its duality gap.
    /// - Throws: ``PlanningError/law(_:)`` where a curve or the law of the pull has no value that is needed.
    /// - Complexity: Some hundred evaluations of its curve for each source; none for sources that are read once at most
    ///   or sit at their caps.
    public func solved() throws(PlanningError) -> MixtureSolution {
        let dual = try MixtureDual(self)
        var state = MixtureDual.State(dual)
        switch pull {
        case .none: state = try dual.solve(strength: 0)
        case .logarithm(let multiple):
            state = try dual.solve { effective throws(PlanningError) in multiple * effective }
        case .loss(let multiple, let loss):
            state = try dual.solve { effective throws(PlanningError) in
                guard multiple > 0 else { return 0 }
                let slope = try loss.slope(effectiveTokens: effective * tokens)
                guard slope < 0 else {
                    throw .contradiction(
                        "law '\(loss.law.identifier)' does not fall with effective tokens at "
                            + "\(QuantityText.count(effective * tokens)), so a pull in its unit has no meaning: weigh the "
                            + "pull against ln D_eff instead")
                }
                return multiple * effective / -slope
            }
        }
        return try dual.solution(state)
    }
}
