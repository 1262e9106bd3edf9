import Quantities
import ScalingLaws

/// Forecasts that the available runs can check: the law is fitted to cheap runs and tested on more expensive ones.
///
/// Rolling origins: fits to the runs of at most T FLOPs, for T at several quantiles of the runs' compute, tested on the
/// runs of at least 1.5·T.
public struct Backtest: Sendable, Hashable {
    /// One origin.
    public struct Origin: Sendable, Hashable {
        /// T, the largest compute fitted, in FLOPs.
        public let compute: Double

        /// How many runs were fitted.
        public let trainedRuns: Int

        /// The number of more expensive runs that tested the fit.
        public let testedRuns: Int

        /// The mean |L̂/L − 1| of these.
        public let meanError: Double

        /// The median.
        public let medianError: Double

        /// The mean of ln(L̂/L): above 0 where the law promised too little.
        public let bias: Double

        /// The mean |L̂/L − 1| of the runs fitted.
        public let fittedError: Double
    }

    /// A forecast of one run.
    struct Forecast: Sendable, Hashable {
        /// The run's index.
        var run: Int
        /// Factors of ten of compute beyond T.
        var decades: Double
        /// ln(L̂/L).
        var residual: Double
        /// The 90 % quantile of the fitted runs' errors, times the run's own factor for repetition.
        var scatter: Double
    }

    /// The origins, by compute.
    public let origins: [Origin]

    /// The origins that could not be fitted, one sentence each.
    public let notes: [String]

    let forecasts: [Forecast]

    /// The smallest number of runs that have a backtest.
    public static let leastRuns = 20

    /// The mean |L̂/L − 1| over all forecasts of runs beyond an origin, each origin counting the same.
    public var meanError: Double? {
        origins.isEmpty ? nil : OrderStatistics.mean(origins.map(\.meanError))
    }

    /// The mean bias over the origins.
    public var bias: Double? {
        origins.isEmpty ? nil : OrderStatistics.mean(origins.map(\.bias))
    }

    /// The mean error to expect a number of factors of ten beyond the fitted compute.
    ///
    /// It is the error inside the fitted range plus the mean growth of the error per factor of ten. That growth is at
    /// least the least growth that intervals assume, divided by 2.5, the ratio of a 90 % quantile to a mean.
    ///
    /// - Parameter decades: How far beyond, in factors of ten.
    /// - Returns: The mean |L̂/L − 1|, or `nil` where nothing was tested.
    public func expectedError(decades: Double) -> Double? {
        guard !forecasts.isEmpty else { return nil }
        let inside = OrderStatistics.mean(origins.map(\.fittedError))
        let excess = forecasts.reduce(0) { $0 + Swift.max(abs($1.residual) - inside, 0) }
        let distance = forecasts.reduce(0) { $0 + Swift.max($1.decades, 0.3) }
        return inside + decades * Swift.max(excess / distance, ForecastError.leastGrowth / 2.5)
    }

    /// The 90 % quantile, over forecasts, of the growth of the error per factor of ten.
    ///
    /// Forecasts of one sweep are few and depend on each other. So the quantile is shrunk towards the least growth
    /// assumed, as if 60 runs supported that.
    var growth: Double {
        guard !forecasts.isEmpty else { return ForecastError.leastGrowth }
        let rates = forecasts.map { Swift.max(abs($0.residual) - $0.scatter, 0) / Swift.max($0.decades, 0.3) }
        let quantile = OrderStatistics.quantile(0.9, sorted: rates.sorted())
        let runs = Double(Set(forecasts.map(\.run)).count)
        return (runs * quantile + 60 * ForecastError.leastGrowth) / (runs + 60)
    }
}

extension LawFitter {
    /// Backtests the law on runs.
    ///
    /// - Parameters:
    ///   - runs: The runs; fewer than ``Backtest/leastRuns`` have no backtest.
    ///   - count: The number of origins to try.
    ///   - quantiles: The range of quantiles of the runs' compute for the origins.
    ///   - distance: The least ratio of a tested run's compute to the origin's.
    /// - Returns: The forecasts that could be made, or `nil` if there are none.
    /// - Complexity: A fit per origin.
    public func backtest(
        _ runs: MeasuredRuns, origins count: Int = 6, quantiles: ClosedRange<Double> = 0.25...0.8,
        distance: Double = 1.5
    ) -> Backtest? {
        guard runs.count >= Backtest.leastRuns, count > 1 else { return nil }
        let compute = runs.runs.map(\.compute)
        let sorted = compute.sorted()
        var limits: [Double] = []
        for index in 0..<count {
            let level =
                quantiles.lowerBound
                + (quantiles.upperBound - quantiles.lowerBound) * Double(index) / Double(count - 1)
            let limit = sorted[Int(level * Double(sorted.count - 1))]
            if limit > limits.last ?? 0 { limits.append(limit) }
        }
        var origins: [Backtest.Origin] = []
        var forecasts: [Backtest.Forecast] = []
        var notes: [String] = []
        for limit in limits {
            let trained = runs.runs.indices.filter { compute[$0] <= limit }
            let tested = runs.runs.indices.filter { compute[$0] >= distance * limit && runs.runs[$0].weight > 0 }
            guard !trained.isEmpty, !tested.isEmpty else { continue }
            do {
                let part = try runs.selecting(trained)
                let fit = try fit(part)
                guard fit.degreesOfFreedom > 1 else { continue }
                let beyond = try runs.selecting(tested)
                let residuals = try fit.residuals(on: beyond)
                let shares = try fit.repetitionShares(on: part)
                let inside = zip(fit.residuals, shares).map { abs($0) / (1 + ForecastError.repetitionFactor * $1) }
                let scatter = OrderStatistics.quantile(0.9, sorted: inside.sorted())
                for (position, share) in try fit.repetitionShares(on: beyond).enumerated() {
                    forecasts.append(
                        Backtest.Forecast(
                            run: tested[position],
                            decades: Elementary.log(compute[tested[position]] / limit) / Elementary.log(10),
                            residual: residuals[position],
                            scatter: scatter * (1 + ForecastError.repetitionFactor * share)))
                }
                let score = HoldOutScore(name: "", trainedRuns: trained.count, residuals: residuals)
                origins.append(
                    Backtest.Origin(
                        compute: limit, trainedRuns: trained.count, testedRuns: tested.count,
                        meanError: score.meanError, medianError: score.medianError, bias: score.bias,
                        fittedError: OrderStatistics.mean(fit.relativeErrors)))
            } catch {
                notes.append("up to \(Quantity.short(limit)) FLOPs: \(error.description)")
            }
        }
        guard !origins.isEmpty else { return nil }
        return Backtest(origins: origins, notes: notes, forecasts: forecasts)
    }
}

extension LawFit {
    /// The share of each run's ln L that repetition costs: ln L minus that of a run with as many fresh tokens.
    func repetitionShares(on other: MeasuredRuns) throws(FittingError) -> [Double] {
        guard law.card.repetition != .none, other.runs.contains(where: { $0.epochs > 1.000_001 }) else {
            return [Double](repeating: 0, count: other.count)
        }
        let table = try other.table(features: space.loss.features)
        let coefficients = zip(space.variables, x).map { $0.value(of: $1) }
        return try translatingLawErrors { () throws(LawError) in
            let fresh = try RunTable(parameters: table.parameters, tokens: table.tokens, features: table.features)
            let repeated = try TableEvaluator(space.loss, table).losses(coefficients)
            let single = try TableEvaluator(space.loss, fresh).losses(coefficients)
            return zip(repeated, single).map { Swift.max(Elementary.log($0 / $1), 0) }
        }
    }
}
