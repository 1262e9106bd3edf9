/// A series of a bar chart, as its legend names it.
public struct BarSeries: Sendable, Hashable {
    /// The label of the series.
    public var label: String

    /// Whether it is hatched, so that it differs from its neighbour without colour.
    public var isHatched: Bool

    /// Creates a series.
    public init(_ label: String, isHatched: Bool = false) {
        self.label = label
        self.isHatched = isHatched
    }
}
