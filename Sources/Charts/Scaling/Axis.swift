/// One axis of a chart: its quantity, its values, and how its numbers are written.
public struct Axis: Sendable, Hashable {
    /// The quantity shown, with its unit.
    public var label: String

    /// How values are laid out.
    public var scale: AxisScale

    /// How numbers are written.
    public var format: TickFormat

    /// The values that the axis spans, or `nil` for those of the marks.
    public var domain: ClosedRange<Double>?

    /// Whether the axis starts at 0, as bars must.
    public var startsAtZero: Bool

    /// Creates an axis.
    ///
    /// - Parameters:
    ///   - label: The quantity shown, with its unit.
    ///   - scale: How values are laid out.
    ///   - format: How numbers are written.
    ///   - domain: The values that the axis spans, or `nil` for those of the marks.
    ///   - startsAtZero: Whether the axis starts at 0; a logarithmic axis cannot.
    public init(
        _ label: String, scale: AxisScale = .linear, format: TickFormat = .plain, domain: ClosedRange<Double>? = nil,
        startsAtZero: Bool = false
    ) {
        self.label = label
        self.scale = scale
        self.format = format
        self.domain = domain
        self.startsAtZero = startsAtZero
    }
}
