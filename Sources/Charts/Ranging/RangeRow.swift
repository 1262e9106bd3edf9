/// One row of a range chart: a name, a value, and the range that it is in.
public struct RangeRow: Sendable, Hashable {
    /// What the row is.
    public var label: String

    /// The value, or `nil` where there is only a range.
    public var value: Double?

    /// The range, or `nil` where none is known; an end that is infinite runs to the edge.
    public var range: ClosedRange<Double>?

    /// A second value to compare with, drawn hollow.
    public var reference: Double?

    /// The series, counted from 1.
    public var series: Int

    /// What is at the right.
    public var end: String

    /// What a pointer shows, or `nil`.
    public var tip: String?

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - label: What the row is.
    ///   - value: The value, or `nil` where there is only a range.
    ///   - range: The range, or `nil` where none is known.
    ///   - reference: A second value to compare with, drawn hollow.
    ///   - series: The series, counted from 1.
    ///   - end: What is at the right.
    ///   - tip: What a pointer shows, or `nil`.
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
