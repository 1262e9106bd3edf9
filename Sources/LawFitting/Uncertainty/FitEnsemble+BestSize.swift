public import ScalingLaws

extension FitEnsemble {
    /// The range for the model size that measurements will show as best at a compute, with every token unique.
    ///
    /// The range is the size under the fit times e^±half, where half² = (z·σ)² + (q/(1.55·c))² + (g/(2·ln 10·c))². σ is
    /// the standard deviation of the size's logarithm over the resamples, and c the curvature of ln L in ln N at that
    /// compute. Near its minimum the curve is flat, so small errors of the loss move the best size far. The second part
    /// is the error of reading the minimum off six runs within a factor of 3, whose losses scatter by q. The third part
    /// is the law's error, which grows by g up to that compute; half of that growth tilts size against data.
    ///
    /// - Parameters:
    ///   - compute: 6·N·D in FLOPs.
    ///   - error: The error of the fit's forecasts, or `nil` to include only the uncertainty of the coefficients.
    ///   - level: The probability that the range is meant to hold.
    /// - Returns: The range, or `nil` where the law has no such size, the runs leave no degree of freedom, or all
    ///   resamples agree.
    /// - Complexity: Some 150 evaluations per resample.
    public func bestSizeInterval(compute: Double, error: ForecastError? = nil, level: Double = 0.9) -> Interval? {
        guard fit.degreesOfFreedom > 0, let size = ComputeFrontier.best(fit.compiled, compute: compute)?.parameters
        else { return nil }
        var logs: [Double] = []
        for member in members {
            do {
                let law = try fit.compiled.with(coefficients: member)
                if let best = ComputeFrontier.best(law, compute: compute) {
                    logs.append(Elementary.log(best.parameters))
                }
            } catch {
                continue
            }
        }
        guard logs.count * 2 >= members.count, logs.count > 1 else { return nil }
        let z = NormalDistribution.quantile(0.5 + level / 2)
        let deviation = OrderStatistics.deviation(logs)
        guard deviation > 1e-9 else { return nil }
        var squares = z * z * deviation * deviation
        if let error, let (loss, curvature) = bottom(size, compute), curvature > 0 {
            // Scatter and growth are stated as 90 % quantiles.
            let stretch = z / NormalDistribution.quantile(0.95)
            let scatter =
                stretch * error.scatter(logLoss: Elementary.log(loss), repetitionShare: 0) / (1.55 * curvature)
            let tilt = stretch * error.growth(at: compute) / (2 * Elementary.log(10) * curvature)
            squares += scatter * scatter + tilt * tilt
        }
        let half = squares.squareRoot()
        return Interval(lower: size * Elementary.exp(-half), upper: size * Elementary.exp(half), level: level)
    }

    /// The loss at the best size and the curvature of its logarithm in ln N along equal compute.
    private func bottom(_ size: Double, _ compute: Double) -> (loss: Double, curvature: Double)? {
        let step = 0.2
        var losses: [Double] = []
        for shift in [-step, 0, step] {
            let parameters = size * Elementary.exp(shift)
            do {
                losses.append(
                    try fit.compiled.loss(parameters: parameters, tokens: compute / (6 * parameters)))
            } catch {
                return nil
            }
        }
        let logs = losses.map { Elementary.log($0) }
        return (losses[1], (logs[0] + logs[2] - 2 * logs[1]) / (step * step))
    }
}
