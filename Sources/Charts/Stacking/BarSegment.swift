/// A part of a bar.
public struct BarSegment: Sendable, Hashable {
    /// Its length; negative or infinite ones are drawn as 0.
    public var value: Double

    /// The series it belongs to, counted from 1.
    public var series: Int

    /// The tip that a pointer shows, or `nil`.
    public var tip: String?

    /// Creates a part.
    public init(_ value: Double, series: Int, tip: String? = nil) {
        self.value = value
        self.series = series
        self.tip = tip
    }
}
