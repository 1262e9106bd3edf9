extension Quantity {
    /// A number with all its digits, and without decimals where it has none, as a command line reads it: `4`, `0.05`.
    static func exact(_ value: Double) -> String {
        let text = "\(value)"
        let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return short.split(separator: "+").joined()
    }

    /// Compute in three significant digits, as short as it goes: `1e22`, `3.16e21`.
    static func shortFLOPs(_ value: Double) -> String {
        let text = significant(value, digits: 3)
        guard let place = text.firstIndex(of: "e"), text.contains(".") else { return text }
        var mantissa = text[..<place]
        while mantissa.last == "0" { mantissa.removeLast() }
        if mantissa.last == "." { mantissa.removeLast() }
        return String(mantissa + text[place...])
    }
}
