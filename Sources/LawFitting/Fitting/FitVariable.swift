import ScalingLaws

/// One number that a fit moves: a coefficient, or the logarithm of one.
struct FitVariable: Sendable {
    /// The coefficient's name.
    let name: String
    /// The index of the coefficient in the law's list.
    let index: Int
    /// Whether the variable is the coefficient's logarithm.
    let isLogarithm: Bool
    /// The bounds of the variable.
    let lower: Double
    let upper: Double
    /// The range in which a search starts.
    let start: ClosedRange<Double>

    /// The variable of a coefficient.
    ///
    /// Factors that may be anywhere in orders of magnitude are moved by their logarithms.
    init(_ coefficient: Coefficient, index: Int, forceLogarithm: Bool = false) {
        name = coefficient.name
        self.index = index
        let range = Self.startRange(coefficient)
        let spansDecades = range.lowerBound > 0 && range.upperBound / range.lowerBound >= 30
        isLogarithm = coefficient.lowerBound >= 0 && range.lowerBound > 0 && (spansDecades || forceLogarithm)
        if isLogarithm {
            // The logarithm of a bound of 0 is infinite: a value far enough below the start is practically 0.
            let least = coefficient.lowerBound > 0 ? coefficient.lowerBound : range.lowerBound * 1e-12
            lower = Elementary.log(least)
            // A variable must not grow without end either: far enough out, k·(1 − exp(−x/k)) is only rounding error,
            // and a minimiser would fit that.
            let room = forceLogarithm ? 30 : 11.5
            upper =
                coefficient.upperBound < .infinity
                ? Elementary.log(coefficient.upperBound) : Elementary.log(range.upperBound) + room
            start = Elementary.log(range.lowerBound)...Elementary.log(range.upperBound)
        } else {
            lower = coefficient.lowerBound
            upper = coefficient.upperBound
            start = range
        }
    }

    /// The range in which a search for a coefficient starts: the card's range, else around its value, else between its
    /// bounds.
    static func startRange(_ coefficient: Coefficient) -> ClosedRange<Double> {
        let (low, high) = (coefficient.lowerBound, coefficient.upperBound)
        func clamped(_ a: Double, _ b: Double) -> ClosedRange<Double> {
            let a = Swift.min(Swift.max(a, low), high)
            return a...Swift.max(Swift.min(Swift.max(b, low), high), a)
        }
        if let start = coefficient.start { return clamped(start.lowerBound, start.upperBound) }
        if let value = coefficient.value, value != 0 {
            return value > 0 ? clamped(value / 6, value * 6) : clamped(value * 6, value / 6)
        }
        if low > -.infinity, high < .infinity { return clamped(low, high) }
        return low >= 0 ? clamped(Swift.max(low, 1e-3), Swift.max(low, 1e-3) * 1e6) : clamped(-3, 3)
    }

    func value(of x: Double) -> Double {
        isLogarithm ? Elementary.exp(x) : x
    }

    func variable(of value: Double) -> Double {
        isLogarithm ? (value > 0 ? Elementary.log(value) : lower) : value
    }

    /// Slope of the coefficient in the variable.
    func slope(at x: Double) -> Double {
        isLogarithm ? Elementary.exp(x) : 1
    }
}
