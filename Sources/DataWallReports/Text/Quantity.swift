/// Numbers as people read them.
public enum Quantity {
    private static let suffixes: [(threshold: Double, suffix: String)] = [
        (1e15, "P"), (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"),
    ]

    /// A count in four significant digits with the suffix the command line reads: `7.026B`, `237.2B`, `950`.
    ///
    /// - Parameter value: A count; at 1e18 and above, exponents take over.
    /// - Returns: The count in words; a dash where it is not finite.
    public static func short(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        guard magnitude < 1e18 else { return significant(value, digits: 4) }
        for (threshold, suffix) in suffixes where magnitude >= threshold * 0.99995 {
            return plain(value / threshold, digits: 4) + suffix
        }
        return magnitude == magnitude.rounded() ? "\(Int(value))" : plain(value, digits: 4)
    }

    /// An exact count in four significant digits; exact below 10,000.
    public static func short(_ count: Int) -> String {
        abs(count) < 10_000 ? "\(count)" : short(Double(count))
    }

    /// An exact count with a comma every three digits.
    public static func grouped(_ count: Int) -> String {
        var text = ""
        for (index, digit) in String(count.magnitude).enumerated() {
            if index > 0, (String(count.magnitude).count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return count < 0 ? "-" + text : text
    }

    /// A size in bytes in decimal units: `183.0 MB`.
    public static func bytes(_ count: Int) -> String {
        let units: [(Double, String)] = [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
        for (threshold, unit) in units where Double(count) >= threshold * 0.99995 {
            return plain(Double(count) / threshold, digits: 4) + " " + unit
        }
        return "\(count) bytes"
    }

    /// A share in percent: `9.3 %`, `0.012 %`.
    public static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        let percent = share * 100
        return (abs(percent) >= 10 ? fixed(percent, decimals: 1) : significant(percent, digits: 2)) + " %"
    }

    /// A number with a fixed number of decimals.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return value.isFinite ? "\(value)" : "–" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A number with some significant digits, with an exponent where it is very large or very small: `1.000e22`.
    public static func significant(_ value: Double, digits: Int) -> String {
        significant(value, digits: digits, plainBelow: 15)
    }

    /// The same, with an exponent from the given one on.
    private static func significant(_ value: Double, digits: Int, plainBelow: Int) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        var exponent = Int(logarithm10(abs(value)).rounded(.down))
        var mantissa = abs(value) / power10(exponent)
        if (mantissa * power10(digits - 1)).rounded() >= power10(digits) {
            mantissa /= 10
            exponent += 1
        }
        if exponent >= -4, exponent < plainBelow { return fixed(value, decimals: max(0, digits - 1 - exponent)) }
        return (value < 0 ? "-" : "") + fixed(mantissa, decimals: digits - 1) + "e\(exponent)"
    }

    /// Floating-point operations in three significant digits, with an exponent from a million on: `1.37e13`.
    ///
    /// - Parameter value: A number of operations.
    /// - Returns: The number; a dash where it is not finite.
    public static func flops(_ value: Double) -> String {
        significant(value, digits: 3, plainBelow: 6)
    }

    private static func plain(_ value: Double, digits: Int) -> String { significant(value, digits: digits) }

    /// Powers of ten by their decimal spelling, which is rounded correctly.
    private static func power10(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }

    /// The exponent of a positive number in its decimal spelling.
    private static func logarithm10(_ value: Double) -> Double {
        var exponent = 0
        while power10(exponent + 1) <= value { exponent += 1 }
        while power10(exponent) > value { exponent -= 1 }
        return Double(exponent)
    }
}
