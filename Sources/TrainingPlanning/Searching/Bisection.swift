/// Root finding between two ends: slow but sure by halving, or by secants that fall back on it.
enum Bisection {
    /// The place between two ends where a rising function changes sign; one of the ends if it does not.
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

    /// The place where a function that is negative at one end and positive at the other changes sign.
    ///
    /// Secant steps with the Illinois rule, and a halving step whenever two secants do not halve the interval. It takes
    /// some ten steps for a smooth function, and at most twice those of plain halving for one that jumps.
    ///
    /// - Parameters:
    ///   - lower: The end with the negative value.
    ///   - upper: The end with the positive value.
    ///   - atLower: The value there.
    ///   - atUpper: The value there.
    ///   - precision: The relative precision of the place (default: the last bits).
    ///   - function: The function; `nil` gives up.
    /// - Returns: The place, or `nil`.
    static func root(
        _ lower: Double, _ upper: Double, _ atLower: Double, _ atUpper: Double, precision: Double = 0,
        _ function: (Double) -> Double?
    ) -> Double? {
        var (low, high, atLow, atHigh) = (lower, upper, atLower, atUpper)
        var last = 0
        var width = high - low
        for step in 0..<240 {
            var middle = low + (high - low) / 2
            guard middle > low, middle < high else { return middle }
            if step % 3 != 2 || high - low < width / 2 {
                let secant = low - atLow * (high - low) / (atHigh - atLow)
                if secant > low, secant < high { middle = secant }
            }
            if step % 3 == 2 { width = high - low }
            guard let value = function(middle) else { return nil }
            if value == 0 { return middle }
            if value < 0 {
                (low, atLow) = (middle, value)
                if last < 0 { atHigh /= 2 }
                last = -1
            } else {
                (high, atHigh) = (middle, value)
                if last > 0 { atLow /= 2 }
                last = 1
            }
            // The interval left is below the rounding of ln N and ln D.
            if high - low <= Swift.max(2e-16 * Swift.max(1, abs(low)), precision * abs(high)) {
                return low + (high - low) / 2
            }
        }
        return low + (high - low) / 2
    }
}
