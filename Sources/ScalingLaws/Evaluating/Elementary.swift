/// The exponential and logarithm that formulas use, also for closed forms outside of formulas.
///
/// They give the same bits on every machine, unlike a C library's, which picks a variant by processor.
public enum Elementary {
    /// e to the power of a number, within one unit in the last place; 0 from −708 down.
    public static func exp(_ x: Double) -> Double {
        RealFunctions.exp(x)
    }

    /// e to the power of a number, minus 1, within three units in the last place.
    ///
    /// `exp(x) − 1` loses the digits of a small x, and is 0 for an x below 1e-16.
    public static func expMinusOne(_ x: Double) -> Double {
        RealFunctions.expMinusOne(x)
    }

    /// The natural logarithm of a number, within one unit in the last place.
    public static func log(_ x: Double) -> Double {
        RealFunctions.log(x)
    }

    /// A positive number raised to a power, as exp(exponent·log(base)).
    public static func pow(_ base: Double, _ exponent: Double) -> Double {
        PointArithmetic.power(base, exponent, logarithm: PointArithmetic.guardedLogarithm(base))
    }
}
