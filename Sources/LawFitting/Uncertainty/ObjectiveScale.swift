import ScalingLaws

/// How much an objective may rise by chance.
///
/// A robust sum is not a likelihood: twice its rise over κ = Σψ²/Σψ′ follows χ², with ψ the slope of the loss in the
/// error (Huber and Ronchetti 2009, Robust Statistics, section 13.6; κ is the variance for squares).
enum ObjectiveScale {
    static func kappa(residuals: [Double], weights: [Double], delta: Double, coefficients: Int) -> Double {
        let used = zip(residuals, weights).filter { $0.1 > 0 }
        let n = Double(used.count)
        let correction = n / Swift.max(n - Double(coefficients), 1)
        let squares = used.reduce(0) {
            let clipped = Swift.min(Swift.max($1.0, -delta), delta)
            return $0 + clipped * clipped
        }
        // ψ′ is 1 within delta. With a narrow delta too few runs are within, so their density there is estimated over a
        // wider window (Silverman's).
        let sizes = used.map { abs($0.0) }.sorted()
        let deviation = OrderStatistics.quantile(0.5, sorted: sizes) * 1.4826
        let window = Swift.max(delta, 0.9 * deviation * Elementary.pow(n, -0.2))
        let inside = Double(Swift.max(sizes.count { $0 <= window }, 1))
        let slope = delta < .infinity ? inside * delta / window : n
        return correction * squares / slope
    }
}
