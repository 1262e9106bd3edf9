/// Exponential and logarithm with the same bits on every machine, in loops over columns that the compiler turns into
/// vector code.
///
/// Both stay within one unit in the last place of the exact value (tested against the C library). They have no branch
/// and no table, only sums, products and bit operations, so that a loop over them vectorises.
enum RealFunctions {
    /// The high part of ln 2, 32 bits long, so that its product with an exponent is exact.
    @inline(__always) private static var ln2High: Double { 0x1.62e42feep-1 }
    /// The difference between ln 2 and `ln2High`.
    @inline(__always) private static var ln2Low: Double { 0x1.a39ef35793c76p-33 }
    /// 1.5·2^52: adding it rounds a double to a whole number, which then is in the low bits.
    @inline(__always) private static var rounder: Double { 6_755_399_441_055_744 }

    /// e to the power of a number.
    ///
    /// Results below the smallest normal number (from −708 on) are 0; results too large are infinite.
    @inline(__always)
    static func exp(_ x: Double) -> Double {
        let (q, half) = reduced(x)
        let mantissa = 1 + q
        let result = mantissa * half * 2
        let floored = x < -708 ? 0 : result
        return x > 709.782712893384 ? .infinity : floored
    }

    /// e to the power of a number, minus 1.
    ///
    /// Small numbers keep their digits, because 1 is never added to them and taken away again.
    @inline(__always)
    static func expMinusOne(_ x: Double) -> Double {
        let (q, half) = reduced(x)
        let result = (q * half + (half - 0.5)) * 2
        return x > 709.782712893384 ? .infinity : result
    }

    /// The parts q and h of e^x = (1 + q)·2h, where |q| < ½ and h is a power of 2.
    @inline(__always)
    private static func reduced(_ x: Double) -> (q: Double, half: Double) {
        let clamped = x < -708 ? -708 : (x > 709.9 ? 709.9 : x)
        // x = k·ln 2 + r with |r| ≤ ln 2 / 2.
        let shifted = clamped * 0x1.71547652b82fep0 + rounder
        let k = shifted - rounder
        let r = (clamped - k * ln2High) - k * ln2Low
        // The Taylor series to the 13th power, whose next term is below 2^-57 of the result: (e^r − 1 − r)/r², its terms
        // paired so that few wait for one another.
        let r2 = r * r
        let r4 = r2 * r2
        let low = (0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0))
        let middle = (1.0 / 720.0 + r * (1.0 / 5_040.0)) + r2 * (1.0 / 40_320.0 + r * (1.0 / 362_880.0))
        let high =
            (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0))
            + r2 * (1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0))
        let p = low + r4 * (middle + r4 * high)
        // 2^(k−1), which is doubled last: 2^1024 itself has no representation.
        let half = Double(bitPattern: (shifted.bitPattern &+ 1_022) &<< 52)
        return (r + r2 * p, half)
    }

    /// The natural logarithm of a number.
    ///
    /// −∞ for 0, not a number for negative ones.
    @inline(__always)
    static func log(_ x: Double) -> Double {
        let isTiny = x < 0x1p-1022
        let scaled = isTiny ? x * 0x1p54 : x
        // x = 2^k · (1 + f) with √½ ≤ 1 + f < √2, roughly; k comes out of the exponent bits, offset by 2,048.
        let bits = scaled.bitPattern
        let offset = (bits &- 0x3FE6_A09E_0000_0000) &+ (2_048 &<< 52)
        let exponent = offset &>> 52
        let mantissa = Double(bitPattern: bits &- ((exponent &- 2_048) &<< 52))
        let wholeExponent = Double(bitPattern: 0x4330_0000_0000_0000 | exponent) - (4_503_599_627_370_496 + 2_048)
        let k = isTiny ? wholeExponent - 54 : wholeExponent
        let f = mantissa - 1
        // log(1 + f) = 2·atanh(s) with s = f/(2 + f); the series' next term is below 2^-60 of the result.
        let s = f / (2 + f)
        let z = s * s
        let z2 = z * z
        let z4 = z2 * z2
        let low = (2.0 / 3.0 + z * (2.0 / 5.0)) + z2 * (2.0 / 7.0 + z * (2.0 / 9.0))
        let middle = (2.0 / 11.0 + z * (2.0 / 13.0)) + z2 * (2.0 / 15.0 + z * (2.0 / 17.0))
        let high = 2.0 / 19.0 + z * (2.0 / 21.0)
        let p = z * (low + z4 * (middle + z4 * high))
        let halfSquare = 0.5 * f * f
        let result = k * ln2High - ((halfSquare - (s * (halfSquare + p) + k * ln2Low)) - f)
        let atZero = x == 0 ? -Double.infinity : result
        let finite = x < 0 ? Double.nan : atZero
        return x < .infinity ? finite : x
    }
}
