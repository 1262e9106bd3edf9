/// The arithmetic of each operation of a tape: its value and its derivatives up to the second.
enum PointArithmetic {
    /// First and second derivatives of an operation in its operands.
    struct Partials {
        var a = 0.0
        var b = 0.0
        var aa = 0.0
        var ab = 0.0
        var bb = 0.0
    }

    /// The value of an operation that is not a leaf.
    @inline(__always)
    static func value(_ operation: Tape.Operation, _ a: Double, _ b: Double, _ c: Double) -> Double {
        switch operation {
        case .constant, .coefficient, .input: a
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .negate: -a
        case .exponential: RealFunctions.exp(a)
        case .exponentialMinusOne: RealFunctions.expMinusOne(a)
        case .logarithm: RealFunctions.log(a)
        case .guardedLogarithm: guardedLogarithm(a)
        case .squareRoot: a.squareRoot()
        case .powerOfLog: RealFunctions.exp(b * a)
        case .power: power(a, b, logarithm: c)
        case .minimum: (b < a || b != b) ? b : a
        case .maximum: (b > a || b != b) ? b : a
        // Not-a-number stays what it is here and in the two above.
        case .positivePart: a < 0 ? 0 : a
        }
    }

    @inline(__always)
    static func guardedLogarithm(_ x: Double) -> Double {
        x == 0 ? 0 : RealFunctions.log(x)
    }

    @inline(__always)
    static func power(_ base: Double, _ exponent: Double, logarithm: Double) -> Double {
        let regular = RealFunctions.exp(exponent * logarithm)
        let atZero = exponent > 0 ? 0 : (exponent == 0 ? 1 : .infinity)
        return base == 0 ? atZero : regular
    }

    /// The first derivatives of an operation in its operands.
    @inline(__always)
    static func slopes(
        _ operation: Tape.Operation, _ a: Double, _ b: Double, _ c: Double, value v: Double
    ) -> (a: Double, b: Double) {
        switch operation {
        case .constant, .coefficient, .input, .guardedLogarithm: (0, 0)
        case .add: (1, 1)
        case .subtract: (1, -1)
        case .multiply: (b, a)
        case .divide: (1 / b, -v / b)
        case .negate: (-1, 0)
        case .exponential: (v, 0)
        // Not v + 1, which has no digits left where exp(a) is small.
        case .exponentialMinusOne: (RealFunctions.exp(a), 0)
        case .logarithm: (1 / a, 0)
        case .squareRoot: (0.5 / v, 0)
        case .powerOfLog: (b * v, a * v)
        case .power: a == 0 ? (0, 0) : (b * v / a, c * v)
        case .minimum: b < a ? (0, 1) : (1, 0)
        case .maximum: b > a ? (0, 1) : (1, 0)
        case .positivePart: a > 0 ? (1, 0) : (0, 0)
        }
    }

    /// The first and second derivatives of an operation in its operands.
    static func partials(
        _ operation: Tape.Operation, _ a: Double, _ b: Double, _ c: Double, value v: Double
    ) -> Partials {
        let (slopeA, slopeB) = slopes(operation, a, b, c, value: v)
        var partials = Partials(a: slopeA, b: slopeB)
        switch operation {
        case .multiply: partials.ab = 1
        case .divide:
            partials.ab = -1 / (b * b)
            partials.bb = 2 * v / (b * b)
        case .exponential: partials.aa = v
        case .exponentialMinusOne: partials.aa = slopeA
        case .logarithm: partials.aa = -1 / (a * a)
        case .squareRoot: partials.aa = -0.25 / (v * a)
        case .powerOfLog:
            partials.aa = b * b * v
            partials.ab = v * (1 + a * b)
            partials.bb = a * a * v
        case .power where a != 0:
            partials.aa = b * (b - 1) * v / (a * a)
            partials.ab = (v / a) * (1 + b * c)
            partials.bb = c * c * v
        default: break
        }
        return partials
    }
}
