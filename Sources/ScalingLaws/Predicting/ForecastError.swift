/// The error of a law's forecasts beyond the uncertainty of its coefficients, measured on runs that it was not fitted
/// to.
///
/// It has two parts, both in ln L. Scatter is the error of cross-validation near a run's loss. Growth is how much
/// faster than that the error rises with the distance in compute, when fits to cheap runs forecast more expensive ones.
public struct ForecastError: Sendable, Hashable {
    /// The scatter near a loss.
    public struct Scatter: Sendable, Hashable {
        /// ln L as fitted.
        public var logLoss: Double

        /// The 90 % quantile of |ln L̂ − ln L| near it, for a run without a penalty for repetition.
        public var quantile: Double

        /// Creates a point.
        public init(logLoss: Double, quantile: Double) {
            self.logLoss = logLoss
            self.quantile = quantile
        }
    }

    /// The scatter at several losses, by ascending ln L; between them it is linear, beyond them constant.
    public var scatter: [Scatter]

    /// The 90 % quantile of the error's growth per factor of ten of compute beyond the fitted runs, in ln L.
    public var growth: Double

    /// The largest compute of the fitted runs, in FLOPs.
    public var compute: Double

    /// Creates a measured error.
    public init(scatter: [Scatter], growth: Double, compute: Double) {
        self.scatter = scatter
        self.growth = growth
        self.compute = compute
    }

    /// The least growth per factor of ten that is believed: backtests inside one sweep understate it.
    public static let leastGrowth = 0.02

    /// How many times a run's scatter grows with the share of its loss that repetition costs: 1 + 20·share.
    public static let repetitionFactor = 20.0

    /// The 90 % quantile of the scatter at a loss.
    ///
    /// - Parameters:
    ///   - logLoss: ln L.
    ///   - repetitionShare: ln L minus ln of the loss with as many fresh tokens.
    /// - Returns: The quantile, in ln L.
    public func scatter(logLoss: Double, repetitionShare: Double) -> Double {
        guard let first = scatter.first, let last = scatter.last else { return 0 }
        let factor = 1 + Self.repetitionFactor * Swift.max(repetitionShare, 0)
        if logLoss <= first.logLoss { return first.quantile * factor }
        if logLoss >= last.logLoss { return last.quantile * factor }
        var below = first
        for point in scatter {
            if point.logLoss >= logLoss {
                let span = point.logLoss - below.logLoss
                let place = span > 0 ? (logLoss - below.logLoss) / span : 1
                return (below.quantile + place * (point.quantile - below.quantile)) * factor
            }
            below = point
        }
        return last.quantile * factor
    }

    /// How many factors of ten a compute is beyond the fitted runs.
    public func decadesBeyond(_ flops: Double) -> Double {
        guard compute > 0, flops > compute else { return 0 }
        return Elementary.log(flops / compute) / Elementary.log(10)
    }

    /// The 90 % quantile of the error that extrapolation adds at a compute (FLOPs), in ln L.
    public func growth(at flops: Double) -> Double {
        Swift.max(growth, Self.leastGrowth) * decadesBeyond(flops)
    }
}
