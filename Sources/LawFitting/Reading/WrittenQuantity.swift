/// Numbers as people write them: `7e9`, `70B`, `1.4T`, `500M`, `1_000`.
package enum WrittenQuantity {
    /// The number that a text stands for, or `nil`; whatever it is, it may be infinite or not a number.
    package static func value(of text: String) -> Double? {
        var digits = text.filter { $0 != "_" && !$0.isWhitespace }
        if let value = Double(digits) { return value }
        let factor: Double
        switch digits.last {
        case "k", "K": factor = 1e3
        case "m", "M": factor = 1e6
        case "b", "B", "g", "G": factor = 1e9
        case "t", "T": factor = 1e12
        default: return nil
        }
        digits.removeLast()
        // "infb" and the like are not quantities.
        guard digits.last?.isNumber == true || digits.last == ".", let value = Double(digits) else { return nil }
        return value * factor
    }
}
