// Quantities with their units. Units follow the number; only a dollar sign precedes it.

extension Quantity {
    /// A counted noun: `1 layer`, `2 layers`, `25,000 runs`.
    ///
    /// - Parameters:
    ///   - count: The number of things.
    ///   - noun: The singular.
    ///   - plural: The plural, if it is not the noun with an `s`.
    /// - Returns: The count, exact, with the noun.
    public static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// A count that need not be whole, with its noun: `1 epoch`, `2.5 epochs`, `7.026B parameters`.
    public static func count(_ value: Double, _ noun: String, plural: String? = nil) -> String {
        let text = short(value)
        return "\(text) \(text == "1" ? noun : plural ?? noun + "s")"
    }

    /// Floating-point operations in at most four significant digits, with an exponent for a million or more:
    /// `1.372e13`.
    ///
    /// - Returns: The number without its unit; a dash if it is not finite.
    public static func flops(_ value: Double) -> String {
        trimmed(significant(value, digits: 4, plainBelow: 6))
    }

    /// Money: `$117`, `$2.5M`, `$0.0125`.
    ///
    /// - Returns: The dollars, with cents below 1,000 if they are not whole; a dash if they are not finite.
    public static func dollars(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        let cents =
            magnitude >= 1 && magnitude < 1_000 && magnitude != magnitude.rounded()
            ? fixed(magnitude, decimals: 2) : short(magnitude)
        return (value < 0 ? "-$" : "$") + cents
    }

    /// An amount in the unit of a plan's objective: dollars, FLOPs, or whatever else follows its number.
    ///
    /// - Parameters:
    ///   - value: The amount.
    ///   - unit: `$`, `FLOP`, or any other unit, such as `nats/token`.
    ///   - digits: The significant digits in any other unit.
    /// - Returns: `$117`, `1.5e22 FLOPs`, `0.0125 nats/token`.
    public static func amount(_ value: Double, in unit: String, digits: Int = 3) -> String {
        switch unit {
        case "$": dollars(value)
        case "FLOP", "FLOPs": flops(value) + " FLOPs"
        default: rounded(value, digits: digits) + " " + unit
        }
    }

    /// A size in bytes in decimal units: `183 MB`, `1.5 GB`, `1 byte`.
    public static func bytes(_ count: Int) -> String {
        let units: [(Double, String)] = [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
        for (threshold, unit) in units where Double(count) >= threshold * 0.99995 {
            return rounded(Double(count) / threshold) + " " + unit
        }
        return self.count(count, "byte")
    }

    /// A size in bytes, in binary units if it is a whole number of them, as in options: `2GiB`, `512MiB`, `1000`.
    public static func binaryBytes(_ count: Double) -> String {
        for (unit, scale) in [("GiB", 1_073_741_824), ("MiB", 1_048_576)] {
            if let size = Int(exactly: count), size > 0, size.isMultiple(of: scale) { return "\(size / scale)\(unit)" }
        }
        return exact(count)
    }

    /// A time: `30 ms`, `12.5 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
    ///
    /// - Returns: The time in its two largest units; a dash if it is not finite.
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "–" }
        let magnitude = abs(seconds)
        let sign = seconds < 0 ? "-" : ""
        if magnitude < 1 {
            let (scale, unit) = magnitude >= 1e-3 || magnitude == 0 ? (1e3, "ms") : (1e6, "µs")
            return sign + rounded(magnitude * scale) + " " + unit
        }
        if magnitude < 59.95 { return sign + rounded(magnitude, digits: 3) + " s" }
        let units: [(Double, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
        for (index, (size, unit)) in units.enumerated().dropLast() {
            let (smaller, smallerUnit) = units[index + 1]
            let count = (magnitude / smaller).rounded()
            guard count >= size / smaller else { continue }
            guard count < 1e15 else { return sign + rounded(magnitude / size) + " " + unit }
            let (whole, rest) = Int(count).quotientAndRemainder(dividingBy: Int(size / smaller))
            return sign + "\(grouped(whole)) \(unit)" + (rest == 0 ? "" : " \(rest) \(smallerUnit)")
        }
        return sign + rounded(magnitude) + " s"
    }

    /// A share in percent: `9.3 %`, `0.012 %`, `67.6 %`.
    public static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        let percent = share * 100
        return (abs(percent) >= 10 ? fixed(percent, decimals: 1) : significant(percent, digits: 2)) + " %"
    }

    /// The level of an interval in percent, without decimals if it is whole: `90 %`, `97.5 %`.
    public static func level(_ share: Double) -> String { exact((share * 1_000).rounded() / 10) + " %" }

    /// A range in words: `2 to 7`, `2 and up`, `up to 7`, or `any` where both ends are open.
    public static func range(_ range: ClosedRange<Double>, _ write: (Double) -> String) -> String {
        self.range(from: range.lowerBound, to: range.upperBound, write)
    }

    /// The same between two bounds, in order or not.
    public static func range(from lower: Double, to upper: Double, _ write: (Double) -> String) -> String {
        switch (lower.isFinite, upper.isFinite) {
        case (true, true): "\(write(lower)) to \(write(upper))"
        case (true, false): "\(write(lower)) and up"
        case (false, true): "up to \(write(upper))"
        case (false, false): "any"
        }
    }
}
