/// Numbers as people read and write them.
///
/// Each kind of number has one spelling in all output: ``short(_:)-(Double)`` for counts, ``flops(_:)`` for compute,
/// ``dollars(_:)`` for money, ``count(_:_:plural:)`` for a counted noun. ``number(_:grouping:)`` reads their output
/// back, to the digits shown. Digits are made here and not by a C library, so that they are the same everywhere.
public enum Quantity {
    /// The suffixes that counts are written with, largest first.
    package static let suffixes: [(threshold: Double, suffix: String)] = [
        (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"),
    ]

    /// A count in at most four significant digits, with a suffix: `7.026B`, `25B`, `950`, `3.351e15`.
    ///
    /// - Parameter value: A count; exponents replace suffixes at 1e15 and above.
    /// - Returns: The count; a dash if it is not finite.
    public static func short(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        guard magnitude < 999.95e12 else { return rounded(value) }
        for (threshold, suffix) in suffixes where magnitude >= threshold * 0.99995 {
            return rounded(value / threshold) + suffix
        }
        return rounded(value)
    }

    /// An exact count, in the spelling of ``short(_:)-(Double)``; exact below 10,000.
    public static func short(_ count: Int) -> String {
        abs(count) < 10_000 ? "\(count)" : short(Double(count))
    }

    /// An exact count with a comma every three digits: `25,000,000,000`.
    public static func grouped(_ count: Int) -> String {
        let digits = Array(String(count.magnitude).utf8)
        var text: [UInt8] = count < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(UInt8(ascii: ",")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A whole number of any size with a comma every three digits; up to 15 significant digits of any other.
    public static func grouped(_ value: Double) -> String {
        Int(exactly: value).map { grouped($0) } ?? rounded(value, digits: 15)
    }

    /// A number with a fixed number of decimals.
    ///
    /// - Parameters:
    ///   - value: The number; at 1e15 and above it is written with all its digits and an exponent.
    ///   - decimals: The number of decimals.
    ///   - keepsZeros: Whether to keep zeros at the end.
    /// - Returns: The number; a dash if it is not finite.
    public static func fixed(_ value: Double, decimals: Int, keepsZeros: Bool = true) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return value.isFinite ? exact(value) : "–" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return exact(value) }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        let text = sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
        return keepsZeros ? text : trimmed(text)
    }

    /// A number with this many significant digits, including zeros at the end, so that columns line up: `2.500`.
    ///
    /// - Returns: The number, with an exponent below 1e-4 and at 1e15 and above; a dash if it is not finite.
    public static func significant(_ value: Double, digits: Int) -> String {
        significant(value, digits: digits, plainBelow: 15)
    }

    /// A number with at most this many significant digits, without zeros at the end of its decimals: `2.5`, `1e22`.
    ///
    /// - Returns: The number, with an exponent below 1e-4 and at 1e15 and above; a dash if it is not finite.
    public static func rounded(_ value: Double, digits: Int = 4) -> String {
        trimmed(significant(value, digits: digits))
    }

    /// A number with all its digits, which reads back as the same number: `4`, `0.05`, `1e22`.
    public static func exact(_ value: Double) -> String {
        let text = "\(value)"
        let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return short.split(separator: "+").joined()
    }

    /// The same as ``significant(_:digits:)``, with an exponent at and above a power of ten.
    static func significant(_ value: Double, digits: Int, plainBelow: Int) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        var exponent = decade(of: abs(value))
        var mantissa = scaled(abs(value), byPowerOfTen: -exponent)
        if (mantissa * power10(digits - 1)).rounded() >= power10(digits) {
            mantissa /= 10
            exponent += 1
        }
        if exponent >= -4, exponent < plainBelow { return fixed(value, decimals: max(0, digits - 1 - exponent)) }
        return (value < 0 ? "-" : "") + fixed(mantissa, decimals: digits - 1) + "e\(exponent)"
    }

    /// Drops zeros at the end of the decimals, in front of an exponent too.
    static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        let exponent = text.firstIndex(of: "e") ?? text.endIndex
        var mantissa = text[..<exponent]
        while mantissa.last == "0" { mantissa.removeLast() }
        if mantissa.last == "." { mantissa.removeLast() }
        return String(mantissa + text[exponent...])
    }

    /// A power of ten by its decimal spelling, which is rounded correctly.
    private static func power10(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }

    /// In two steps for the smallest numbers, whose power of ten would be infinite.
    private static func scaled(_ value: Double, byPowerOfTen exponent: Int) -> Double {
        if exponent > 300 { return value * 1e300 * power10(exponent - 300) }
        return exponent < 0 ? value / power10(-exponent) : value * power10(exponent)
    }

    /// The exponent of a positive number in its decimal spelling.
    private static func decade(of value: Double) -> Int {
        let text = "\(value)"
        if let place = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: place)...]) {
            return exponent
        }
        guard value < 1 else { return text.prefix { $0 != "." }.count - 1 }
        return 1 - text.utf8.prefix { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }.count
    }
}
