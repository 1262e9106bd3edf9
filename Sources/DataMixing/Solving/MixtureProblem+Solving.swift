import ScalingLaws

extension MixtureProblem {
    /// The best weights, by bisection on the price of a training token.
    ///
    /// - Returns: The solution with its duality gap.
    /// - Throws: ``MixtureError/law(_:)`` where a curve has no value that is needed.
    /// - Complexity: Some hundred evaluations of its curve for each source; none for sources that are read once at most
    ///   or sit at their caps.
    public func solved() throws(MixtureError) -> MixtureSolution {
        let dual = try MixtureDual(self)
        var newton = try MixtureNewton(dual)
        if let quick = try newton.solve() {
            let solution = try dual.solution(quick)
            if solution.gap < Self.certainGap { return solution }
        }
        return try dual.solution(try dual.solve())
    }

    /// The gap at which a quick solution is taken: what rounding leaves.
    static let certainGap = 1e-11
}
