/// One element of a plot, such as a line or points.
///
/// Series count from 1. Each has its own colour, dash and symbol, so that series differ without colour, too. Values
/// without a place on the axes, such as 0 on a logarithmic one, are left out.
public enum PlotMark: Sendable, Hashable {
    /// A line through places in order; those with a tip answer to a pointer.
    case line([PlotPoint], series: Int, label: String?)

    /// An area between lower and upper values.
    case band([PlotBand], series: Int, label: String?)

    /// A symbol at each place.
    case points([PlotPoint], series: Int, label: String?)

    /// One place that matters most, with its name next to it.
    case highlight(PlotPoint, series: Int, label: String)

    /// A vertical line at a value, with its name at the top.
    case verticalRule(Double, label: String)

    /// A horizontal line at a value, with its name at the left.
    case horizontalRule(Double, label: String)
}
