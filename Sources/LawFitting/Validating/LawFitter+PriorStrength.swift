import ScalingLaws

/// How strongly a prior was weighed in backtests, and how far the forecasts erred.
public struct PriorStrengthScore: Sendable, Hashable {
    /// How many runs count as one independent error.
    public let dependence: Double

    /// The mean error of forecasts of more expensive runs; each origin counts the same.
    public let meanError: Double
}

extension LawFitter {
    /// The strengths that are tried: how many runs count as one.
    public static let strengths: [Double] = [1, 3, 10, 30]

    /// The fitter with the strength of its prior that forecasts best inside the runs.
    ///
    /// Each strength is scored by the same rolling origins; the strength of the options is kept unless another lowers
    /// the error by a tenth, since a few runs are weak evidence. Without a prior, or with too few runs, nothing
    /// changes.
    ///
    /// - Parameter runs: The runs that will be fitted. Runs to be forecast must not be among them.
    /// - Returns: The fitter and the scores, in the order of ``strengths``; no scores if nothing was tried.
    /// - Complexity: Four backtests.
    public func choosingStrength(on runs: MeasuredRuns) -> (fitter: LawFitter, scores: [PriorStrengthScore]) {
        guard options.prior.prior(of: law.card) != nil, runs.count >= Backtest.leastRuns else { return (self, []) }
        var scores: [PriorStrengthScore] = []
        var own: Double?
        for strength in Self.strengths {
            var options = options
            options.dependence = strength
            guard
                let error = LawFitter(law, options: options).backtest(
                    runs, quantiles: 0.15...0.7, distance: 5)?.meanError
            else { continue }
            scores.append(PriorStrengthScore(dependence: strength, meanError: error))
            if strength == self.options.dependence { own = error }
        }
        guard let best = scores.min(by: { $0.meanError < $1.meanError }),
            best.meanError < 0.9 * (own ?? .infinity)
        else { return (self, scores) }
        var options = options
        options.dependence = best.dependence
        return (LawFitter(law, options: options), scores)
    }
}
