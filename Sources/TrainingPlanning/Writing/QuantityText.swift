import ScalingLaws

/// Quantities as people write them in sentences and tables: `7.03B`, `237B`, `1e+22`.
///
/// Digits are produced here rather than by a C library, so that messages are the same everywhere.
package enum QuantityText {
    /// A count with three significant digits and a suffix K, M, B or T; powers of ten beyond.
    package static func count(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        let magnitude = abs(value)
        if magnitude >= 999.5e12 || (magnitude > 0 && magnitude < 1e-3) { return scientific(value) }
        for (size, suffix) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")] where magnitude >= size * 0.9995 {
            return significant(value / size) + suffix
        }
        return significant(value)
    }

    /// A number with the significant digits asked for, without trailing zeros.
    package static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return "\(value)" }
        let magnitude = abs(value)
        guard magnitude > 0 else { return "0" }
        if magnitude >= 1e15 || magnitude < 1e-4 { return scientific(value, digits: digits) }
        return fixed(value, decimals: max(0, digits - 1 - exponent(of: magnitude)), trimmed: true)
    }

    /// A number with a fixed number of decimals.
    package static func fixed(_ value: Double, decimals: Int, trimmed: Bool = false) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let scaled = (abs(value) * factor).rounded()
        let whole = (scaled / factor).rounded(.down)
        var text = "\(Int64(whole))"
        if decimals > 0 {
            var fraction = "\(Int64(scaled - whole * factor))"
            fraction = String(repeating: "0", count: max(0, decimals - fraction.count)) + fraction
            if trimmed { while fraction.hasSuffix("0") { fraction.removeLast() } }
            if !fraction.isEmpty { text += "." + fraction }
        }
        return (value < 0 && scaled > 0 ? "-" : "") + text
    }

    /// A number as a mantissa and a power of ten: `1.26e25`.
    package static func scientific(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        var power = exponent(of: abs(value))
        var mantissa = value / Elementary.exp(Double(power) * Self.ln10)
        if abs(mantissa) >= 10 - 0.5 * Elementary.exp(-Double(digits - 1) * Self.ln10) {
            mantissa /= 10
            power += 1
        }
        return fixed(mantissa, decimals: digits - 1, trimmed: true) + "e\(power)"
    }

    /// A share as a percentage: `4.2 %`.
    package static func percentage(_ share: Double) -> String {
        significant(share * 100, digits: share > 0.1 ? 3 : 2) + " %"
    }

    /// Padding on the left up to a width.
    package static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Padding on the right up to a width.
    package static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static let ln10 = 2.302585092994046

    private static func exponent(of magnitude: Double) -> Int {
        var power = Int((Elementary.log(magnitude) / ln10).rounded(.down))
        // A power of ten must not fall one short through rounding.
        if magnitude >= Elementary.exp(Double(power + 1) * ln10) * (1 - 1e-14) { power += 1 }
        return power
    }
}
