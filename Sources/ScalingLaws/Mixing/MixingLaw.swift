/// A law of the loss of a mixture at one model size and one number of tokens: L(w) = c + exp(t · w).
///
/// Every weight moves the loss in one direction, along an exponential. Since weights add up to 1, a common factor before
/// the exponential is part of t.
///
/// Source: Ye et al. 2024, arXiv:2403.16952, the exponential of a linear function, with one coefficient for each source.
public struct MixingLaw: Sendable, Hashable {
    /// c, the loss that no mixture can go below.
    public var floor: Double

    /// t, a slope for each source.
    public var slopes: [Double]

    /// Creates a law.
    ///
    /// - Parameters:
    ///   - floor: c, the loss that no mixture can go below.
    ///   - slopes: t, a slope for each source.
    public init(floor: Double, slopes: [Double]) {
        self.floor = floor
        self.slopes = slopes
    }

    /// The loss of a mixture.
    ///
    /// - Parameter weights: A weight for each source.
    /// - Returns: The loss; infinite where the exponential overflows.
    public func loss(_ weights: [Double]) -> Double {
        floor + excess(weights)
    }

    /// exp(t · w), the loss above the floor.
    ///
    /// - Parameter weights: A weight for each source.
    /// - Returns: The loss above the floor.
    public func excess(_ weights: [Double]) -> Double {
        precondition(weights.count == slopes.count, "a weight for each source")
        var sum = 0.0
        for index in slopes.indices { sum += slopes[index] * weights[index] }
        return Elementary.exp(sum)
    }
}
