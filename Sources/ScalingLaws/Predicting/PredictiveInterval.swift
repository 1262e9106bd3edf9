/// A range for the loss that a run will measure, not only for the law's prediction of it.
///
/// half² = (z·σ)² + q² + g², all in ln L: σ the standard deviation over the draws of the coefficients, q the scatter of
/// measured losses around the law, g the growth of the error with the distance in compute. Each part is a normal
/// quantile at the level.
public struct PredictiveInterval: Sendable, Hashable {
    /// The losses between which the measured one is expected.
    public let range: ClosedRange<Double>

    /// The share of runs that the range is meant to hold.
    public let level: Double

    /// The half width from the draws of the coefficients, in ln L.
    public let fromCoefficients: Double

    /// The half width from the scatter of runs around the law, in ln L; `nil` where it is not known.
    public let fromScatter: Double?

    /// The half width from the distance in compute, in ln L; `nil` where it is not known.
    public let fromDistance: Double?

    /// Whether scatter and distance are known, so that the range applies to a measured loss.
    public var isPredictive: Bool { fromScatter != nil }

    /// Creates the range around a loss.
    ///
    /// The result is `nil` without draws, or if all draws give the same loss, since fixed coefficients give no
    /// interval.
    ///
    /// - Parameters:
    ///   - loss: The loss under the central coefficients.
    ///   - draws: The losses under draws of the coefficients.
    ///   - freshLoss: The central loss with as many tokens, none of them repeated.
    ///   - compute: 6·N·D of the run in FLOPs.
    ///   - error: The law's measured error, or `nil` if none is known.
    ///   - level: The share of runs that the range should cover, between 0 and 1.
    public init?(
        around loss: Double, draws: [Double], freshLoss: Double, compute: Double, error: ForecastError?,
        level: Double = 0.9
    ) {
        precondition(level > 0 && level < 1, "a level is a share")
        guard draws.count > 1, loss > 0 else { return nil }
        let z = NormalDistribution.quantile(0.5 + level / 2)
        let deviation = OrderStatistics.deviation(draws.map { Elementary.log($0) })
        // Draws that differ only by rounding give no interval.
        guard deviation > 1e-9 else { return nil }
        // Scatter and growth are stated as 90 % quantiles.
        let stretch = z / NormalDistribution.quantile(0.95)
        fromCoefficients = z * deviation
        fromScatter = error.map {
            stretch
                * $0.scatter(
                    logLoss: Elementary.log(loss), repetitionShare: Elementary.log(loss / Swift.min(freshLoss, loss)))
        }
        fromDistance = error.map { stretch * $0.growth(at: compute) }
        let squares = [fromCoefficients, fromScatter ?? 0, fromDistance ?? 0].reduce(0) { $0 + $1 * $1 }
        let half = squares.squareRoot()
        guard half.isFinite, half < 20 else { return nil }
        range = loss * Elementary.exp(-half)...loss * Elementary.exp(half)
        self.level = level
    }
}
