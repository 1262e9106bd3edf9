import ScalingLaws

/// How a law fitted to some runs does on others.
public struct HoldOutScore: Sendable, Hashable {
    /// The name of the held-out part: the expression, the group or the round.
    public internal(set) var name: String

    /// How many runs the law was fitted to.
    public internal(set) var trainedRuns: Int

    /// How many it was judged on.
    public internal(set) var testedRuns: Int

    /// The mean relative error |L̂/L − 1| on these.
    public internal(set) var meanError: Double

    /// The median relative error.
    public internal(set) var medianError: Double

    /// The largest relative error.
    public internal(set) var worstError: Double

    /// The mean of log(L̂/L): above 0 where the law promises too little, below where too much.
    public internal(set) var bias: Double

    init(name: String, trainedRuns: Int, residuals: [Double]) {
        self.name = name
        self.trainedRuns = trainedRuns
        testedRuns = residuals.count
        let errors = residuals.map { abs(Elementary.exp($0) - 1) }
        meanError = OrderStatistics.mean(errors)
        medianError = OrderStatistics.median(errors)
        worstError = errors.max() ?? .nan
        bias = OrderStatistics.mean(residuals)
    }
}
