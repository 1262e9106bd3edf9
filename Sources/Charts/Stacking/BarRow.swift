/// One row of a bar chart: a name and its bars, each of stacked parts.
public struct BarRow: Sendable, Hashable {
    /// The label of the row.
    public var label: String

    /// The bars, one above the other.
    public var bars: [[BarSegment]]

    /// The text at the end of each bar; bars without one get no text.
    public var ends: [String]

    /// Creates a row of one bar.
    ///
    /// - Parameters:
    ///   - label: The label of the row.
    ///   - segments: The bar's parts, in order from the axis.
    ///   - end: The text at the end of the bar.
    public init(_ label: String, segments: [BarSegment], end: String = "") {
        self.init(label, bars: [segments], ends: [end])
    }

    /// Creates a row of several bars.
    ///
    /// - Parameters:
    ///   - label: The label of the row.
    ///   - bars: The bars, one above the other, each of stacked parts.
    ///   - ends: The text at the end of each bar.
    public init(_ label: String, bars: [[BarSegment]], ends: [String] = []) {
        self.label = label
        self.bars = bars
        self.ends = ends
    }
}
