public import ScalingLaws

/// A fit's forecast for ten times the compute of its runs, and how far to trust it.
public struct FitForecast: Sendable, Hashable {
    /// Ten times the largest compute fitted, in FLOPs.
    public let compute: Double

    /// The size of least loss there with every token unique, where the law has one.
    public let parameters: Double?

    /// The interval of that size over the draws of the coefficients.
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
    ///   - error: The error of its forecasts.
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
                // The frontier has a loss there; without a frontier there is no forecast.
                loss = nil
            }
        }
        self.loss = loss
        self.predictive = predictive
        let ten = compute
        parametersInterval = best == nil ? nil : ensemble?.bestSizeInterval(compute: ten, error: error, level: level)
    }
}
