extension Quantity {
    /// A range in words: `2 to 7`, `2 and up`, `up to 7`, or `any` where both ends are open.
    static func range(_ range: ClosedRange<Double>, _ write: (Double) -> String) -> String {
        self.range(from: range.lowerBound, to: range.upperBound, write)
    }

    /// The same between two bounds, in order or not.
    static func range(from lower: Double, to upper: Double, _ write: (Double) -> String) -> String {
        switch (lower.isFinite, upper.isFinite) {
        case (true, true): "\(write(lower)) to \(write(upper))"
        case (true, false): "\(write(lower)) and up"
        case (false, true): "up to \(write(upper))"
        case (false, false): "any"
        }
    }

    /// The level of an interval in percent, without decimals where it has none: `90 %`, `97.5 %`.
    static func level(_ share: Double) -> String { Quantity.exact((share * 1_000).rounded() / 10) + " %" }
}

extension ClosedRange<Double> {
    /// The range, or `nil` for a single value: what all sets of coefficients hold fixed has no interval.
    var spread: ClosedRange<Double>? {
        upperBound - lowerBound > 1e-9 * abs(upperBound) ? self : nil
    }
}
