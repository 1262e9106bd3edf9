/// Means, medians and quantiles of samples.
package enum OrderStatistics {
    /// The quantile of a sample, linear between neighbours (Hyndman and Fan 1996, definition 7).
    ///
    /// - Precondition: The sample is not empty, the level is between 0 and 1.
    package static func quantile(_ level: Double, sorted values: [Double]) -> Double {
        precondition(!values.isEmpty && level >= 0 && level <= 1, "a level of a sample")
        let position = level * Double(values.count - 1)
        let low = Int(position)
        let high = Swift.min(low + 1, values.count - 1)
        let (a, b) = (values[low], values[high])
        // Equal infinities have no difference.
        return a == b ? a : a + (position - Double(low)) * (b - a)
    }

    /// The central share of a sample, between interpolated quantiles.
    ///
    /// - Precondition: The sample is not empty, the share is between 0 and 1.
    package static func central(_ share: Double, sorted values: [Double]) -> ClosedRange<Double> {
        quantile(0.5 - share / 2, sorted: values)...quantile(0.5 + share / 2, sorted: values)
    }

    package static func median(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : quantile(0.5, sorted: values.sorted())
    }

    package static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// The sample's standard deviation, n − 1 in the denominator; 0 for fewer than two values.
    package static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
