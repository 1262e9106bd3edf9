/// One row of a bar chart: a name and its bars, each of stacked parts.
public struct BarRow: Sendable, Hashable {
    /// What the row is.
    public var label: String

    /// The bars, one above the other.
    public var bars: [[BarSegment]]

    /// What is at the end of each bar; fewer than bars leave the rest without.
    public var ends: [String]

    /// Creates a row of one bar.
    ///
    /// - Parameters:
    ///   - label: What the row is.
    ///   - segments: The bar's parts, from the axis on.
    ///   - end: What is at the end of the bar.
    public init(_ label: String, segments: [BarSegment], end: String = "") {
        self.init(label, bars: [segments], ends: [end])
    }

    /// Creates a row of several bars.
    ///
    /// - Parameters:
    ///   - label: What the row is.
    ///   - bars: The bars, one above the other, each of stacked parts.
    ///   - ends: What is at the end of each bar.
    public init(_ label: String, bars: [[BarSegment]], ends: [String] = []) {
        self.label = label
        self.bars = bars
        self.ends = ends
    }
}
