extension ClosedRange<Double> {
    /// The range, or `nil` for a single value: what all sets of coefficients hold fixed has no interval.
    var spread: ClosedRange<Double>? {
        upperBound - lowerBound > 1e-9 * abs(upperBound) ? self : nil
    }
}
