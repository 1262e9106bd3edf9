extension ClosedRange<Double> {
    /// The range, or `nil` for a single value, since fixed coefficients give no interval.
    var spread: ClosedRange<Double>? {
        upperBound - lowerBound > 1e-9 * abs(upperBound) ? self : nil
    }
}
