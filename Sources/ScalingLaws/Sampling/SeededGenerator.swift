/// Random numbers that a seed determines, the same on every machine: SplitMix64.
///
/// All random draws of the package come from it: resamples, starts of a search, members of a covariance, designs of
/// pilots, points at which a model is checked.
///
/// Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA, figure 17.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }

    /// A number from 0 up to 1.
    package mutating func unit() -> Double { Double(next() &>> 11) * 0x1p-53 }

    /// A number from one up to another.
    package mutating func uniform(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * unit() }

    /// A number between two positive ones, evenly by its logarithm.
    package mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
        Elementary.exp(uniform(Elementary.log(range.lowerBound), Elementary.log(range.upperBound)))
    }

    /// A whole number from 0 up to a bound.
    ///
    /// - Precondition: The bound is 1 or more.
    package mutating func index(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A standard normal number, by the polar method of Marsaglia and Bray 1964.
    package mutating func normal() -> Double {
        while true {
            let (u, v) = (2 * unit() - 1, 2 * unit() - 1)
            let s = u * u + v * v
            if s > 0, s < 1 { return u * (-2 * Elementary.log(s) / s).squareRoot() }
        }
    }
}
