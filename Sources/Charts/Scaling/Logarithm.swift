/// Logarithms by nothing but basic arithmetic, so that a chart has the same bytes on every machine.
enum Logarithm {
    /// The natural logarithm of a positive, finite number, within a few units in the last place.
    static func natural(_ value: Double) -> Double {
        var exponent = Double(value.exponent)
        var mantissa = value.significand
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            exponent += 1
        }
        // ln m = 2 artanh((m − 1) / (m + 1)), where the argument is at most 0.172: 12 terms are enough.
        let argument = (mantissa - 1) / (mantissa + 1)
        let square = argument * argument
        var sum = 0.0
        for term in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
        return exponent * 0.6931471805599453 + 2 * argument * sum
    }

    /// The logarithm to base 10.
    static func decimal(_ value: Double) -> Double { natural(value) / 2.302585092994046 }

    /// Ten to a whole power, by its decimal spelling, which is rounded correctly.
    static func power10(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }

    /// The largest whole number at or below the decimal logarithm of a positive number, exactly.
    ///
    /// - Returns: The power; 0 for a number that is not positive and finite.
    static func decade(_ value: Double) -> Int {
        guard value > 0, value.isFinite else { return 0 }
        var exponent = Int(decimal(value).rounded())
        while power10(exponent) > value { exponent -= 1 }
        while power10(exponent + 1) <= value { exponent += 1 }
        return exponent
    }
}
