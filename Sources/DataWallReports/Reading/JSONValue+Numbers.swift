import OrderedJSON

extension JSONValue {
    /// A number, or `null` if there is none or it is not finite.
    static func number(optional value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .number(value)
    }

    /// The two ends of an interval, or `null` if there is none.
    static func interval(_ range: ClosedRange<Double>?) -> JSONValue {
        range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
    }
}
