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
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let magnitude = value < 0 ? -value : value
        let scaled = (magnitude * scale).rounded()
        guard scaled < 9e18 else { return "0" }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var text = String(padded.dropLast(decimals))
        if decimals > 0 {
            var fraction = padded.suffix(decimals)
            if !keepsZeros { while fraction.last == "0" { fraction.removeLast() } }
            if !fraction.isEmpty { text += "." + fraction }
        }
        return (value < 0 && scaled > 0 ? "−" : "") + text
    }

    /// A coordinate: two decimals at most, with the sign that markup reads.
    static func text(_ value: Double) -> String {
        let text = fixed(value, decimals: 2, keepsZeros: false)
        return text.first == "−" ? "-" + text.dropFirst() : text
    }
}
