/// The standard normal distribution and the χ² of one or few degrees of freedom, as intervals and tests need them.
package enum NormalDistribution {
    /// The probability of a value below x, to 1e-7 (Abramowitz and Stegun 1964, 26.2.17).
    package static func probability(below x: Double) -> Double {
        let t = 1 / (1 + 0.231_641_9 * abs(x))
        let tail =
            0.398_942_280_401_432_7 * Elementary.exp(-0.5 * x * x) * t
            * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
        return x >= 0 ? 1 - tail : tail
    }

    /// The value that a normal number stays below with a probability between 0 and 1, by bisection.
    package static func quantile(_ probability: Double) -> Double {
        var (low, high) = (-9.0, 9.0)
        for _ in 0..<80 {
            let middle = 0.5 * (low + high)
            if Self.probability(below: middle) < probability { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }

    /// The probability that χ² of some degrees of freedom exceeds x (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5).
    package static func chiSquareTail(_ x: Double, degrees: Int) -> Double {
        guard x > 0 else { return 1 }
        let half = Elementary.exp(-0.5 * x)
        if degrees.isMultiple(of: 2) {
            var term = 1.0
            var sum = 1.0
            for k in stride(from: 2, to: degrees, by: 2) {
                term *= x / Double(k)
                sum += term
            }
            return Swift.min(half * sum, 1)
        }
        var result = 2 * (1 - probability(below: x.squareRoot()))
        var term = 0.797_884_560_802_865_4 * x.squareRoot() * half
        for k in stride(from: 1, to: degrees - 1, by: 2) {
            result += term
            term *= x / Double(k + 2)
        }
        return Swift.min(Swift.max(result, 0), 1)
    }
}
