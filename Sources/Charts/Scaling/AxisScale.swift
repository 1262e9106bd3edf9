/// How an axis lays out its values.
public enum AxisScale: Sendable, Hashable {
    /// Equal differences are equal distances.
    case linear

    /// Equal ratios are equal distances; only positive values have a place.
    case logarithmic

    /// A logarithmic axis whose ticks are powers of two, as suits epochs.
    case doublings

    /// Whether ratios rather than differences are equal distances.
    var isLogarithmic: Bool { self != .linear }

    /// Whether a value has a place on such an axis.
    func holds(_ value: Double) -> Bool { value.isFinite && (self == .linear || value > 0) }

    /// The value in which distances are equal.
    func position(_ value: Double) -> Double { isLogarithmic ? Logarithm.natural(value) : value }
}
