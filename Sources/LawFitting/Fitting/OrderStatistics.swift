/// Medians and quantiles of samples.
enum OrderStatistics {
    /// The quantile of a sample, linear between neighbours (Hyndman and Fan 1996, definition 7).
    ///
    /// - Precondition: The sample is not empty, the level lies between 0 and 1.
    static func quantile(_ level: Double, sorted values: [Double]) -> Double {
        precondition(!values.isEmpty && level >= 0 && level <= 1, "a level of a sample")
        let position = level * Double(values.count - 1)
        let low = Int(position)
        let high = Swift.min(low + 1, values.count - 1)
        let (a, b) = (values[low], values[high])
        // Equal infinities have no difference.
        return a == b ? a : a + (position - Double(low)) * (b - a)
    }

    static func median(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : quantile(0.5, sorted: values.sorted())
    }

    static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// The sample's standard deviation, n − 1 in the denominator; 0 for fewer than two values.
    static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
