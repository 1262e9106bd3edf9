/// Lines, bands and points over two axes.
///
/// ```swift
/// let plot = Plot(
///     frame: ChartFrame("loss", title: "Loss against epochs", description: "The loss falls up to 9 epochs."),
///     x: Axis("epochs", scale: .doublings), y: Axis("loss, nats per token"),
///     marks: [.line([PlotPoint(1, 2.4), PlotPoint(2, 2.3)], series: 1, label: nil)])
/// print(plot.svg)
/// ```
public struct Plot: Sendable, Hashable {
    /// Name, title, description and width.
    public var frame: ChartFrame

    /// The horizontal axis.
    public var x: Axis

    /// The vertical axis.
    public var y: Axis

    /// The marks to draw, from back to front.
    public var marks: [PlotMark]

    /// The height of the area between the axes, or `nil` for one that suits the width.
    public var height: Double?

    /// Creates a plot.
    ///
    /// - Parameters:
    ///   - frame: Name, title, description and width.
    ///   - x: The horizontal axis.
    ///   - y: The vertical axis.
    ///   - marks: The marks to draw, from back to front.
    ///   - height: The height of the area between the axes, or `nil` for one that suits the width.
    public init(frame: ChartFrame, x: Axis, y: Axis, marks: [PlotMark], height: Double? = nil) {
        self.frame = frame
        self.x = x
        self.y = y
        self.marks = marks
        self.height = height
    }

    /// The plot as SVG: the same bytes for the same plot, on every machine.
    ///
    /// - Complexity: O(*n*) in the places of the marks.
    public var svg: String {
        var drawing = PlotDrawing(self)
        return drawing.svg()
    }
}
