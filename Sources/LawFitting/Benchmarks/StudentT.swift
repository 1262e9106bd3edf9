import ScalingLaws

/// Student's t, as intervals over few runs need it.
enum StudentT {
    /// The value that t stays below with a probability above one half.
    ///
    /// Source: Abramowitz and Stegun 1964, 26.7.5. At 95 % it is within 1 % for 3 degrees of freedom or more; it is
    /// exact for 1 and 2.
    static func quantile(_ probability: Double, freedom: Int) -> Double {
        switch freedom {
        case ...1: return tangent(probability)
        case 2:
            let alpha = 4 * probability * (1 - probability)
            return 2 * (probability - 0.5) * (2 / alpha).squareRoot()
        default:
            let z = NormalDistribution.quantile(probability)
            let (n, z2) = (Double(freedom), z * z)
            let first = z * (z2 + 1) / 4
            let second = z * ((5 * z2 + 16) * z2 + 3) / 96
            let third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384
            let fourth = z * ((((79 * z2 + 776) * z2 + 1_482) * z2 - 1_920) * z2 - 945) / 92_160
            return z + (first + (second + (third + fourth / n) / n) / n) / n
        }
    }

    /// tan(π·(p − ½)), the quantile of Cauchy's distribution, by its continued fraction.
    private static func tangent(_ probability: Double) -> Double {
        // tan x = 1 / tan(π/2 − x); near the end the second is the small one.
        let complement = 3.141_592_653_589_793 * (1 - probability)
        let square = complement * complement
        var denominator = 13.0
        for odd in stride(from: 11.0, through: 1, by: -2) { denominator = odd - square / denominator }
        return denominator / complement
    }
}
