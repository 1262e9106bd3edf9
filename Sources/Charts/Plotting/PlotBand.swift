/// A range of values at a place along the horizontal axis; several make a band.
public struct PlotBand: Sendable, Hashable {
    /// The value along the horizontal axis.
    public var x: Double

    /// The lower end.
    public var low: Double

    /// The upper end.
    public var high: Double

    /// Creates a range at a place.
    public init(_ x: Double, low: Double, high: Double) {
        self.x = x
        self.low = low
        self.high = high
    }
}
