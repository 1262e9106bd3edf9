// The one reader of quantities, for options, tables and expressions.

extension Quantity {
    /// Whether digits may be in groups of three, as in `25,000,000,000`.
    public enum Grouping: Sendable {
        /// Commas and blanks may separate groups of three digits: for counts.
        case allowed

        /// Every comma is refused, since `2,981` may be meant as 2.981: for losses, ratios and other measurements.
        case refused
    }

    /// Reads a number: `70B`, `1.4T`, `1e22`, `2GiB`, `25,000,000,000`, `25_000`, `-1.5`.
    ///
    /// A number takes an exponent or a suffix, not both. Suffixes are `k`, `M`, `B` or `G`, `T` and `P` in either case,
    /// and for bytes `kB` to `PB` (powers of 1,000) and `KiB` to `PiB` (powers of 1,024). A comma or a blank separates
    /// groups of three digits in a number without suffix and exponent, and is refused anywhere else.
    ///
    /// - Parameters:
    ///   - text: The text; blanks around it are ignored.
    ///   - grouping: Whether digits may be grouped.
    /// - Returns: A finite number.
    /// - Throws: ``UnreadableQuantity`` with the reason, and the right spelling if it can be guessed.
    /// - Complexity: O(*n*) in the characters.
    public static func number(
        _ text: some StringProtocol, grouping: Grouping = .allowed
    ) throws(UnreadableQuantity) -> Double {
        try WrittenNumber(text).value(grouping)
    }

    /// Reads a whole number: `12`, `25,000`, `10k`.
    ///
    /// - Throws: ``UnreadableQuantity``; also for decimals and numbers beyond an `Int`.
    public static func whole(_ text: some StringProtocol) throws(UnreadableQuantity) -> Int {
        if let count = Int(text) { return count }
        let value = try number(text)
        guard let count = Int(exactly: value) else {
            throw UnreadableQuantity(
                value == value.rounded() ? "'\(text)' is too large" : "'\(text)' is not a whole number")
        }
        return count
    }

    /// Reads an amount of money: a number, with or without a dollar sign in front.
    ///
    /// - Throws: ``UnreadableQuantity``.
    public static func dollars(reading text: some StringProtocol) throws(UnreadableQuantity) -> Double {
        try number(text.hasPrefix("$") ? text.dropFirst() : text[...])
    }

    /// Reads a share: `0.0625`, `1/16`, `6.25%`.
    ///
    /// - Throws: ``UnreadableQuantity``; also for a share outside 0 to 1.
    public static func share(_ text: some StringProtocol) throws(UnreadableQuantity) -> Double {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let share: Double
        if parts.count == 2 {
            let (above, below) = (try number(parts[0]), try number(parts[1]))
            guard below != 0 else { throw UnreadableQuantity("a share of 0 parts has no value") }
            share = above / below
        } else if text.hasSuffix("%") {
            share = try number(text.dropLast(), grouping: .refused) / 100
        } else {
            share = try number(text, grouping: .refused)
        }
        guard share >= 0, share <= 1 else {
            throw UnreadableQuantity(
                "a share is between 0 and 1, written 0.25, 1/4 or 25%"
                    + (share > 1 && share <= 100 && !text.hasSuffix("%") ? "; did you mean \(text)%?" : ""))
        }
        return share
    }

    /// Reads a time in seconds: `30ms`, `0.03s`, `20min`, `2h`, `14d`, `0.03` (seconds).
    ///
    /// - Throws: ``UnreadableQuantity``; also for a time below 0.
    public static func seconds(_ text: some StringProtocol) throws(UnreadableQuantity) -> Double {
        let units: [(String, Double)] = [
            ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ms", 1e-3), ("min", 60), ("s", 1), ("h", 3_600), ("d", 86_400),
            ("", 1),
        ]
        let (unit, scale) = units.first { text.hasSuffix($0.0) } ?? ("", 1)
        let written = WrittenNumber(text.dropLast(unit.count))
        guard written.suffix.isEmpty else {
            throw UnreadableQuantity("'\(text)' is not a time: write it as 30ms, 0.03s, 20min, 2h or 14d")
        }
        let seconds = try written.value(.refused) * scale
        guard seconds >= 0 else { throw UnreadableQuantity("a time is not negative") }
        return seconds
    }

    /// Reads numbers separated by commas: `1B,3B,7B`.
    ///
    /// - Returns: The numbers, at least one.
    /// - Throws: ``UnreadableQuantity``; also for digits that may be one number in groups of three, such as `1,000,000`.
    public static func list(_ text: some StringProtocol) throws(UnreadableQuantity) -> [Double] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let looksGrouped = { (part: Substring) in part.utf8.count == 3 && part.utf8.allSatisfy(Self.isDigit) }
        if parts.count > 1, parts.dropFirst().allSatisfy({ looksGrouped(Substring($0)) }) {
            throw UnreadableQuantity(
                "the commas may separate numbers or groups of digits: write \(parts.joined(separator: "")) for one "
                    + "number, and numbers of a list with a suffix, as 1B,3B,7B")
        }
        var values: [Double] = []
        for part in parts { values.append(try number(part)) }
        return values
    }

    /// Reads a range of numbers, `0.5..0.9`; one number is the range that has that number at both ends.
    ///
    /// - Throws: ``UnreadableQuantity``; also for a range whose end is below its start.
    public static func range(_ text: some StringProtocol) throws(UnreadableQuantity) -> ClosedRange<Double> {
        guard let dots = text.firstRange(of: "..") else {
            let value = try number(text, grouping: .refused)
            return value...value
        }
        let lower = try number(text[..<dots.lowerBound], grouping: .refused)
        let upper = try number(text[dots.upperBound...].drop { $0 == "." }, grouping: .refused)
        guard lower <= upper else { throw UnreadableQuantity("the range ends below its start") }
        return lower...upper
    }

    /// Whether a cell has no value: empty, `NaN`, `NA`, `N/A`, `null`, `nil` or `None`, in either case.
    public static func isMissing(_ text: some StringProtocol) -> Bool {
        text.utf8.count <= 4 && ["", "nan", "na", "n/a", "null", "nil", "none"].contains(text.lowercased())
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
