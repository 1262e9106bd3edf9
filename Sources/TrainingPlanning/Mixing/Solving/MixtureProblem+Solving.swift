import Quantities
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
        var newton = try MixtureNewton(dual)
        func solve(
            _ strength: ((Double) throws(PlanningError) -> Double)?
        ) throws(PlanningError) -> MixtureSolution {
            if let quick = try newton.solve(strength: strength) {
                let solution = try dual.solution(quick)
                if solution.gap < Self.certainGap { return solution }
            }
            let state = if let strength { try dual.solve(strength: strength) } else { try dual.solve(strength: 0) }
            return try dual.solution(state)
        }
        switch pull {
        case .none: return try solve(nil)
        case .logarithm(let multiple):
            guard multiple > 0 else { return try solve(nil) }
            return try solve { effective throws(PlanningError) in multiple * effective }
        case .loss(let multiple, let loss):
            guard multiple > 0 else { return try solve(nil) }
            return try solve { effective throws(PlanningError) in
                let slope = try loss.slope(effectiveTokens: effective * tokens)
                guard slope < 0 else {
                    throw .contradiction(
                        "law '\(loss.law.identifier)' does not fall with effective tokens at "
                            + "\(Quantity.short(effective * tokens)), so a pull in its unit has no meaning: weigh the "
                            + "pull against ln D_eff instead")
                }
                return multiple * effective / -slope
            }
        }
    }

    /// The gap at which a quick solution is taken: what rounding leaves.
    static let certainGap = 1e-11
}
