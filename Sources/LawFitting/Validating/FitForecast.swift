public import ScalingLaws

/// What a fit forecasts for ten times the compute of its runs, and how far to trust that.
public struct FitForecast: Sendable, Hashable {
    /// Ten times the largest compute fitted, in FLOPs.
    public let compute: Double

    /// The size of least loss there with every token unique, where the law has one.
    public let parameters: Double?

    /// Where that size lies over the draws of the coefficients.
    public let parametersInterval: Interval?

    /// The tokens of that run.
    public let tokens: Double?

    /// Its loss.
    public let loss: Double?

    /// The range for the loss that it will measure.
    public let predictive: PredictiveInterval?

    /// The mean |L̂/L − 1| to expect there, by the backtest; `nil` without one.
    public let expectedError: Double?

    /// Forecasts from a fit.
    ///
    /// - Parameters:
    ///   - fit: The fit.
    ///   - ensemble: Its resamples.
    ///   - backtest: Its backtest.
    ///   - error: What its forecasts err by.
    ///   - level: The probability of intervals.
    public init(
        _ fit: LawFit, ensemble: FitEnsemble?, backtest: Backtest?, error: ForecastError?, level: Double = 0.9
    ) {
        compute = 10 * (fit.runs.runs.map(\.compute).max() ?? 1)
        expectedError = backtest?.expectedError(decades: 1)
        let best = ComputeFrontier.best(fit.compiled, compute: compute)
        parameters = best?.parameters
        tokens = best?.tokens
        var loss: Double?
        var predictive: PredictiveInterval?
        if let best {
            do {
                let run = try TrainingRun(parameters: best.parameters, tokens: best.tokens)
                loss = try fit.compiled.loss(of: run)
                predictive = try ensemble?.predictive(for: run, error: error, level: level)
            } catch {
                // The frontier has a loss there; without one there is nothing to say.
                loss = nil
            }
        }
        self.loss = loss
        self.predictive = predictive
        let ten = compute
        parametersInterval = best == nil ? nil : ensemble?.bestSizeInterval(compute: ten, level: level)
    }
}

extension FitEnsemble {
    /// The range for the size of least loss at a compute, every token unique.
    ///
    /// The size under the fit, times e^±z·σ with σ the deviation of its logarithm over the resamples.
    ///
    /// - Parameters:
    ///   - compute: 6·N·D in FLOPs.
    ///   - level: The probability that the range is meant to hold.
    /// - Returns: The range, or `nil` where the law has no such size, the runs leave no degree of freedom, or all
    ///   resamples agree.
    /// - Complexity: Some 150 evaluations per resample.
    public func bestSizeInterval(compute: Double, level: Double = 0.9) -> Interval? {
        guard fit.degreesOfFreedom > 0, let size = ComputeFrontier.best(fit.compiled, compute: compute)?.parameters
        else { return nil }
        var logs: [Double] = []
        for member in members {
            do {
                let law = try fit.compiled.with(coefficients: member)
                if let best = ComputeFrontier.best(law, compute: compute) { logs.append(Elementary.log(best.parameters)) }
            } catch {
                continue
            }
        }
        guard logs.count * 2 >= members.count, logs.count > 1 else { return nil }
        let half = NormalDistribution.quantile(0.5 + level / 2) * OrderStatistics.deviation(logs)
        guard half > 1e-9 else { return nil }
        return Interval(lower: size * Elementary.exp(-half), upper: size * Elementary.exp(half), level: level)
    }
}
