import ScalingLaws

/// y = coefficient·x^exponent, a straight line between logarithms.
public struct PowerLawLine: Sendable, Hashable {
    /// The value at x = 1.
    public internal(set) var coefficient: Double

    /// The slope between logarithms.
    public internal(set) var exponent: Double

    /// The value at a point.
    public func value(at x: Double) -> Double {
        coefficient * Elementary.pow(x, exponent)
    }
}

extension PowerLawLine {
    /// The line of least squares between logarithms, or `nil` for fewer than two different x.
    init?(_ points: [(x: Double, y: Double)]) {
        let logs = points.map { (Elementary.log($0.x), Elementary.log($0.y)) }
        let meanX = OrderStatistics.mean(logs.map(\.0))
        let meanY = OrderStatistics.mean(logs.map(\.1))
        let spread = logs.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
        guard points.count > 1, spread > 1e-12 else { return nil }
        exponent = logs.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / spread
        coefficient = Elementary.exp(meanY - exponent * meanX)
    }
}
