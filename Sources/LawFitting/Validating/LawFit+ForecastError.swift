public import ScalingLaws

extension LawFit {
    /// Measures the error of forecasts beyond that of the draws of the coefficients.
    ///
    /// Scatter comes from six-fold cross-validation whose folds keep clusters of runs whole; growth from a backtest.
    ///
    /// - Parameters:
    ///   - backtest: The law's backtest on the same runs, or `nil` to assume the least growth.
    ///   - unit: The unit that folds keep whole; `nil` for the runs' natural unit.
    /// - Returns: The error, or `nil` if the runs leave no degree of freedom to measure it.
    /// - Throws: Errors of the law.
    /// - Complexity: Six fits, and O(*n*²) in the runs.
    public func forecastError(
        backtest: Backtest?, unit: ResampleUnit? = nil
    ) throws(FittingError) -> ForecastError? {
        guard degreesOfFreedom > 1, runs.count >= 8 else { return nil }
        let shares = try repetitionShares(on: runs)
        var errors = residuals
        let clusters = try runs.clusters(unit ?? runs.naturalUnit)
        let folds = Swift.min(6, clusters.count)
        if folds > 1 {
            let problem = try makeProblem()
            let weights = problem.weights
            let starts = optima.prefix(2).map { space.point($0.coefficients) }
            var generator = SeededGenerator(seed: 6)
            var order = Array(clusters.indices)
            for i in order.indices.reversed() where i > 0 { order.swapAt(i, generator.index(below: i + 1)) }
            for fold in 0..<folds {
                let held = order.indices.filter { $0 % folds == fold }.flatMap { clusters[order[$0]] }
                problem.weights = weights
                for index in held { problem.weights[index] = 0 }
                guard problem.weights.contains(where: { $0 > 0 }), let x = refit(problem, from: starts),
                    let residuals = problem.residuals(x)
                else { continue }
                for index in held { errors[index] = residuals[index] }
            }
        }
        let scaled = zip(errors, shares).map { abs($0) / (1 + ForecastError.repetitionFactor * $1) }
        let used = runs.runs.indices.filter { runs.runs[$0].weight > 0 }
        let fitted = zip(runs.runs, residuals).map { Elementary.log($0.loss) + $1 }
        return ForecastError(
            scatter: Self.scatter(scaled, fitted, used), growth: backtest?.growth ?? ForecastError.leastGrowth,
            compute: used.map { runs.runs[$0].compute }.max() ?? 0)
    }

    /// The error that the fitted runs show by themselves: their scatter, and the least growth assumed.
    var fittedScatter: ForecastError {
        let sizes = residuals.map { abs($0) }.sorted()
        return ForecastError(
            scatter: sizes.isEmpty
                ? [] : [ForecastError.Scatter(logLoss: 0, quantile: OrderStatistics.quantile(0.9, sorted: sizes))],
            growth: ForecastError.leastGrowth, compute: runs.runs.map(\.compute).max() ?? 0)
    }

    /// The 90 % quantile of the errors of the nearest 30 % of runs, and at least 20, at nine places.
    private static func scatter(_ errors: [Double], _ fitted: [Double], _ used: [Int]) -> [ForecastError.Scatter] {
        let places = used.map { fitted[$0] }.sorted()
        let near = Swift.min(Swift.max(Int(0.3 * Double(used.count)), 20), used.count)
        // A quantile of a small sample is taken a little further out (split conformal prediction).
        let level = Swift.min(0.9 * Double(near + 1) / Double(near), 1)
        var result: [ForecastError.Scatter] = []
        for index in 0..<9 {
            let place = OrderStatistics.quantile(Double(index) / 8, sorted: places)
            let nearest = used.sorted { (abs(fitted[$0] - place), $0) < (abs(fitted[$1] - place), $1) }.prefix(near)
            let quantile = OrderStatistics.quantile(level, sorted: nearest.map { errors[$0] }.sorted())
            if place > result.last?.logLoss ?? -.infinity {
                result.append(ForecastError.Scatter(logLoss: place, quantile: quantile))
            }
        }
        return result
    }
}
