/// A cell of a heat map.
public struct HeatCell: Sendable, Hashable {
    /// How dark it is, from 0 to 1; others are brought into that range.
    public var shade: Double

    /// The text in the cell, drawn if there is room.
    public var text: String

    /// The tip that a pointer shows, or `nil`.
    public var tip: String?

    /// Creates a cell.
    public init(shade: Double, text: String, tip: String? = nil) {
        self.shade = shade
        self.text = text
        self.tip = tip
    }
}
