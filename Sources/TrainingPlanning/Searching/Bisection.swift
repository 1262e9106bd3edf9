/// Root finding by halving: slow, but it cannot fail.
enum Bisection {
    /// The place between two ends where a function that rises changes sign; an end where it does not.
    ///
    /// Stops when the interval cannot be halved any further.
    static func root(_ lower: Double, _ upper: Double, _ function: (Double) -> Double) -> Double {
        var (low, high) = (lower, upper)
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if function(middle) < 0 { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}
