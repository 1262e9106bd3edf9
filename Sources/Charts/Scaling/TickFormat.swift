import Quantities

/// How the numbers at an axis are written.
public enum TickFormat: Sendable, Hashable {
    /// Plain decimals.
    case plain

    /// Counts with the suffixes k, M, B and T: `7B`.
    case counts

    /// Powers of ten with their exponent raised: `3×10²¹`.
    case powers

    /// Shares in percent: `40 %`.
    case percent

    /// Factors: `2×`.
    case factors

    /// The text of a tick.
    ///
    /// - Parameters:
    ///   - value: The tick's value.
    ///   - step: The distance to the next tick, which determines the decimals; 0 for as many as the value needs.
    /// - Returns: The text.
    func text(_ value: Double, step: Double) -> String {
        switch self {
        case .plain: Self.decimals(value, step: step)
        case .counts: Self.count(value, step: step)
        case .powers: Self.power(value, step: step)
        case .percent: Self.decimals(value * 100, step: step * 100) + " %"
        case .factors: Self.decimals(value, step: step) + "×"
        }
    }

    private static func decimals(_ value: Double, step: Double) -> String {
        let magnitude = value < 0 ? -value : value
        if magnitude >= 1e15 || (magnitude > 0 && magnitude < 1e-6) { return power(value, step: step) }
        if step > 0 {
            return Coordinate.fixed(value, decimals: max(0, -Logarithm.decade(step * 1.000001) + fraction(step)))
        }
        return Coordinate.fixed(value, decimals: 9, keepsZeros: false)
    }

    /// One more decimal for steps such as 2.5.
    private static func fraction(_ step: Double) -> Int {
        let scaled = step / Logarithm.power10(Logarithm.decade(step * 1.000001))
        let off = scaled - scaled.rounded()
        return off > 0.01 || off < -0.01 ? 1 : 0
    }

    private static func count(_ value: Double, step: Double) -> String {
        let magnitude = value < 0 ? -value : value
        if magnitude >= 1e15 { return power(value, step: step) }
        for (unit, suffix) in Quantity.suffixes where magnitude >= unit * 0.9999 {
            return decimals(value / unit, step: step / unit) + suffix
        }
        return decimals(value, step: step)
    }

    private static func power(_ value: Double, step: Double) -> String {
        guard value != 0 else { return "0" }
        let magnitude = value < 0 ? -value : value
        let exponent = Logarithm.decade(magnitude * 1.0000001)
        let mantissa = magnitude / Logarithm.power10(exponent)
        let relative = step > 0 ? step / Logarithm.power10(exponent) : 0
        let text =
            relative > 0 && relative < 1
            ? decimals(mantissa, step: relative) : Coordinate.fixed(mantissa, decimals: 2, keepsZeros: false)
        let raised = "10" + superscript(exponent)
        return (value < 0 ? "−" : "") + (text == "1" ? raised : text + "×" + raised)
    }

    private static func superscript(_ exponent: Int) -> String {
        let digits: [Character: Character] = [
            "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
            "-": "⁻",
        ]
        return String("\(exponent)".map { digits[$0] ?? $0 })
    }
}
