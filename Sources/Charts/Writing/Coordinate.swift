import Quantities

/// Numbers inside a drawing.
enum Coordinate {
    /// A number with some decimals, without a negative zero.
    ///
    /// - Parameters:
    ///   - value: A finite number below 1e15 in magnitude; others are written as 0.
    ///   - decimals: How many decimals, at most 9.
    ///   - keepsZeros: Whether zeros at the end stay.
    /// - Returns: The number's text.
    static func fixed(_ value: Double, decimals: Int, keepsZeros: Bool = true) -> String {
        let decimals = min(max(decimals, 0), 9)
        guard abs(value) < 1e15 else { return "0" }
        let text = Quantity.fixed(value, decimals: decimals, keepsZeros: keepsZeros)
        return text.first == "-" ? "−" + text.dropFirst() : text
    }

    /// A coordinate: one decimal at most, with the sign that markup reads.
    static func text(_ value: Double) -> String {
        let text = fixed(value, decimals: 1, keepsZeros: false)
        return text.first == "−" ? "-" + text.dropFirst() : text
    }
}
