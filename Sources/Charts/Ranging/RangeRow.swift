/// One row of a range chart: a name, a value, and the range that it is in.
public struct RangeRow: Sendable, Hashable {
    /// The label of the row.
    public var label: String

    /// The value, or `nil` if there is only a range.
    public var value: Double?

    /// The range, or `nil` if none is known; an infinite end extends to the edge.
    public var range: ClosedRange<Double>?

    /// A second value to compare with, drawn hollow.
    public var reference: Double?

    /// The series, counted from 1.
    public var series: Int

    /// The text at the right.
    public var end: String

    /// The tip that a pointer shows, or `nil`.
    public var tip: String?

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - label: The label of the row.
    ///   - value: The value, or `nil` if there is only a range.
    ///   - range: The range, or `nil` if none is known.
    ///   - reference: A second value to compare with, drawn hollow.
    ///   - series: The series, counted from 1.
    ///   - end: The text at the right.
    ///   - tip: The tip that a pointer shows, or `nil`.
    public init(
        _ label: String, value: Double?, range: ClosedRange<Double>? = nil, reference: Double? = nil, series: Int = 1,
        end: String = "", tip: String? = nil
    ) {
        self.label = label
        self.value = value
        self.range = range
        self.reference = reference
        self.series = series
        self.end = end
        self.tip = tip
    }
}
