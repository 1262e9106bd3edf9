/// A place in a plot, with the text that a pointer shows.
public struct PlotPoint: Sendable, Hashable {
    /// The value along the horizontal axis.
    public var x: Double

    /// The value along the vertical axis.
    public var y: Double

    /// The tip that a pointer shows, or `nil`.
    public var tip: String?

    /// Creates a place.
    public init(_ x: Double, _ y: Double, tip: String? = nil) {
        self.x = x
        self.y = y
        self.tip = tip
    }
}
