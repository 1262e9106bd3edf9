import Quantities

extension FitOptions {
    /// Reads coefficients to hold, each written `name=value`.
    ///
    /// - Parameter texts: The coefficients.
    /// - Returns: The values by name.
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for a text that is not a name with a finite number.
    public static func held(_ texts: [String]) throws(FittingError) -> [String: Double] {
        var held: [String: Double] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = try? Quantity.number(parts[1], grouping: .refused) else {
                throw .unusableOption(
                    "the held coefficient '\(text)'", reason: "must be written name=value, as alpha=0.35")
            }
            held[String(parts[0])] = value
        }
        return held
    }
}
